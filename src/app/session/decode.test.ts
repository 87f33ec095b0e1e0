import { expect, test } from 'vitest';
import { decodeText } from './decode.ts';

const TEXT = '{"队列": "𝛼"}';
const wide = (isLittle: boolean) => {
  const view = new DataView(new ArrayBuffer(4 + 4 * [...TEXT].length));
  [0xfeff, ...[...TEXT].map((c) => c.codePointAt(0) as number)].forEach((code, i) => {
    view.setUint32(i * 4, code, isLittle);
  });
  return new Uint8Array(view.buffer);
};

test.each<[string, Uint8Array]>([
  ['UTF-8', new TextEncoder().encode(TEXT)],
  ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${TEXT}`)],
  ['UTF-16', new Uint8Array(Buffer.from(`\uFEFF${TEXT}`, 'utf16le'))],
  ['UTF-16, high bytes first', new Uint8Array(Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16())],
  ['UTF-32', wide(true)],
  ['UTF-32, high bytes first', wide(false)],
])('%s', (_, bytes) => {
  expect(decodeText(bytes)).toBe(TEXT);
});
