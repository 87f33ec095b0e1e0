import { keyBytes } from './keyBytes.ts';

/** FNV-1a of a text key without its sign, as librdkafka's `fnv1a` partitioner has it (and Sarama before it). */
export function fnv1aOfKey(key: string): number {
  const { bytes, length } = keyBytes(key);
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return Math.abs(hash);
}
