import { fail, HASH_START, hashText, ok, type Result } from '../../base/index.ts';
import { DOCUMENT_LIMITS } from '../limits.ts';
import type { Problem } from '../types.ts';

/** Version of the codec: of the compact form, its frozen tables and its dictionary. */
export const CODEC_VERSION = 1;

/**
 * The outside of a link, the same for all codec versions: `codec.engine.length.checks.content`. The first check is of
 * the numbers before it, so that a length that was damaged is not taken for a link that was cut; the second is of all.
 */
export function seal(engine: number, content: string, version: number = CODEC_VERSION): string {
  const head = `${version.toString(36)}.${engine.toString(36)}.${content.length.toString(36)}`;
  return `${head}.${check(head, 2)}${check(head + content, 5)}.${content}`;
}

export interface Opened {
  readonly engine: number;
  readonly content: string;
}

/** What is inside, if all of it is there, unharmed, and of a version that we know. */
export function open(fragment: string): Result<Opened, Problem> {
  const text = fragment.replace(/^#/, '');
  if (text.length > DOCUMENT_LIMITS.linkLength) return damage('link.tooLong', { max: DOCUMENT_LIMITS.linkLength });
  if (text === '') return damage('link.empty');
  const fields = withoutTail(text).split('.');
  if (!/^[0-9a-z]$/.test(fields[0] ?? '') || fields.length > 5) return damage('link.damaged');
  if (fields.length < 5) return damage(isHeadStart(fields) ? 'link.cut' : 'link.damaged');
  const [codec, engine, length, checks, content] = fields as [string, string, string, string, string];
  const head = `${codec}.${engine}.${length}`;
  if (!checks.startsWith(check(head, 2))) return damage('link.damaged');
  const version = Number.parseInt(codec, 36);
  if (version > CODEC_VERSION) return damage('link.newer', { version, known: CODEC_VERSION });
  const wanted = Number.parseInt(length, 36);
  if (content.length < wanted) return damage('link.cut', { there: content.length, wanted });
  if (version !== CODEC_VERSION || content.length !== wanted || checks !== check(head, 2) + check(head + content, 5))
    return damage('link.damaged');
  return ok({ engine: Number.parseInt(engine, 36), content });
}

/** Chat programs take the full stop or bracket after a link for a part of it, and browsers escape what is not ASCII. */
function withoutTail(text: string): string {
  let end = text.length;
  while (end > 0) {
    if (/^%[0-9A-Fa-f]{2}$/.test(text.slice(Math.max(0, end - 3), end))) end -= 3;
    else if (/[\w-]/.test(text.charAt(end - 1))) break;
    else end--;
  }
  return text.slice(0, end);
}

/** True for what can be the beginning of a link: whole numbers, and perhaps a check that was cut. */
function isHeadStart(fields: readonly string[]): boolean {
  return fields.every((field, i) => (i < 3 ? /^[0-9a-z]{0,6}$/ : /^[\w-]{0,7}$/).test(field));
}

const REMEDIES: { readonly [key: string]: string } = { 'link.newer': 'reload', 'link.tooLong': 'link.asFile' };

export function damage(key: string, args: NonNullable<Problem['args']> = {}): Result<never, Problem> {
  return fail({ where: '', key, remedy: REMEDIES[key] ?? 'link.askAgain', args });
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function check(text: string, letters: number): string {
  let hash = hashText(HASH_START, text);
  // The last letters of a text hardly reach the high bits otherwise.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  let result = '';
  for (let i = 0; i < letters; i++) result += LETTERS.charAt((hash >>> (6 * i)) & 63);
  return result;
}
