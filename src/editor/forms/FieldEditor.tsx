import { useId, useState } from 'react';
import type { Json, JsonObject } from '../../base/index.ts';
import { type Config, type Field, type FieldTable, withDefaults } from '../../scenario/index.ts';
import { Select, Switch, useText } from '../../ui/index.ts';
import styles from './forms.module.css';
import { ListField } from './ListField.tsx';
import { complaintText, type FieldPlace, helpOf, labelOf, optionOf, rangeOf, unitOf } from './labels.ts';
import { commonValue, complaint, parseWhole, replaced, shownFields } from './logic.ts';
import { Notes, notesOf, Row } from './Row.tsx';
import { TableField } from './TableField.tsx';
import { TextLike } from './TextLike.tsx';

export interface FieldsEditorProps {
  readonly place: FieldPlace;
  readonly table: FieldTable;
  /** One configuration, or those of several things of one kind. */
  readonly configs: readonly Config[];
  readonly onChange: (name: string, value: Json) => void;
  /** Why the document would not take a value that is right in itself; undefined when it would. */
  readonly refuse?: ((name: string, value: Json) => string | undefined) | undefined;
  /** The first field gets the focus when a dialog opens. */
  readonly autoFocus?: boolean | undefined;
}

/** A form made from a field table: what makes sense now, and the rest folded under "more". */
export function FieldsEditor({ place, table, configs, onChange, refuse, autoFocus }: FieldsEditorProps) {
  const t = useText();
  const id = useId();
  const full = configs.map((config) => withDefaults(table, config));
  const { main, more } = shownFields(table, full[0] ?? {});
  const editor = (field: FieldTable[number]) => (
    <FieldEditor
      key={field.name}
      place={place}
      field={field}
      {...commonValue(full, field.name)}
      autoFocus={autoFocus && field === main[0]}
      onChange={(value) => onChange(field.name, value)}
      refuse={refuse && ((value) => refuse(field.name, value))}
    />
  );
  return (
    <div className={styles.fields} id={id}>
      {main.map(editor)}
      {more.length > 0 && (
        <details className={styles.more}>
          <summary>{t('editor.form.more')}</summary>
          <div className={styles.fields}>{more.map(editor)}</div>
        </details>
      )}
    </div>
  );
}

export interface FieldEditorProps<F extends Field = Field> {
  readonly place: FieldPlace;
  readonly field: F;
  readonly value: Json | undefined;
  /** Several selected things differ in it. */
  readonly isMixed: boolean;
  readonly onChange: (value: Json) => void;
  readonly refuse?: ((value: Json) => string | undefined) | undefined;
  readonly isCompact?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
}

/** The control that fits a field of a field table. */
export function FieldEditor(props: FieldEditorProps) {
  const { field } = props;
  switch (field.type) {
    case 'integer':
      return <IntegerField {...props} field={field} />;
    case 'text':
      return <TextField {...props} field={field} />;
    case 'boolean':
      return <BooleanField {...props} field={field} />;
    case 'choice':
      return <ChoiceField {...props} field={field} />;
    case 'table':
      return <TableField {...props} field={field} value={(props.value ?? {}) as JsonObject} />;
    case 'list':
      return <RecordsField {...props} field={field} />;
  }
}

/** Each record of a list has a form of its own. */
function RecordsField({ place, field, value, isMixed, onChange }: Of<'list'>) {
  const entries = (value ?? []) as readonly Config[];
  const inner: FieldPlace = { kind: place.kind, path: [...place.path, field.name] };
  return (
    <ListField
      place={place}
      field={field}
      value={entries}
      isMixed={isMixed}
      onChange={onChange}
      renderEntry={(entry, index) => (
        <FieldsEditor
          place={inner}
          table={field.of}
          configs={[entry]}
          onChange={(name, next) => onChange([...replaced(entries, index, { ...entry, [name]: next })])}
        />
      )}
    />
  );
}

