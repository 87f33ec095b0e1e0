import type { PartId } from '../../base/index.ts';
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
  const name = ({ chart, owner, detail }: Trail): string => {
    const [first = '', second = ''] = detail.split(' ');
    switch (chart.name) {
      case 'consumer':
        return t('life.of.consumer', { queue: partName(program, lineOf(program, detail)?.from ?? detail) });
      case 'channel':
        return t('life.of.channel', { channel: second, broker: partName(program, first) });
      default:
        return t.dynamic(`life.of.${chart.name}`, { part: partName(program, owner) });
    }
  };
  return <LifeSection playback={playback} side={side} trails={lives.of(id)} happened={happened} shortName={name} name={name} />;
}
