import { ZERO } from '../../base/index.ts';
import { type Look, useEditor } from '../../editor/index.ts';
import type { PlaybackSnapshot } from '../../playback/index.ts';
import { encodeLink, type Run } from '../../scenario/index.ts';
import { type Panel, useUi } from '../../ui/index.ts';

/** What is on the screen besides the run: the section of the drawing, and the open panel. */
export interface Sight {
  readonly canvas?: Look | undefined;
  readonly panel?: Panel | undefined;
}

/** How the reader sees the run at this moment. */
export function presentSight(): Sight {
  const { side, panel, panelOpen } = useUi.getState();
  return { canvas: useEditor.getState().graphs[side]?.look(), panel: panelOpen ? panel : undefined };
}

/** Where playback stands: a time, and perhaps just after which fact of that time. */
export type Moment = Pick<PlaybackSnapshot, 'time' | 'landing'>;

/**
 * The address that opens this very run anywhere; with a moment, standing there, and with a sight, looking the same. The
 * reader's own language and theme stay theirs.
 */
export function linkOf(run: Run, view: { readonly at?: Moment | undefined; readonly sight?: Sight | undefined } = {}): string {
  const page = `${location.origin}${location.pathname}`;
  if (view.at === undefined && view.sight === undefined) return `${page}#${encodeLink(run)}`;
  const { canvas, panel } = view.sight ?? {};
  const { time = ZERO, landing } = view.at ?? {};
  const fact = landing && { side: landing.side, seq: landing.seq };
  return `${page}#${encodeLink(run, { time, ...(fact && { fact }), ...(canvas && { canvas }), ...(panel && { panel }) })}`;
}
