import { type PaletteEntry, paletteEntries } from './adding.ts';

/** Names a dragged palette entry among other things that may be dropped. */
export const PALETTE_TYPE = 'application/x-queuescope-part';

/** What a drag carries: the entry's kind and name. */
export function carriedBy(entry: PaletteEntry): string {
  return `${entry.kind.kind}/${entry.id}`;
}

/** The entry that was dropped, by the text that its drag carried. */
export function droppedEntry(carried: string): PaletteEntry | undefined {
  return carried === '' ? undefined : paletteEntries().find((entry) => carriedBy(entry) === carried);
}
