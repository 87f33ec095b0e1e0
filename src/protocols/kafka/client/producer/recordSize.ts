import { type Json, type JsonObject, utf8Length } from '../../../../base/index.ts';

/** Header of a record batch (format v2), in bytes. */
export const BATCH_HEADER_BYTES = 61;
/** Most bytes that a record takes besides key, value and headers. */
const RECORD_OVERHEAD_MAX = 21;

/** Bytes of a whole number that is written in as few bytes as it needs, with its sign in the lowest bit. */
function varintLength(value: number): number {
  let rest = value >= 0 ? 2 * value : -2 * value - 1;
  let length = 1;
  while (rest >= 128) {
    rest = Math.floor(rest / 128);
    length++;
  }
  return length;
}

const NO_HEADERS_BYTES = 1;
/** Count of what is not there at all. */
const NOTHING = -1;

interface Sized {
  readonly key: string;
  readonly isKeyNull: boolean;
  readonly isTombstone: boolean;
  readonly bytes: number;
  readonly headers: JsonObject | undefined;
}

/**
 * Bytes of a record's key, value and headers, each with its count: what its size follows from. The size that a record says it
 * has is its value's.
 */
export function contentBytes({ key, isKeyNull, isTombstone, bytes, headers }: Sized): number {
  return sized(isKeyNull ? NOTHING : utf8Length(key)) + sized(isTombstone ? NOTHING : bytes) + headerBytes(headers);
}

function headerBytes(headers: JsonObject | undefined): number {
  if (headers === undefined) return NO_HEADERS_BYTES;
  const names = Object.keys(headers);
  let bytes = varintLength(names.length);
  for (const name of names) bytes += sized(utf8Length(name)) + sized(utf8Length(textOf(headers[name])));
  return bytes;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** Bytes with their count before them; nothing at all (-1) is a count alone. */
function sized(bytes: number): number {
  return varintLength(bytes) + Math.max(0, bytes);
}

/** Bytes of a record in a batch, uncompressed, by how many records stand before it and how much later it was made (ms). */
export function recordBytes(content: number, offsetDelta: number, millisDelta: number): number {
  const body = 1 + varintLength(millisDelta) + varintLength(offsetDelta) + content;
  return varintLength(body) + body;
}

/** A record of this content takes no more than that. */
export function recordBytesMax(content: number): number {
  return RECORD_OVERHEAD_MAX + content;
}

/** Memory that a batch needs for a record of its own. */
export function bytesUpperBound(content: number): number {
  return BATCH_HEADER_BYTES + recordBytesMax(content);
}
