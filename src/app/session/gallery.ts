import { GALLERY } from '../../lessons/gallery/index.ts';
import type { Run } from '../../scenario/index.ts';
import { openRun } from './session.ts';

export function galleryRun(id: string): Run | undefined {
  return GALLERY.find((entry) => entry.id === id)?.run;
}

/** Opens a finished scenario, playing. */
export function openGallery(id: string): void {
  const run = galleryRun(id);
  if (run) openRun(run, { origin: { from: 'gallery', id }, play: true });
}
