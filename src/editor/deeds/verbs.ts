import type { LineKind, PartKind } from '../../scenario/index.ts';

/** What is known of a part or line at the present moment. */
export interface PresentState {
  readonly isPresent: boolean;
  readonly status: 'up' | 'down' | 'paused' | 'blocked' | 'absent';
  readonly isCut: boolean;
}

/** What can be done to a part as it is now; what would change nothing is not offered. */
export function partVerbs(kind: PartKind, state: PresentState): readonly string[] {
  if (!state.isPresent) return ['join'];
  const isNode = kind.role === 'node';
  if (state.status === 'down') return isNode ? ['restart', 'leave'] : ['leave'];
  const isPaused = state.status === 'paused';
  const own = kind.verbs.filter((verb) => (verb === 'pause' ? !isPaused : verb === 'resume' ? isPaused : true));
  return [...own, ...(isNode ? ['crash'] : []), 'leave'];
}

export function lineVerbs(kind: LineKind, state: PresentState): readonly string[] {
  if (kind.implied) return [];
  if (!state.isPresent) return ['join'];
  return [...(kind.cuttable ? [state.isCut ? 'heal' : 'cut'] : []), 'leave'];
}

/** Verbs that take something away from those who watch; said in red. */
export const HARSH: ReadonlySet<string> = new Set(['crash', 'purge', 'leave']);
