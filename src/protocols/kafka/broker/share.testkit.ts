import type { Frame } from '../../../engine/index.ts';
import type { ShareAcknowledgement } from '../frames.ts';
import type { Wish } from './cluster.testkit.ts';

/** Frames of a member of the share group `g`, for scripts. */
export interface ShareWish {
  readonly max?: number;
  /** In s. */
  readonly wait?: number;
  readonly acknowledgements?: readonly ShareAcknowledgement[];
}

export function take(node: number, memberId: string, tp: string, { max = 500, wait = 0, acknowledgements = [] }: ShareWish = {}): Wish {
  const made = { verb: 'ShareFetch', group: 'g', memberId, maxWait: wait * 1_000_000, maxRecords: max, partitions: [tp], acknowledgements };
  return { node, frame: made as Frame };
}

export const accept = (tp: string, first: number, last = first): ShareAcknowledgement => ({ tp, first, last, type: 'accept' });
export const release = (tp: string, first: number, last = first): ShareAcknowledgement => ({ tp, first, last, type: 'release' });
export const reject = (tp: string, first: number, last = first): ShareAcknowledgement => ({ tp, first, last, type: 'reject' });

export function acknowledge(node: number, memberId: string, ...acknowledgements: readonly ShareAcknowledgement[]): Wish {
  return { node, frame: { verb: 'ShareAcknowledge', group: 'g', memberId, acknowledgements } as Frame };
}
