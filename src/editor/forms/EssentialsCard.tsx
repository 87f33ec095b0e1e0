import { type FocusEvent, type KeyboardEvent, useMemo } from 'react';
import type { Json } from '../../base/index.ts';
import { configure, type EditContext, type FieldTable, type Line, type Part, type Run, withDefaults } from '../../scenario/index.ts';
import { type SideName, useText, useUi } from '../../ui/index.ts';
import { act, focusOn, whyRefused } from '../actions.ts';
import { dotted } from '../faces.ts';
import { FieldEditor } from './FieldEditor.tsx';
import styles from './forms.module.css';
import { essentialFields } from './logic.ts';
import { useConfigsAt } from './useConfigAt.ts';

export interface EssentialsCardProps {
  readonly thing: Part | Line;
  readonly fields: FieldTable;
  readonly side: SideName;
}

function close(): void {
  useUi.getState().set({ editing: undefined });
}

/** The essentials of a part or line, edited where it stands: a binding's key, a consumer's prefetch. */
export function EssentialsCard({ thing, fields, side }: EssentialsCardProps) {
  const t = useText();
  const ids = useMemo(() => [thing.id], [thing.id]);
  const [config = thing.config] = useConfigsAt(side, ids);
  const full = withDefaults(fields, config);
  const set = (name: string, value: Json) => (run: Run, context: EditContext) => configure(run, context, thing.id, { [name]: value });
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const isField = event.target instanceof HTMLInputElement && event.target.getAttribute('aria-invalid') !== 'true';
    if (event.key === 'Escape' || (event.key === 'Enter' && isField)) {
      close();
      focusOn(thing.id, side);
    }
  };
  const onBlur = (event: FocusEvent) => {
    const next = event.relatedTarget;
    if (!(next instanceof Node && event.currentTarget.contains(next)) && document.hasFocus()) close();
  };
  return (
    <div
      className={styles.card}
      role="dialog"
      aria-label={t('editor.essentials', { name: 'name' in thing ? thing.name : t.dynamic(`kind.${dotted(thing.kind)}`) })}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      {essentialFields(fields, config).map((field, index) => (
        <FieldEditor
          key={field.name}
          place={{ kind: thing.kind, path: [] }}
          field={field}
          value={full[field.name]}
          isMixed={false}
          isCompact
          autoFocus={index === 0}
          onChange={(value) => act('edit.configure', set(field.name, value), { side })}
          refuse={(value) => whyRefused(set(field.name, value), side)}
        />
      ))}
    </div>
  );
}
