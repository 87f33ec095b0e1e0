import type { Fact, Timeline } from '../../engine/index.ts';

const RECENT_MAX = 30;

/** Publications before the playhead, the latest first. */
export function recentlyPublished(timeline: Pick<Timeline, 'first' | 'world'>, happened: number): readonly Fact[] {
  const found: Fact[] = [];
  for (let message = timeline.world.nextMessage - 1; message > 0 && found.length < RECENT_MAX; message--) {
    const published = timeline.first(message);
    if (published?.kind === 'message.published' && published.seq < happened) found.push(published);
  }
  return found;
}
