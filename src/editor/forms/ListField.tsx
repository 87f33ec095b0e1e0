import { type ReactNode, useId } from 'react';
import type { Json } from '../../base/index.ts';
import type { Config, Field } from '../../scenario/index.ts';
import { Button, IconButton, useText } from '../../ui/index.ts';
import styles from './forms.module.css';
import { type FieldPlace, helpOf, labelOf } from './labels.ts';
import { shifted, without } from './logic.ts';
import { Notes, notesOf } from './Row.tsx';

export interface ListFieldProps {
  readonly place: FieldPlace;
  readonly field: Extract<Field, { type: 'list' }>;
  readonly value: readonly Config[];
  readonly isMixed: boolean;
  readonly onChange: (value: Json) => void;
  readonly renderEntry: (entry: Config, index: number) => ReactNode;
}

/** A list of records, for instance the messages that a producer sends in turn: add, remove, put in order. */
export function ListField({ place, field, value, isMixed, onChange, renderEntry }: ListFieldProps) {
  const t = useText();
  const id = useId();
  const help = helpOf(t, place, field);
  const label = labelOf(t, place, field);
  return (
    <fieldset className={styles.group} aria-describedby={notesOf(id, help, undefined)}>
      <legend className={styles.label}>{label}</legend>
      <Notes id={id} help={isMixed ? t('editor.form.mixed') : help} fault={undefined} />
      <ol className={styles.entries}>
        {!isMixed &&
          value.map((entry, index) => (
            // Entries have no identity but their place in the list.
            <li key={`entry-${String(index)}`} className={styles.entry}>
              <div className={styles.entryHead}>
                <span className={styles.entryNumber}>{t('editor.list.entry', { index: index + 1 })}</span>
                <IconButton
                  icon="up"
                  size="small"
                  label={t('editor.list.up')}
                  disabled={index === 0}
                  onClick={() => onChange([...shifted(value, index, -1)])}
                />
                <IconButton
                  icon="down"
                  size="small"
                  label={t('editor.list.down')}
                  disabled={index === value.length - 1}
                  onClick={() => onChange([...shifted(value, index, 1)])}
                />
                <IconButton
                  icon="trash"
                  size="small"
                  label={t('editor.list.remove')}
                  disabled={value.length === 1}
                  onClick={() => onChange([...without(value, index)])}
                />
              </div>
              {renderEntry(entry, index)}
            </li>
          ))}
      </ol>
      {!isMixed && value.length < field.maxEntries && (
        <Button look="quiet" icon="plus" className={styles.add} onClick={() => onChange([...value, { ...value.at(-1) }])}>
          {t('editor.list.add')}
        </Button>
      )}
    </fieldset>
  );
}
