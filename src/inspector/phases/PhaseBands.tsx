import { type Playback, type Side, usePlayback } from '../../playback/index.ts';
import { formatTime, Tooltip, useText } from '../../ui/index.ts';
import { phasesOf } from '../record/phases.ts';
import { useCatchUp } from '../record/useRecord.ts';
import { partName } from '../words/names.ts';
import { durationText } from '../words/pieces.ts';
import styles from './phases.module.css';

/** Bands of one run on its time line: more could not be told apart. */
const BANDS_MAX = 200;

/** Tinted bands on the time line: from when to when a part was in a phase of its own. The panel of that part says the same in words. */
export function PhaseBands({ playback }: { readonly playback: Playback }) {
  const sides = usePlayback(playback, (snapshot) => snapshot.sides);
  return (
    <div className={styles.bands} aria-hidden="true">
      {sides.map((side, index) => (
        <Bands key={side.name} playback={playback} side={side} row={sides.length > 1 ? index : undefined} />
      ))}
    </div>
  );
}

interface BandsProps {
  readonly playback: Playback;
  readonly side: Side;
  /** Of a pair, one side's bands lie above the other's. */
  readonly row: number | undefined;
}

function Bands({ playback, side, row }: BandsProps) {
  const t = useText();
  const record = phasesOf(side.timeline);
  useCatchUp(playback, side, record);
  const end = usePlayback(playback, (snapshot) => snapshot.end);
  const until = side.timeline.known.time;
  if (end <= 0) return null;
  const bands = [...record.phases].flatMap(([part, phases]) => phases.map((phase) => ({ part, ...phase, to: phase.to ?? until })));
  return bands.slice(0, BANDS_MAX).map(({ part, phase, from, to }) => {
    const text = t('phase.band', {
      name: partName(side.program, part),
      phase: t.dynamic(`phase.${phase}`),
      from: formatTime(from, 1),
      duration: durationText(to - from),
    });
    const place = { left: `${(from / end) * 100}%`, width: `${(Math.max(0, to - from) / end) * 100}%` };
    return (
      <Tooltip key={`${part} ${from} ${phase}`} text={text} side="top">
        <span className={styles.band} data-row={row} style={place} />
      </Tooltip>
    );
  });
}
