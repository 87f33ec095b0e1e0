import type { LineId } from '../../base/index.ts';
import type { Fact, Timeline } from '../../engine/index.ts';
import { linesIn } from '../words/phrases.ts';

/** Facts looked through for a decision, from the playhead back. */
const LOOK_BACK = 2_000;
const CHUNK = 200;

/** The last routing decision before the playhead that took this line or passed it by. */
export function latestDecisionOn(timeline: Pick<Timeline, 'facts'>, line: LineId, happened: number): Fact | undefined {
  const speaksOf = ({ kind, data }: Fact) =>
    kind === 'message.routed' &&
    (['matched', 'unmatched'] as const).some((name) => {
      const list = data?.[name];
      return Array.isArray(list) && linesIn(list).includes(line);
    });
  for (let to = happened; to > 0 && to > happened - LOOK_BACK; to -= CHUNK) {
    const found = timeline.facts(Math.max(0, to - CHUNK), to).findLast(speaksOf);
    if (found) return found;
  }
  return undefined;
}
