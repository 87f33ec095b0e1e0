import { useId, useState } from 'react';
import {
  DOCUMENT_LIMITS,
  type Run,
  reseed,
  retitle,
  SETTINGS_KIND,
  setSettings,
  settingsFields,
  settingsForm,
} from '../../scenario/index.ts';
import { Button, useText } from '../../ui/index.ts';
import { act } from '../actions.ts';
import { host } from '../environment.ts';
import { FieldsEditor } from './FieldEditor.tsx';
import styles from './forms.module.css';
import { parseWhole } from './logic.ts';
import { NameField } from './NameField.tsx';
import { notesOf, Row } from './Row.tsx';
import { TextLike } from './TextLike.tsx';

/** Title, introduction, times and luck of the whole scenario; they hold for both sides of a pair. */
export function ScenarioForm({ run }: { readonly run: Run }) {
  const t = useText();
  const { scenario } = run;
  const { catalogue } = host();
  const galleryText = (what: string): string => (scenario.from === '' ? '' : t.dynamic(`gallery.${scenario.from}.${what}`));
  return (
    <section className={styles.form} aria-label={t('editor.form.scenario')}>
      <h2 className={styles.title}>{t('editor.form.scenario')}</h2>
      <NameField
        label={t('editor.form.title')}
        value={scenario.title}
        placeholder={galleryText('title')}
        maxLength={DOCUMENT_LIMITS.titleLength}
        isOptional
        onCommit={(title) => act('edit.title', (before) => retitle(before, { title }))}
      />
      <NameField
        label={t('editor.form.intro')}
        value={scenario.intro}
        placeholder={galleryText('intro')}
        maxLength={DOCUMENT_LIMITS.introLength}
        isOptional
        isMultiline
        onCommit={(intro) => act('edit.title', (before) => retitle(before, { intro }))}
      />
      <FieldsEditor
        place={{ kind: `${catalogue.speaks(scenario.parts)}/settings`, path: [], general: SETTINGS_KIND }}
        table={settingsFields(catalogue.traitsOf(scenario.parts), scenario.settings)}
        configs={[settingsForm(scenario.settings)]}
        onChange={(name, value) => act('edit.settings', (before) => setSettings(before, { [name]: value }))}
      />
      <SeedField seed={run.seed} />
    </section>
  );
}

function SeedField({ seed }: { readonly seed: number }) {
  const t = useText();
  const id = useId();
  const [fault, setFault] = useState<string>();
  const help = t('editor.form.seed.help');
  const check = (typed: string): string | undefined => {
    const number = parseWhole(typed);
    if (number === undefined) return t('editor.field.notWhole');
    const isInside = number >= 0 && number <= DOCUMENT_LIMITS.seed;
    return isInside ? undefined : t('editor.form.seed.range', { max: DOCUMENT_LIMITS.seed });
  };
  const change = (next: number) => act('edit.seed', (before) => reseed(before, next));
  return (
    <Row id={id} label={t('editor.form.seed')} help={help} fault={fault}>
      <span className={styles.pair}>
        <TextLike
          id={id}
          isNumber
          value={String(seed)}
          check={check}
          onCommit={(typed) => change(parseWhole(typed) ?? seed)}
          onFault={setFault}
          fault={fault}
          describedBy={notesOf(id, help, fault)}
        />
        <Button onClick={() => change(seed === DOCUMENT_LIMITS.seed ? 0 : seed + 1)}>{t('editor.form.seed.next')}</Button>
      </span>
    </Row>
  );
}
