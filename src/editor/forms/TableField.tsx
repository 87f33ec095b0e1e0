import { useId } from 'react';
import type { Json, JsonObject } from '../../base/index.ts';
import { type Field, sameJson } from '../../scenario/index.ts';
import { Button, classes, IconButton, useText } from '../../ui/index.ts';
import styles from './forms.module.css';
import { complaintText, type FieldPlace, helpOf, labelOf } from './labels.ts';
import { complaint, replaced, retyped, rowFaults, rowsOf, type TableRow, tableOf, without } from './logic.ts';
import { Notes, notesOf } from './Row.tsx';
import { useDraft } from './useDraft.ts';

export interface TableFieldProps {
  readonly place: FieldPlace;
  readonly field: Extract<Field, { type: 'table' }>;
  readonly value: JsonObject;
  readonly isMixed: boolean;
  readonly onChange: (value: Json) => void;
  readonly isCompact?: boolean | undefined;
}

const TYPES = ['text', 'number', 'boolean'] as const;

interface Draft {
  readonly value: JsonObject;
  readonly rows: readonly TableRow[];
}
const same = (a: Draft, b: Draft): boolean => sameJson(a.value, b.value);

/** Headers or arguments: name, type and value a row. The document changes when all rows make sense. */
export function TableField({ place, field, value, isMixed, onChange, isCompact }: TableFieldProps) {
  const t = useText();
  const id = useId();
  const [{ rows }, setDraft] = useDraft<Draft>({ value, rows: rowsOf(value) }, same);
  const label = labelOf(t, place, field);
  const help = isCompact ? '' : helpOf(t, place, field);
  const faults = rowFaults(rows);
  const table = tableOf(rows);
  const problem = table && complaint(field, table);
  const firstFault = faults.find((fault) => fault !== undefined);
  const fault = firstFault ? t(`editor.table.${firstFault}`) : problem && complaintText(t, problem);

  const change = (next: readonly TableRow[], isFinished: boolean) => {
    setDraft({ value, rows: next });
    const wanted = isFinished ? tableOf(next) : undefined;
    if (wanted && !complaint(field, wanted) && !sameJson(wanted, value)) onChange(wanted);
  };
  return (
    <fieldset className={styles.group} aria-describedby={notesOf(id, help, fault)}>
      <legend className={styles.label}>{label}</legend>
      {isMixed && <p className={styles.help}>{t('editor.form.mixed')}</p>}
      {rows.map((row, index) => (
        <TableRowEditor
          // Rows have no identity but their place; a name changes while it is typed.
          key={`row-${String(index)}`}
          row={row}
          label={t('editor.table.row', { index: index + 1 })}
          isFaulty={faults[index] !== undefined}
          faultId={`${id}-fault`}
          onChange={(next, isFinished) => change(replaced(rows, index, next), isFinished)}
          onRemove={() => change(without(rows, index), true)}
        />
      ))}
      {rows.length < field.maxEntries && (
        <Button
          look="quiet"
          icon="plus"
          className={styles.add}
          onClick={() => change([...rows, { name: '', type: 'text', value: '' }], false)}
        >
          {t('editor.table.add')}
        </Button>
      )}
      <Notes id={id} help={help} fault={fault} />
    </fieldset>
  );
}

interface TableRowEditorProps {
  readonly row: TableRow;
  readonly label: string;
  readonly isFaulty: boolean;
  readonly faultId: string;
  readonly onChange: (row: TableRow, isFinished: boolean) => void;
  readonly onRemove: () => void;
}

function TableRowEditor({ row, label, isFaulty, faultId, onChange, onRemove }: TableRowEditorProps) {
  const t = useText();
  const finish = () => onChange(row, true);
  const shared = {
    className: classes(styles.input, styles.code),
    'aria-invalid': isFaulty || undefined,
    'aria-describedby': isFaulty ? faultId : undefined,
    onBlur: finish,
    onKeyDown: (event: React.KeyboardEvent) => event.key === 'Enter' && finish(),
    autoComplete: 'off',
    spellCheck: false,
  };
  return (
    <fieldset className={styles.tableRow} aria-label={label}>
      <input
        {...shared}
        type="text"
        aria-label={t('editor.table.name')}
        placeholder={t('editor.table.name')}
        value={row.name}
        onChange={(event) => onChange({ ...row, name: event.target.value }, false)}
      />
      <select
        className={styles.input}
        aria-label={t('editor.table.type')}
        value={row.type}
        onChange={(event) => onChange(retyped(row, event.target.value as TableRow['type']), true)}
      >
        {TYPES.map((type) => (
          <option key={type} value={type}>
            {t(`editor.table.type.${type}`)}
          </option>
        ))}
      </select>
      {row.type === 'boolean' ? (
        <select
          className={styles.input}
          aria-label={t('editor.table.value')}
          value={row.value}
          onChange={(event) => onChange({ ...row, value: event.target.value }, true)}
        >
          <option value="true">true</option>
          <option value="false">false</option>
        </select>
      ) : (
        <input
          {...shared}
          type="text"
          aria-label={t('editor.table.value')}
          placeholder={t('editor.table.value')}
          value={row.value}
          onChange={(event) => onChange({ ...row, value: event.target.value }, false)}
        />
      )}
      <IconButton icon="close" size="small" label={t('editor.table.remove')} onClick={onRemove} />
    </fieldset>
  );
}
