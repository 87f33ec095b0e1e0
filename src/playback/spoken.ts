import { type Fact, INTERESTING, type Timeline } from '../engine/index.ts';
import type { Landing, PlaybackSnapshot, Side } from './types.ts';

/**
 * What the narrator speaks about: of the last step at the playhead, the last interesting fact, or else its last one. In a pair
 * it is the side that has just stepped, or else the one where something happened last. Whoever has picked a fact hears of that.
 */
export function spokenOf(sides: readonly Side[], at: Landing | undefined): PlaybackSnapshot['spoken'] {
  let best: PlaybackSnapshot['spoken'];
  for (const [index, { name, timeline }] of sides.entries()) {
    if (at !== undefined && at.side !== index) continue;
    const fact = (at?.isChosen ? timeline.fact(at.seq) : undefined) ?? telling(timeline);
    if (fact && (!best || fact.time >= best.fact.time)) best = { side: name, fact };
  }
  return best;
}

function telling(timeline: Timeline): Fact | undefined {
  const last = timeline.factsHappened - 1;
  for (let seq = last; seq >= timeline.world.stepFact; seq--) {
    const fact = timeline.fact(seq);
    if (fact && INTERESTING.has(fact.kind)) return fact;
  }
  return timeline.fact(last);
}
