import { utf8Length } from '../../../base/index.ts';

/** Header of a batch of format v2. */
export const BATCH_OVERHEAD_BYTES = 61;

/** Attributes, deltas of time and offset (a byte each in a batch of everyday size), count of headers. */
const FIXED_BYTES = 4;

/** Bytes that a length takes as a variable-length integer (zigzag, seven bits a byte). */
function lengthBytes(length: number): number {
  let bytes = 1;
  for (let rest = Math.floor((length * 2) / 128); rest > 0; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}

/** Bytes of a record within its batch: about seven more than key and value have. */
export function recordBytes(key: string | null, value: string | null): number {
  const fields = [key, value].map((field) => (field === null ? 1 : lengthBytes(utf8Length(field)) + utf8Length(field)));
  const body = FIXED_BYTES + (fields[0] as number) + (fields[1] as number);
  return lengthBytes(body) + body;
}

/** Bytes of a batch that is not compressed. */
export function batchBytes(records: readonly { readonly size: number }[]): number {
  let bytes = BATCH_OVERHEAD_BYTES;
  for (const { size } of records) bytes += size;
  return bytes;
}
