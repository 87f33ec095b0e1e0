import { type Fact, INTERESTING } from '../engine/index.ts';
import type { PlaybackSnapshot, Side } from './types.ts';

/** Facts of one moment are looked through for the telling one, no further back than this. */
const LOOK_BACK = 12;

/**
 * What the narrator speaks about: of the last moment at the playhead, the last interesting fact, or else the last one.
 * `from`: facts of a step that has just been taken; earlier ones of the same time belong to other steps.
 */
export function spokenOf(
  sides: readonly Side[],
  from: { readonly side: number; readonly seq: number } | undefined,
): PlaybackSnapshot['spoken'] {
  let best: PlaybackSnapshot['spoken'];
  sides.forEach(({ name, timeline }, index) => {
    const last = timeline.factsHappened - 1;
    const first = from?.side === index ? from.seq : Math.max(0, last - LOOK_BACK);
    const fact = telling(timeline.fact.bind(timeline), first, last);
    if (!fact) return;
    const isLanding = from?.side === index;
    if (!best || isLanding || (from === undefined && fact.time >= best.fact.time)) best = { side: name, fact };
  });
  return best;
}

function telling(factOf: (seq: number) => Fact | undefined, first: number, last: number): Fact | undefined {
  const newest = last >= 0 ? factOf(last) : undefined;
  if (!newest) return undefined;
  for (let seq = last; seq >= first; seq--) {
    const fact = factOf(seq);
    if (!fact || fact.time !== newest.time) break;
    if (INTERESTING.has(fact.kind)) return fact;
  }
  return newest;
}
