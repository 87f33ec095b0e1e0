import { GALLERY } from '../../lessons/gallery/index.ts';
import type { Run } from '../../scenario/index.ts';
import { openRun } from './session.ts';

/** A fresh copy of a gallery scenario, or undefined for an unknown id. */
export function galleryRun(id: string): Run | undefined {
  return GALLERY.find((entry) => entry.id === id)?.run;
}

/** Opens a gallery scenario, playing. */
export function openGallery(id: string): void {
  const run = galleryRun(id);
  if (run) openRun(run, { origin: { from: 'gallery', id }, play: true });
}