type Of<T extends Field['type']> = FieldEditorProps<Extract<Field, { type: T }>>;

function IntegerField({ place, field, value, isMixed, onChange, refuse, isCompact, autoFocus }: Of<'integer'>) {
  const t = useText();
  const id = useId();
  const [fault, setFault] = useState<string>();
  const help = isCompact ? '' : [helpOf(t, place, field), rangeOf(t, field)].filter(Boolean).join(' ');
  const check = (typed: string): string | undefined => {
    const number = parseWhole(typed);
    if (number === undefined) return t('editor.field.notWhole');
    const problem = complaint(field, number);
    return problem ? complaintText(t, problem) : refuse?.(number);
  };
  const step = (typed: string, by: 1 | -1): string | undefined => {
    const number = parseWhole(typed);
    return number === undefined ? undefined : String(Math.min(field.max, Math.max(field.min, number + by)));
  };
  return (
    <Row id={id} label={labelOf(t, place, field)} help={help} fault={fault}>
      <TextLike
        id={id}
        isNumber
        value={isMixed ? '' : String(value ?? field.initial)}
        placeholder={isMixed ? t('editor.form.mixed') : undefined}
        check={check}
        onCommit={(typed) => onChange(parseWhole(typed) ?? field.initial)}
        onStep={step}
        onFault={setFault}
        fault={fault}
        describedBy={notesOf(id, help, fault)}
        suffix={unitOf(t, field)}
        autoFocus={autoFocus}
      />
    </Row>
  );
}

function TextField({ place, field, value, isMixed, onChange, refuse, isCompact, autoFocus }: Of<'text'>) {
  const t = useText();
  const id = useId();
  const [fault, setFault] = useState<string>();
  const help = isCompact ? '' : helpOf(t, place, field);
  const check = (typed: string): string | undefined => {
    const problem = complaint(field, typed);
    return problem ? complaintText(t, problem) : refuse?.(typed);
  };
  return (
    <Row id={id} label={labelOf(t, place, field)} help={help} fault={fault}>
      <TextLike
        id={id}
        isCode={!field.multiline}
        isMultiline={field.multiline}
        value={isMixed ? '' : String(value ?? field.initial)}
        placeholder={isMixed ? t('editor.form.mixed') : undefined}
        check={check}
        onCommit={onChange}
        onFault={setFault}
        fault={fault}
        describedBy={notesOf(id, help, fault)}
        autoFocus={autoFocus}
      />
    </Row>
  );
}

function BooleanField({ place, field, value, isMixed, onChange, isCompact }: Of<'boolean'>) {
  const t = useText();
  const id = useId();
  const said = isCompact ? '' : helpOf(t, place, field);
  const help = isMixed ? [t('editor.form.mixed'), said].filter(Boolean).join(' ') : said;
  return (
    <div className={styles.row}>
      <Switch
        id={id}
        label={labelOf(t, place, field)}
        checked={!isMixed && value === true}
        onChange={onChange}
        describedBy={notesOf(id, help, undefined)}
      />
      <Notes id={id} help={help} fault={undefined} />
    </div>
  );
}

const MIXED = '';

function ChoiceField({ place, field, value, isMixed, onChange, isCompact }: Of<'choice'>) {
  const t = useText();
  const id = useId();
  const help = isCompact ? '' : helpOf(t, place, field);
  const options = field.options.map((option) => ({ value: option, label: optionOf(t, place, field.name, option) }));
  return (
    <div className={styles.row}>
      <Select
        id={id}
        label={labelOf(t, place, field)}
        value={isMixed ? MIXED : String(value ?? field.initial)}
        options={isMixed ? [{ value: MIXED, label: t('editor.form.mixed') }, ...options] : options}
        onChange={(option) => option !== MIXED && onChange(option)}
        describedBy={notesOf(id, help, undefined)}
      />
      <Notes id={id} help={help} fault={undefined} />
    </div>
  );
}
