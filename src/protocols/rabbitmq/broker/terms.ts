import type { Json } from '../../../base/index.ts';
import type { TypedValue } from '../amqp/index.ts';

/** How the broker's own error texts show values: as Erlang terms. */

/** `~p` of a value that is text on the wire. */
export function binaryTerm(text: string): string {
  return text === '' ? '<<>>' : `<<${stringTerm(text)}>>`;
}

/** `~p` of a list of characters: quoted text. */
export function stringTerm(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** `~p` of a field value. */
export function valueTerm(value: TypedValue): string {
  return term(value.value);
}

function term(value: Json): string {
  if (value === null) return 'undefined';
  if (typeof value === 'string') return binaryTerm(value);
  if (typeof value === 'object') return Array.isArray(value) ? `[${value.map(term).join(',')}]` : '[]';
  return String(value);
}

/** A value inside quotes: text as it is, anything else as a term. */
export function quoted(value: TypedValue): string {
  return `'${typeof value.value === 'string' ? value.value : term(value.value)}'`;
}
