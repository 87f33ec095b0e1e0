import type { LineId, MessageId, Micros, PartId } from '../../base/index.ts';
import type { Language } from '../../i18n/index.ts';

/** A word of a sentence that stands for something of the run, so that it can be shown as such and touched. */
export type Chip =
  | { readonly chip: 'part'; readonly id: PartId; readonly text: string }
  | { readonly chip: 'message'; readonly id: MessageId; readonly text: string }
  | { readonly chip: 'line'; readonly id: LineId; readonly text: string }
  /** A key, a name or a value as the simulated system knows it. */
  | { readonly chip: 'code'; readonly text: string };

export type Piece = string | Chip;

/** What a sentence of the catalogue is filled with: a number, a word, a chip, or several chips in a row. */
export type PhraseArg = string | number | Chip | readonly Piece[];
export type PhraseArgs = { readonly [name: string]: PhraseArg };

/** A key of the catalogue and what to fill in. */
export interface Phrase {
  readonly key: string;
  readonly args: PhraseArgs;
}

export function plain(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
}

/** A value of the simulated system; the empty text must be seen, too. */
export function code(value: unknown): Chip {
  const text = String(value);
  return { chip: 'code', text: text === '' ? '“”' : text };
}

export function messageChip(id: MessageId): Chip {
  return { chip: 'message', id, text: `m${id}` };
}

const lists = new Map<Language, Intl.ListFormat>();
/** More would bury the sentence. */
const LISTED_MAX = 4;

/** `q1, q2 and q3`, as the reader's language joins them; what is too much is counted: `more` says how. */
export function listed(items: readonly Chip[], language: Language, more: (count: number) => string): readonly Piece[] {
  let format = lists.get(language);
  if (!format) {
    format = new Intl.ListFormat(language, { type: 'conjunction' });
    lists.set(language, format);
  }
  const shown: readonly Piece[] =
    items.length <= LISTED_MAX ? items : [...items.slice(0, LISTED_MAX - 1), more(items.length - LISTED_MAX + 1)];
  const parts = format.formatToParts(shown.map((_, index) => String(index)));
  return parts.map(({ type, value }) => (type === 'element' ? (shown[Number(value)] as Piece) : value === '和' ? ' 和 ' : value));
}

/** A length of time as people say it: `250 ms`, `1.5 s`. Number and unit stay on one line. */
export function durationText(micros: Micros | number): string {
  if (micros < 1_000) return `${micros}\u00a0µs`;
  if (micros < 1_000_000) return `${Number((micros / 1_000).toFixed(1))}\u00a0ms`;
  return `${Number((micros / 1_000_000).toFixed(2))}\u00a0s`;
}
