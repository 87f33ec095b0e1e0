import { useRef, useState } from 'react';
import type { Json } from '../../base/index.ts';
import type { Config } from '../../scenario/index.ts';
import { Button, Dialog, type SideName, useText } from '../../ui/index.ts';
import { drawnScenario, findPart } from '../actions.ts';
import { host } from '../environment.ts';
import { FieldsEditor } from '../forms/FieldEditor.tsx';
import { useNowText } from '../forms/FromSwitch.tsx';
import { intervene } from './deeds.ts';

export interface PublishDialogProps {
  readonly target: string;
  readonly side: SideName;
  readonly onClose: () => void;
}

/** Messages published by hand at the present time of the run. */
export function PublishDialog({ target, side, onClose }: PublishDialogProps) {
  const t = useText();
  const [args, setArgs] = useState<Config>(() => {
    const part = findPart(target, side);
    return (part && host().catalogue.suggestMessage?.(drawnScenario(side), part)) ?? {};
  });
  const seconds = useNowText() ?? '0.0';
  const form = useRef<HTMLDivElement>(null);
  const part = findPart(target, side);
  if (!part) return null;
  const publish = () => {
    // A value that was refused beside its field is not silently left out.
    const faulty = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (faulty) faulty.focus();
    else if (intervene('publish', target, side, args)) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('editor.publish.title', { name: part.name })}
      lead={t('editor.publish.lead', { seconds })}
      footer={
        <>
          <Button onClick={onClose}>{t('editor.cancel')}</Button>
          <Button look="primary" icon="publish" onClick={publish}>
            {t('editor.publish.do')}
          </Button>
        </>
      }
    >
      <div ref={form}>
        <FieldsEditor
          place={{ kind: part.kind, path: ['publish'] }}
          table={host().catalogue.messageFields(part.kind)}
          configs={[args]}
          autoFocus
          onChange={(name: string, value: Json) => setArgs((before) => ({ ...before, [name]: value }))}
        />
      </div>
    </Dialog>
  );
}
