import { HASH_START, hashInteger, hashText, type Json, type JsonObject } from '../base/index.ts';
import type { Fact } from './types.ts';

/** A power of two. */
const SLOTS = 1_024;
const NOTHING = 0x6e6f6e65;

/**
 * The rolling hash of facts. Every field counts, so equal digests mean equal stories. Kinds, ids and reasons repeat in
 * every fact, so their hashes are remembered; what is remembered never changes a result.
 */
export class Digester {
  private readonly texts: string[] = new Array<string>(SLOTS).fill('');
  private readonly hashes = new Int32Array(SLOTS).fill(hashText(HASH_START, ''));

  /** The digest after one more fact. */
  add(digest: number, fact: Fact): number {
    let h = hashInteger(digest, fact.seq);
    h = hashInteger(h, fact.time);
    h = hashInteger(h, fact.cause);
    h = hashInteger(h, fact.message);
    h = mix(h, this.text(fact.kind));
    h = mix(h, this.text(fact.at));
    h = mix(h, this.text(fact.line));
    h = mix(h, this.text(fact.why));
    return fact.data === undefined ? mix(h, NOTHING) : this.object(h, fact.data);
  }

  private text(text: string): number {
    const { length } = text;
    const slot = (Math.imul(length, 37) ^ Math.imul(text.charCodeAt(length - 1), 11) ^ text.charCodeAt(length >> 1)) & (SLOTS - 1);
    if (this.texts[slot] === text) return this.hashes[slot] as number;
    const hash = hashText(HASH_START, text);
    this.texts[slot] = text;
    this.hashes[slot] = hash;
    return hash;
  }

  private object(hash: number, value: JsonObject): number {
    let h = hash;
    for (const name in value) h = this.value(mix(h, this.text(name)), value[name] as Json);
    return mix(h, 0x7d);
  }

  private value(hash: number, value: Json): number {
    if (typeof value === 'string') return hashText(hash, value);
    if (typeof value === 'number') return Number.isSafeInteger(value) ? hashInteger(hash, value) : hashText(hash, String(value));
    if (typeof value === 'boolean') return mix(hash, value ? 0x74 : 0x66);
    if (value === null || value === undefined) return mix(hash, NOTHING);
    if (isList(value)) {
      let h = mix(hash, value.length);
      for (const entry of value) h = this.value(h, entry);
      return h;
    }
    return this.object(hash, value);
  }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function mix(hash: number, value: number): number {
  const h = Math.imul(hash ^ value, 0x01000193);
  return h ^ (h >>> 15);
}
