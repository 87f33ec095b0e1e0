import type { Program } from '../../engine/index.ts';
import { hasText } from '../../i18n/index.ts';
import type { Texts } from '../../ui/index.ts';
import { partName } from '../words/names.ts';

/*
 * Figures, tables and values come from the kernels as keys; the catalogue of their system has the words:
 * `figure.<key>`, `detail.<key>`, `column.<key>`, `value.<value>`, `model.<key>`, `omit.<key>`.
 */
type Value = string | number | boolean;

export function figureLabel(t: Texts, key: string): string {
  return t.dynamic(`figure.${key}`);
}

export function figureValue(t: Texts, value: Value): string {
  if (typeof value === 'boolean') return t(value ? 'words.yes' : 'words.no');
  if (typeof value === 'number') return String(value);
  const key = `value.${value}`;
  return hasText(key) ? t(key) : value;
}

/** Columns that hold part ids; people read names. */
const PART_COLUMNS: ReadonlySet<string> = new Set(['client', 'consumer', 'node']);
/** Columns that hold words of the kernel rather than names that people gave. */
const WORD_COLUMNS: ReadonlySet<string> = new Set(['state', 'role', 'kind', 'type', 'argument']);

/** One cell of a details table. */
export function cellText(t: Texts, program: Program, column: string, value: Value): string {
  if (typeof value === 'string' && PART_COLUMNS.has(column)) return partName(program, value);
  if (typeof value === 'string' && !WORD_COLUMNS.has(column)) return value;
  return figureValue(t, value);
}
