import { type Fact, INTERESTING, type Timeline } from '../engine/index.ts';
import type { PlaybackSnapshot, Side } from './types.ts';

/**
 * What the narrator speaks about: of the last step at the playhead, the last interesting fact, or else its last one. In a pair
 * it is the side that has just stepped (`stepped`: its index), or else the one where something happened last.
 */
export function spokenOf(sides: readonly Side[], stepped: number | undefined): PlaybackSnapshot['spoken'] {
  let best: PlaybackSnapshot['spoken'];
  for (const [index, { name, timeline }] of sides.entries()) {
    if (stepped !== undefined && stepped !== index) continue;
    const fact = telling(timeline);
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
