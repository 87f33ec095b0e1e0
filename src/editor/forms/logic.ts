import type { Json, JsonObject } from '../../base/index.ts';
import { type Config, checkConfig, type Field, type FieldProblem, type FieldTable, sameJson, withDefaults } from '../../scenario/index.ts';

/** Fields that make sense with the present values: those always shown and those folded under "more". */
export function shownFields(table: FieldTable, config: Config): { readonly main: readonly Field[]; readonly more: readonly Field[] } {
  const full = withDefaults(table, config);
  const shown = table.filter((field) => isShown(field, table, full));
  return { main: shown.filter((field) => !field.advanced), more: shown.filter((field) => field.advanced) };
}

/** A field whose condition hangs on a hidden field is hidden with it. */
function isShown(field: Field, table: FieldTable, full: Config): boolean {
  const condition = field.when;
  if (!condition) return true;
  const other = table.find((candidate) => candidate.name === condition.field);
  const value = full[condition.field];
  const holds = typeof value !== 'object' && condition.is.includes(value as string | number | boolean);
  return holds && (other === undefined || other === field || isShown(other, table, full));
}

/** The fields that are edited on the canvas itself. */
export function essentialFields(table: FieldTable, config: Config): readonly Field[] {
  const { main, more } = shownFields(table, config);
  return [...main, ...more].filter((field) => field.essential);
}

/** What several selected things have in a field: their common value, or `isMixed`. */
export function commonValue(configs: readonly Config[], name: string): { readonly value: Json | undefined; readonly isMixed: boolean } {
  const [first, ...rest] = configs;
  const value = first?.[name];
  return { value, isMixed: rest.some((config) => !sameJson(config[name], value)) };
}

/** Why a value can't stand in a field, or undefined when it can. */
export function complaint(field: Field, value: Json): FieldProblem | undefined {
  return checkConfig([field], { [field.name]: value })[0];
}

/** What a person typed into a number field: a whole number, or nothing that makes sense. Full-width digits count. */
export function parseWhole(typed: string): number | undefined {
  const plain = typed
    .normalize('NFKC')
    .trim()
    .replace(/\s|(?<=\d)[,_](?=\d{3})/g, '');
  if (!/^[+-]?\d{1,15}$/.test(plain)) return undefined;
  return Number(plain);
}

/** One row of a header or argument table while it is being edited. */
export interface TableRow {
  readonly name: string;
  readonly type: 'text' | 'number' | 'boolean';
  readonly value: string;
}

export function rowsOf(table: JsonObject): readonly TableRow[] {
  return Object.entries(table).map(([name, value]) => ({
    name,
    type: typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text',
    value: String(value),
  }));
}

export type RowFault = 'nameless' | 'twice' | 'notWhole';

/** What is wrong with each row; undefined where nothing is. */
export function rowFaults(rows: readonly TableRow[]): readonly (RowFault | undefined)[] {
  return rows.map((row, index) => {
    if (row.name === '') return 'nameless';
    if (rows.findIndex((other) => other.name === row.name) < index) return 'twice';
    if (row.type === 'number' && parseWhole(row.value) === undefined) return 'notWhole';
    return undefined;
  });
}

/** The table that the rows say, when all of them make sense. */
export function tableOf(rows: readonly TableRow[]): JsonObject | undefined {
  if (rowFaults(rows).some((fault) => fault !== undefined)) return undefined;
  return Object.fromEntries(rows.map((row) => [row.name, valueOfRow(row)]));
}

function valueOfRow(row: TableRow): Json {
  if (row.type === 'number') return parseWhole(row.value) as number;
  return row.type === 'boolean' ? row.value === 'true' : row.value;
}

/** A changed type keeps as much of what was typed as it can. */
export function retyped(row: TableRow, type: TableRow['type']): TableRow {
  if (type === 'boolean') return { ...row, type, value: String(row.value === 'true') };
  if (type === 'number') return { ...row, type, value: parseWhole(row.value) === undefined ? '0' : row.value };
  return { ...row, type };
}

export function without<T>(list: readonly T[], index: number): readonly T[] {
  return list.filter((_, i) => i !== index);
}
export function replaced<T>(list: readonly T[], index: number, item: T): readonly T[] {
  return list.map((old, i) => (i === index ? item : old));
}
/** The list with one entry a place earlier or later. */
export function shifted<T>(list: readonly T[], index: number, by: 1 | -1): readonly T[] {
  const to = index + by;
  const item = list[index];
  const other = list[to];
  if (item === undefined || other === undefined) return list;
  return replaced(replaced(list, index, other), to, item);
}

/** i18n keys of a field: `field.<kind>.<name>.label`, with `/` of the kind written as `.`. */
export function fieldKey(kind: string, path: readonly string[], what: string): string {
  return ['field', kind.replaceAll('/', '.'), ...path, what].join('.');
}
