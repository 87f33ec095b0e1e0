/** Bytes of a text in UTF-8, in a buffer that the next call uses again: read them at once, and `length` of them only. */
export interface KeyBytes {
  bytes: Uint8Array;
  length: number;
}

const scratch: KeyBytes = { bytes: new Uint8Array(1_024), length: 0 };
const QUESTION_MARK = 0x3f;

/** What Kafka's StringSerializer makes of a key. Half a surrogate pair becomes a question mark, as in Java. */
export function keyBytes(text: string): KeyBytes {
  const { length } = text;
  if (scratch.bytes.length < 3 * length) scratch.bytes = new Uint8Array(3 * length);
  const { bytes } = scratch;
  let at = 0;
  for (let i = 0; i < length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[at++] = code;
      continue;
    }
    if (code >= 0xd800 && code < 0xe000) {
      const low = code < 0xdc00 && i + 1 < length ? text.charCodeAt(i + 1) : 0;
      if (low >= 0xdc00 && low < 0xe000) {
        i++;
        code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      } else code = QUESTION_MARK;
    }
    at = encode(code, bytes, at);
  }
  scratch.length = at;
  return scratch;
}

function encode(code: number, bytes: Uint8Array, start: number): number {
  let at = start;
  if (code < 0x80) bytes[at++] = code;
  else if (code < 0x800) {
    bytes[at++] = 0xc0 | (code >> 6);
    bytes[at++] = 0x80 | (code & 0x3f);
  } else if (code < 0x1_0000) {
    bytes[at++] = 0xe0 | (code >> 12);
    bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    bytes[at++] = 0x80 | (code & 0x3f);
  } else {
    bytes[at++] = 0xf0 | (code >> 18);
    bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
    bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    bytes[at++] = 0x80 | (code & 0x3f);
  }
  return at;
}
