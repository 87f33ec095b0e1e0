/** FNV-1a over 32 bits: stable in every engine, cheap enough for every fact. Not for secrets. */
export const HASH_START = 0x811c9dc5;

export function hashInteger(hash: number, value: number): number {
  let h = Math.imul(hash ^ (value | 0), 0x01000193);
  // Most numbers are small; the quotient of theirs is 0 anyway.
  h = Math.imul((value | 0) === value ? h : h ^ ((value / 0x1_0000_0000) | 0), 0x01000193);
  return h ^ (h >>> 15);
}

export function hashText(hash: number, text: string): number {
  let h = hash;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(h ^ text.length, 0x01000193);
}

export function hashHex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0');
}
