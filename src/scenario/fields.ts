/**
 * A kind's one field table is the truth of its configuration: validation, defaults, forms, link and help text are
 * derived from it. Label, help and option names are i18n keys made from the kind and the field's name:
 * `field.<kind>.<name>.label`, `….help`, `….option.<value>`, with `/` of the kind written as `.`.
 */
export type FieldUnit = 'ms' | 's' | 'perSecond' | 'messages' | 'bytes' | 'none';

interface FieldBase {
  readonly name: string;
  /** Edited in place by a double click or Enter. */
  readonly essential?: true;
  /** Shown only while another field of the same table has one of these values. */
  readonly when?: { readonly field: string; readonly is: readonly (string | boolean | number)[] };
  /** Folded away under "more". */
  readonly advanced?: true;
}
export type Field =
  | (FieldBase & {
      readonly type: 'integer';
      readonly min: number;
      readonly max: number;
      readonly initial: number;
      readonly unit: FieldUnit;
    })
  | (FieldBase & { readonly type: 'boolean'; readonly initial: boolean })
  | (FieldBase & { readonly type: 'choice'; readonly options: readonly string[]; readonly initial: string })
  | (FieldBase & { readonly type: 'text'; readonly maxLength: number; readonly initial: string; readonly multiline?: true })
  /** Header or argument table: name → string, whole number or boolean. */
  | (FieldBase & { readonly type: 'table'; readonly maxEntries: number })
  /** A list of records, each described by its own table. */
  | (FieldBase & {
      readonly type: 'list';
      readonly of: FieldTable;
      readonly maxEntries: number;
      readonly initial: readonly { readonly [name: string]: unknown }[];
    });

export type FieldTable = readonly Field[];
