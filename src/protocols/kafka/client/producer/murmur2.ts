import { keyBytes } from './keyBytes.ts';

const SEED = 0x9747b28c;
const MIX = 0x5bd1e995;

/** 32-bit MurmurHash2 as Kafka's Java client computes it; a signed integer. */
export function murmur2(bytes: Uint8Array, length = bytes.length): number {
  let hash = SEED ^ length;
  const whole = length & ~3;
  for (let i = 0; i < whole; i += 4) {
    let word = (bytes[i] as number) | ((bytes[i + 1] as number) << 8) | ((bytes[i + 2] as number) << 16) | ((bytes[i + 3] as number) << 24);
    word = Math.imul(word, MIX);
    word = Math.imul(word ^ (word >>> 24), MIX);
    hash = Math.imul(hash, MIX) ^ word;
  }
  const rest = length - whole;
  if (rest > 0) {
    if (rest > 2) hash ^= (bytes[whole + 2] as number) << 16;
    if (rest > 1) hash ^= (bytes[whole + 1] as number) << 8;
    hash = Math.imul(hash ^ (bytes[whole] as number), MIX);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MIX);
  return hash ^ (hash >>> 15);
}

/** Hash of a text key. */
export function murmur2OfKey(key: string): number {
  const { bytes, length } = keyBytes(key);
  return murmur2(bytes, length);
}

/** The sign bit is cut off. The absolute value would be another number: a mistake that ports of this hash have made. */
export function toPositive(hash: number): number {
  return hash & 0x7fff_ffff;
}
