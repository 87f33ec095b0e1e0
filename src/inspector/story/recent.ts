import type { Fact, Timeline } from '../../engine/index.ts';

const RECENT_MAX = 30;
/** Facts looked through for them, from the playhead back. */
const LOOK_BACK = 2_000;
const CHUNK = 200;

/** Publications before the playhead, the latest first. */
export function recentlyPublished(timeline: Pick<Timeline, 'facts'>, happened: number): readonly Fact[] {
  const found: Fact[] = [];
  for (let to = happened; to > 0 && to > happened - LOOK_BACK && found.length < RECENT_MAX; to -= CHUNK) {
    const chunk = timeline.facts(Math.max(0, to - CHUNK), to);
    for (const fact of chunk.toReversed()) if (fact.kind === 'message.published' && found.length < RECENT_MAX) found.push(fact);
  }
  return found;
}
