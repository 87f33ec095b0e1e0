import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { DOCUMENT_LIMITS } from '../limits.ts';

/** Compressed bytes that are inflated between two looks at the size: at most about half a megabyte comes of them. */
const CHUNK = 512;

export function squeeze(text: string, dictionary: string): Uint8Array {
  return deflateSync(strToU8(text), { level: 9, mem: 4, dictionary: strToU8(dictionary) });
}

/** The text again; 'tooLarge' as soon as the limit is passed, without inflating the rest; undefined if it is none. */
export function unsqueeze(
  bytes: Uint8Array,
  dictionary: string,
  limit: number = DOCUMENT_LIMITS.inflatedBytes,
): string | 'tooLarge' | undefined {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let isComplete = false;
  const inflate = new Inflate({ dictionary: strToU8(dictionary) }, (data, final) => {
    size += data.length;
    if (size <= limit) chunks.push(data);
    isComplete = final;
  });
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      inflate.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length);
      if (size > limit) return 'tooLarge';
    }
  } catch {
    return undefined;
  }
  return isComplete ? strFromU8(joined(chunks, size)) : undefined;
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
