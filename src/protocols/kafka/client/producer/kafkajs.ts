import { keyBytes } from './keyBytes.ts';

const SEED = 0x9747b28c;
const MIX = 0x5bd1e995;

/**
 * The hash of KafkaJS's LegacyPartitioner (its default before 2.0). It was meant to be murmur2, but multiplies floating-point
 * numbers, which lose their low bits, and takes the last, incomplete word twice: most keys land in other partitions
 * than Java's.
 */
export function kafkajsHash(key: string): number {
  const { bytes, length } = keyBytes(key);
  const at = (i: number) => (i < length ? (bytes[i] as number) : 0);
  let hash = SEED ^ length;
  for (let i = 0; i < length; i += 4) {
    let word = at(i) + (at(i + 1) << 8) + (at(i + 2) << 16) + (at(i + 3) << 24);
    word *= MIX;
    word ^= word >>> 24;
    word *= MIX;
    hash = (hash * MIX) ^ word;
  }
  const whole = length & ~3;
  const rest = length - whole;
  if (rest > 0) {
    if (rest > 2) hash ^= at(whole + 2) << 16;
    if (rest > 1) hash ^= at(whole + 1) << 8;
    hash = (hash ^ at(whole)) * MIX;
  }
  hash = (hash ^ (hash >>> 13)) * MIX;
  return hash ^ (hash >>> 15);
}
