import { keyBytes } from './keyBytes.ts';

const POLYNOMIAL = 0xedb88320;
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

/** CRC-32 (the one of zip files) of a text key, unsigned: what librdkafka's `consistent` partitioners divide. */
export function crc32OfKey(key: string): number {
  const { bytes, length } = keyBytes(key);
  let crc = -1;
  for (let i = 0; i < length; i++) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[i] as number)) & 0xff] as number);
  return ~crc >>> 0;
}
