import type { PartId } from '../../base/index.ts';
import type { Program } from '../../engine/index.ts';
import type { Playback, Side } from '../../playback/index.ts';
import { useText } from '../../ui/index.ts';
import { useHappened } from '../parts/hooks.ts';
import { useCatchUp } from '../record/useRecord.ts';
import { lineOf, partName } from '../words/names.ts';
import { LifeSection } from './LifeSection.tsx';
import { livesOf, type Trail } from './trails.ts';

interface PartLifeProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly id: PartId;
}

/** The life cycles that a part leads: as a consumer of each of its queues, as a process, on each of its channels. */
export function PartLife({ playback, side, id }: PartLifeProps) {
  const t = useText();
  const { program } = side;
  const lives = livesOf(side.timeline);
  useCatchUp(playback, side, lives);
  const happened = useHappened(playback, side);
  const named = (length: 'short' | 'of') => (trail: Trail) => t.dynamic(`life.${length}.${trail.chart.name}`, argsOf(program, trail));
  return (
    <LifeSection playback={playback} side={side} trails={lives.of(id)} happened={happened} shortName={named('short')} name={named('of')} />
  );
}

/** What the name of a life may speak of. */
function argsOf(program: Program, { chart, owner, detail }: Trail): { readonly [name: string]: string } {
  const [broker = '', channel = ''] = chart.name === 'channel' ? detail.split(' ') : [];
  const queue = lineOf(program, detail)?.from ?? detail;
  return { part: partName(program, owner), queue: partName(program, queue), broker: partName(program, broker), channel };
}
