import { fairDispatch } from '../../lessons/gallery/fairDispatch.ts';
import { loadSystems } from '../../protocols/drawable.ts';
import type { Run } from '../../scenario/index.ts';
import { openRun } from './session.ts';

/** What the page shows when nobody asks for anything else: it comes with the page, the others when they are wanted. */
export const DEFAULT_SCENARIO = 'fair-dispatch';

export async function galleryRun(id: string): Promise<Run | undefined> {
  if (id === DEFAULT_SCENARIO) return fairDispatch;
  const { GALLERY } = await import('../../lessons/gallery/index.ts');
  return GALLERY.find((entry) => entry.id === id)?.run;
}

/** Opens a finished scenario, playing. */
export async function openGallery(id: string): Promise<void> {
  await loadSystems();
  const run = await galleryRun(id);
  if (run) openRun(run, { origin: { from: 'gallery', id }, play: true });
}
