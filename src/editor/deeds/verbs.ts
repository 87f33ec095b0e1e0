import type { PartView } from '../../engine/index.ts';
import type { LineKind, PartKind } from '../../scenario/index.ts';

/** What is known of a part or line at the present moment. */
export interface PresentState {
  readonly isPresent: boolean;
  readonly status: PartView['status'];
  readonly isCut: boolean;
}

/** What can be done to a part as it is now; what would change nothing is not offered. */
export function partVerbs(kind: PartKind, state: PresentState): readonly string[] {
  if (!state.isPresent) return ['join'];
  const isNode = kind.role === 'node';
  if (state.status === 'down') return isNode ? ['restart', 'leave'] : ['leave'];
  return [...kind.verbs.filter((verb) => isOffered(verb, state.status)), ...(isNode ? ['crash'] : []), 'leave'];
}

function isOffered(verb: string, status: PartView['status']): boolean {
  switch (status) {
    // What does nothing can only be ended.
    case 'failed':
    case 'unstarted':
      return verb === 'stop';
    // What hangs hears nothing, until it comes to itself.
    case 'hung':
      return verb === 'stop' || verb === 'resume';
    case 'paused':
      return verb !== 'pause';
    default:
      return verb !== 'resume';
  }
}

export function lineVerbs(kind: LineKind, state: PresentState): readonly string[] {
  if (kind.implied) return [];
  if (!state.isPresent) return ['join'];
  return [...(kind.cuttable ? [state.isCut ? 'heal' : 'cut'] : []), 'leave'];
}

/** Verbs that take something away from those who watch; said in red. */
export const HARSH: ReadonlySet<string> = new Set(['crash', 'purge', 'leave']);
