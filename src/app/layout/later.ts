import { lazy } from 'react';
import type { MessageId } from '../../base/index.ts';
import type { Playback } from '../../playback/index.ts';
import type { SideName } from '../../ui/index.ts';

const inspector = () => import('../../inspector/index.ts');

/** What tells about a run, fetched once the drawing is on the screen. */
export const Narrator = lazy(async () => ({ default: (await inspector()).Narrator }));
export const CompareStrip = lazy(async () => ({ default: (await inspector()).CompareStrip }));
export const PhaseBands = lazy(async () => ({ default: (await inspector()).PhaseBands }));
export const SidePanel = lazy(async () => ({ default: (await import('./SidePanel.tsx')).SidePanel }));

let stage: typeof import('../../stage/index.ts') | undefined;
export const StageCanvas = lazy(async () => {
  stage = await import('../../stage/index.ts');
  return { default: stage.StageCanvas };
});

export const TrafficMenu = lazy(async () => ({ default: (await import('../../stage/index.ts')).TrafficMenu }));

/** The message painted at a point; none before anything is painted. */
export function pickMessage(playback: Playback, side: SideName, x: number, y: number): MessageId | undefined {
  return stage?.pickMessage(playback, side, x, y);
}
