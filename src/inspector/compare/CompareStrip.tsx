import { lagsAt } from '../../engine/index.ts';
import { type Playback, type Side, usePlayback } from '../../playback/index.ts';
import { classes, formatTime, type Texts, useText } from '../../ui/index.ts';
import { useHappened } from '../parts/hooks.ts';
import { useRecord } from '../record/useRecord.ts';
import type { WorkerState } from '../record/work.ts';
import { partName } from '../words/names.ts';
import styles from './CompareStrip.module.css';
import { compareWorkers, type LogVerdict, logVerdictOf, type SideState, sideState, type Verdict, verdictOf } from './compare.ts';
import { LogTable } from './LogTable.tsx';

/** Both sides of a pair in numbers: who has finished how much, who waits, who is idle, and who is done first. */
export function CompareStrip({ playback }: { readonly playback: Playback }) {
  const a = usePlayback(playback, ({ sides }) => sides[0]);
  const b = usePlayback(playback, ({ sides }) => sides[1]);
  if (!a || !b) return null;
  return <Strip playback={playback} a={a} b={b} />;
}

function useSideState(playback: Playback, side: Side): SideState | undefined {
  const record = useRecord(playback, side);
  const happened = useHappened(playback, side);
  const time = usePlayback(playback, (snapshot) => snapshot.time);
  const isComplete = usePlayback(playback, () => side.timeline.known.complete);
  return record && sideState({ program: side.program, record, happened, time, isComplete });
}

function Strip({ playback, a, b }: { readonly playback: Playback; readonly a: Side; readonly b: Side }) {
  const t = useText();
  const stateA = useSideState(playback, a);
  const stateB = useSideState(playback, b);
  if (!stateA || !stateB) return null;
  const workers = compareWorkers(stateA, stateB);
  const logs = logVerdictOf(stateA, stateB);
  // Bars of both sides share one scale, so that their lengths can be compared.
  const most = Math.max(
    1,
    ...[...stateA.workers, ...stateB.workers].map(({ finished, waiting, isWorking }) => finished + waiting + (isWorking ? 1 : 0)),
  );
  return (
    <section className={styles.strip} aria-label={t('strip.label')}>
      <p className={styles.verdict}>{headline(t, stateA, stateB)}</p>
      {workers.length === 0 && logs && <LogTable {...logs} />}
      {workers.length > 0 && (
        <table className={styles.table}>
          <caption className="visually-hidden">{t('strip.label')}</caption>
          <thead>
            <tr>
              <th scope="col">
                <SideHead name="a" side={a} state={stateA} />
              </th>
              <th scope="col" className={styles.middle}>
                <span className="visually-hidden">{t('strip.worker')}</span>
                <Legend />
              </th>
              <th scope="col">
                <SideHead name="b" side={b} state={stateB} />
              </th>
            </tr>
          </thead>
          <tbody>
            {workers.map(({ worker, a: left, b: right }) => (
              <tr key={worker}>
                <td>{left && <WorkerBar state={left} most={most} mirrored />}</td>
                <th scope="row" className={styles.middle}>
                  {partName(left ? a.program : b.program, worker)}
                </th>
                <td>{right && <WorkerBar state={right} most={most} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function SideHead({ name, side, state }: { readonly name: 'a' | 'b'; readonly side: Side; readonly state: SideState }) {
  const t = useText();
  return (
    <span className={styles.side}>
      {t(`strip.side.${name}`)} ·{' '}
      {state.logs ? (
        t('lane.lag', { count: lagIn(side) })
      ) : state.doneAt === undefined ? (
        t('strip.left', { count: state.left })
      ) : (
        <b className={styles.done}>{t('strip.doneAt', { time: formatTime(state.doneAt, 1) })}</b>
      )}
    </span>
  );
}

function lagIn({ program, timeline }: Side): number {
  return [...lagsAt(program, timeline.world).readers.values()].reduce((sum, lag) => sum + lag, 0);
}

function Legend() {
  const t = useText();
  return (
    <span className={styles.legend} aria-hidden="true">
      <i className={classes(styles.swatch, styles.finished)} /> {t('strip.finished')}
      <i className={classes(styles.swatch, styles.working)} /> {t('strip.working')}
      <i className={classes(styles.swatch, styles.waiting)} /> {t('strip.waiting')}
    </span>
  );
}

interface WorkerBarProps {
  readonly state: WorkerState;
  readonly most: number;
  /** The left side grows to the left, so that both grow from the middle. */
  readonly mirrored?: boolean;
}

function WorkerBar({ state, most, mirrored }: WorkerBarProps) {
  const t = useText();
  const { finished, waiting, isWorking, idle } = state;
  const share = (count: number) => `${(count / most) * 100}%`;
  return (
    <div className={classes(styles.worker, mirrored && styles.mirrored)}>
      <div className={styles.bar} aria-hidden="true">
        <span className={styles.finished} style={{ width: share(finished) }} />
        {isWorking && <span className={styles.working} style={{ width: share(1) }} />}
        {waiting > 0 && <span className={styles.waiting} style={{ width: share(waiting) }} />}
      </div>
      <span className={styles.numbers}>{t('strip.row', { finished, waiting, idle: seconds(idle) })}</span>
    </div>
  );
}

function seconds(micros: number): string {
  return `${(micros / 1_000_000).toFixed(1)} s`;
}

/** What a pair shows at the playhead: of logs what became of messages, of workers who has done how much. */
export function headline(t: Texts, a: SideState, b: SideState): string {
  const hasWorkers = a.workers.length + b.workers.length > 0;
  const logs = logVerdictOf(a, b);
  if (!logs) return hasWorkers ? verdictText(t, verdictOf(a, b)) : t('strip.none');
  if (!hasWorkers) return logText(t, logs);
  const running = verdictText(t, { says: 'running', a: a.finished, b: b.finished, idleA: a.idle, idleB: b.idle });
  return logs.differs.length > 0 ? joined(t, [logText(t, logs), running]) : running;
}

function logText(t: Texts, { a, b, differs }: LogVerdict): string {
  if (a.produced + b.produced === 0) return t('strip.log.none');
  if (differs.length === 0) return t('strip.log.same', { a: a.confirmed, b: b.confirmed, lost: a.lost, twice: a.twice });
  const sentences = differs.map((trouble) => t(`strip.log.${trouble}`, { a: a[trouble], b: b[trouble] }));
  return joined(t, sentences);
}

/** Chinese sentences follow one another without a space. */
function joined(t: Texts, sentences: readonly string[]): string {
  return sentences.reduce((before, next) => t('strip.log.join', { before, next }));
}

/** The difference, said in one sentence. */
export function verdictText(t: Texts, verdict: Verdict): string {
  switch (verdict.says) {
    case 'both': {
      const { a, b, faster, difference } = verdict;
      return t('strip.says.both', { a: seconds(a), b: seconds(b), faster, difference: seconds(difference) });
    }
    case 'one':
      return t('strip.says.one', { side: verdict.side, time: seconds(verdict.time), count: verdict.count });
    case 'running':
      return t('strip.says.running', { a: verdict.a, b: verdict.b, idleA: seconds(verdict.idleA), idleB: seconds(verdict.idleB) });
  }
}
