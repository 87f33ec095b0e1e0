import { HASH_START, hashInteger, hashText, type Json, type JsonObject } from '../base/index.ts';
import type { Fact } from './types.ts';

/** A power of two. */
const SLOTS = 2_048;
const NOTHING = 0x6e6f6e65;
/** Lists longer than this are remembered by identity: a routing plan's are told again with every message. */
const SHORT_LIST = 2;

/** The part of a fact that repeats: what kind of thing happened where, on which line and why. */
interface Heading {
  readonly kind: string;
  readonly at: string;
  readonly line: string;
  readonly why: string;
  readonly hash: number;
}

/**
 * The rolling hash of facts. Every field counts, so equal digests mean equal stories. Headings and texts repeat again and
 * again, so their hashes are remembered; what is remembered never changes a result.
 */
export class Digester {
  private readonly headings: (Heading | undefined)[] = new Array<Heading | undefined>(SLOTS).fill(undefined);
  private readonly texts: string[] = new Array<string>(SLOTS).fill('');
  private readonly textHashes = new Int32Array(SLOTS).fill(hashText(HASH_START, ''));
  private readonly lists = new WeakMap<readonly Json[], number>();

  /** The digest after one more fact. */
  add(digest: number, fact: Fact): number {
    const h = mix(this.numbers(digest, fact), this.heading(fact));
    return fact.data === undefined ? mix(h, NOTHING) : this.object(h, fact.data);
  }

  private numbers(digest: number, { seq, time, cause, message }: Fact): number {
    return hashInteger(hashInteger(hashInteger(hashInteger(digest, seq), time), cause), message);
  }

  private heading({ kind, at, line, why }: Fact): number {
    const slot = (slotOf(kind) ^ Math.imul(placeSlot(at), 5) ^ Math.imul(placeSlot(line), 17) ^ Math.imul(why.length, 71)) & (SLOTS - 1);
    const known = this.headings[slot];
    if (known !== undefined && known.kind === kind && known.at === at && known.line === line && known.why === why) return known.hash;
    const hash = hashText(hashText(hashText(hashText(HASH_START, kind), at), line), why);
    this.headings[slot] = { kind, at, line, why, hash };
    return hash;
  }

  private text(text: string): number {
    const slot = placeSlot(text) & (SLOTS - 1);
    if (this.texts[slot] === text) return this.textHashes[slot] as number;
    const hash = hashText(HASH_START, text);
    this.texts[slot] = text;
    this.textHashes[slot] = hash;
    return hash;
  }

  private object(hash: number, value: JsonObject): number {
    let h = hash;
    for (const name in value) h = this.value(mix(h, slotOf(name)), value[name] as Json);
    return mix(h, 0x7d);
  }

  private value(hash: number, value: Json): number {
    if (typeof value === 'number') return (value | 0) === value ? mix(hash, value) : this.large(hash, value);
    if (typeof value === 'string') return mix(hash, this.text(value));
    if (typeof value === 'boolean') return mix(hash, value ? 0x74 : 0x66);
    if (value === null || value === undefined) return mix(hash, NOTHING);
    if (isList(value)) return mix(hash, value.length > SHORT_LIST ? this.longList(value) : this.list(value));
    return this.object(hash, value);
  }

  private large(hash: number, value: number): number {
    return Number.isSafeInteger(value) ? hashInteger(mix(hash, 1), value) : hashText(hash, String(value));
  }

  private longList(value: readonly Json[]): number {
    let hash = this.lists.get(value);
    if (hash === undefined) {
      hash = this.list(value);
      this.lists.set(value, hash);
    }
    return hash;
  }

  private list(value: readonly Json[]): number {
    let h = mix(HASH_START, value.length);
    for (let i = 0; i < value.length; i++) h = this.value(h, value[i] as Json);
    return h;
  }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** A quick number for a text: enough to tell the names of fields and most ids apart. */
function slotOf(text: string): number {
  const { length } = text;
  if (length === 0) return 0;
  return Math.imul(length, 37) ^ Math.imul(text.charCodeAt(length - 1), 11) ^ Math.imul(text.charCodeAt(length >> 1), 131);
}

/** Ids are often numbered twice (`consumer-1-2`): the number before the last one tells them apart, too. */
function placeSlot(text: string): number {
  const { length } = text;
  return length < 3 ? slotOf(text) : slotOf(text) ^ Math.imul(text.charCodeAt(length - 3), 389);
}

function mix(hash: number, value: number): number {
  const h = Math.imul(hash ^ value, 0x01000193);
  return h ^ (h >>> 15);
}
