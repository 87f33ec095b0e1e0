import { HASH_START, hashInteger, hashText, type Json, type JsonObject } from '../base/index.ts';
import type { Fact } from './types.ts';

const NOTHING = 0x6e6f6e65;
/** Lists longer than this are remembered by identity: a routing plan's are told again with every message. */
const SHORT_LIST = 2;
/** Of texts as many are remembered as a large drawing has names; then it begins anew. */
const TEXTS_MAX = 8_192;

/**
 * The rolling hash of facts. Every field counts, and so does their order, so equal digests mean equal stories. Texts repeat
 * again and again, so their hashes are remembered; what is remembered never changes a result.
 */
export class Digester {
  private readonly texts = new Map<string, number>();
  private readonly kinds = new Latest(this.texts);
  private readonly places = new Latest(this.texts);
  private readonly lines = new Latest(this.texts);
  private readonly reasons = new Latest(this.texts);
  private readonly words = new Latest(this.texts);
  private readonly lists = new WeakMap<readonly Json[], number>();

  /** The digest after one more fact. Its number is its place in the order. */
  add(digest: number, { time, cause, kind, at, message, line, why, data }: Fact): number {
    let h = mix(mix(hashInteger(digest, time), cause), message);
    h = mix(mix(h, this.kinds.hash(kind)), this.places.hash(at));
    if (line !== '') h = mix(h, this.lines.hash(line));
    if (why !== '') h = mix(mix(h, NOTHING), this.reasons.hash(why));
    return data === undefined ? h : this.fields(h, data);
  }

  /** The values alone: the kind of a fact says what they are called. */
  private fields(hash: number, data: JsonObject): number {
    let h = hash;
    for (const name in data) {
      const value = data[name] as Json;
      if (typeof value === 'number' && (value | 0) === value) h = mix(h, value);
      else if (typeof value === 'string') h = mix(h, this.words.hash(value));
      else h = this.value(h, value);
    }
    return h;
  }

  private object(hash: number, value: JsonObject): number {
    let h = hash;
    for (const name in value) h = this.value(mix(h, this.words.hash(name)), value[name] as Json);
    return mix(h, 0x7d);
  }

  private value(hash: number, value: Json): number {
    if (typeof value === 'number') return (value | 0) === value ? mix(hash, value) : this.large(hash, value);
    if (typeof value === 'string') return mix(hash, this.words.hash(value));
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

/** Hashes of texts. Facts come in rows of a kind, told at one place: mostly it is one of the last two texts once more. */
class Latest {
  private text = '';
  private known = hashText(HASH_START, '');
  private older = this.text;
  private olderKnown = this.known;

  constructor(private readonly texts: Map<string, number>) {}

  hash(text: string): number {
    if (text === this.text) return this.known;
    return text === this.older ? this.olderKnown : this.lookUp(text);
  }

  private lookUp(text: string): number {
    const { texts } = this;
    let hash = texts.get(text);
    if (hash === undefined) {
      hash = hashText(HASH_START, text);
      if (texts.size >= TEXTS_MAX) texts.clear();
      texts.set(text, hash);
    }
    this.older = this.text;
    this.olderKnown = this.known;
    this.text = text;
    this.known = hash;
    return hash;
  }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function mix(hash: number, value: number): number {
  const h = Math.imul(hash ^ value, 0x01000193);
  return h ^ (h >>> 15);
}
