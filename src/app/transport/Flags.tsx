import { type Micros, ZERO } from '../../base/index.ts';
import { useDocument } from '../../editor/index.ts';
import { usePlayback } from '../../playback/index.ts';
import { type Intervention, type Run, removeIntervention } from '../../scenario/index.ts';
import { classes, formatTime, Menu, type MenuItem, type Texts, useText } from '../../ui/index.ts';
import { playback } from '../session/session.ts';
import styles from './Flags.module.css';

/** Verbs that take something away or break it; the others give or mend. */
const HARSH = new Set(['crash', 'cut', 'leave', 'purge', 'pause']);

/** Everything that people did in this run, as flags at their times: go there, or take it back. */
export function Flags({ end }: { readonly end: Micros }) {
  const run = useDocument((document) => document.run);
  const refused = usePlayback(playback, (s) => s.state === 'refused');
  const t = useText();
  if (refused || end <= 0) return null;
  return (
    <ul className={styles.flags} aria-label={t('transport.flags')}>
      {flagsOf(run, end).map((flag) => (
        <li key={`${flag.at}:${flag.first}`} style={{ left: `${(flag.at / end) * 100}%` }}>
          <Menu
            side="top"
            trigger={
              <button type="button" className={classes(styles.flag, flag.isHarsh && styles.harsh)} aria-label={flagLabel(flag, run, t)}>
                <svg viewBox="0 0 16 36" width="16" height="36" aria-hidden="true">
                  <path d="M1 35V2h13l-3.5 4.5L14 11H1" />
                </svg>
                {flag.items.length > 1 && <span className={styles.count}>{flag.items.length}</span>}
              </button>
            }
            items={menuOf(flag, run, t)}
          />
        </li>
      ))}
    </ul>
  );
}

interface Flag {
  readonly at: Micros;
  /** Place of its first intervention in the run's list. */
  readonly first: number;
  readonly isHarsh: boolean;
  readonly items: readonly { readonly intervention: Intervention; readonly index: number }[];
}

/** Flags nearer than this share of the time line would hide each other. */
const NEAR_SHARE = 0.025;

/** Deeds of one moment, or of moments hardly apart on the time line, share a flag. */
function flagsOf(run: Run, end: Micros): readonly Flag[] {
  const items = run.interventions.map((intervention, index) => ({ intervention, index }));
  const groups: Flag['items'][number][][] = [];
  for (const item of items.toSorted((a, b) => a.intervention.at - b.intervention.at)) {
    const group = groups.at(-1);
    const isNear = group?.[0] && item.intervention.at - group[0].intervention.at < end * NEAR_SHARE;
    if (group && isNear) group.push(item);
    else groups.push([item]);
  }
  return groups.map((group) => ({
    at: group[0]?.intervention.at ?? ZERO,
    first: group[0]?.index ?? 0,
    isHarsh: group.some((item) => HARSH.has(item.intervention.verb)),
    items: group,
  }));
}

function nameOf(run: Run, id: string): string {
  const parts = [...run.scenario.parts, ...(run.variant?.parts ?? [])];
  const part = parts.find((candidate) => candidate.id === id);
  if (part) return part.name;
  const line = [...run.scenario.lines, ...(run.variant?.lines ?? [])].find((candidate) => candidate.id === id);
  if (!line) return id;
  const ends = [line.from, line.to].map((end) => parts.find((candidate) => candidate.id === end)?.name ?? end);
  return ends.join(' → ');
}

/** One deed in words, e.g. "Crash worker-2". */
function deedText(intervention: Intervention, run: Run, t: Texts): string {
  const count = typeof intervention.args['count'] === 'number' ? intervention.args['count'] : 1;
  const key = `flag.${intervention.verb}`;
  const text = t.dynamic(key, { name: nameOf(run, intervention.target), count });
  return text === key ? `${intervention.verb} ${nameOf(run, intervention.target)}` : text;
}

/** The deeds of a flag, moment by moment. */
function momentsOf(flag: Flag): readonly (readonly [Micros, Flag['items']])[] {
  const moments = new Map<Micros, Flag['items'][number][]>();
  for (const item of flag.items) moments.set(item.intervention.at, [...(moments.get(item.intervention.at) ?? []), item]);
  return [...moments];
}

function flagLabel(flag: Flag, run: Run, t: Texts): string {
  const told = momentsOf(flag).map(
    ([at, items]) => `${formatTime(at)}: ${items.map((item) => deedText(item.intervention, run, t)).join(', ')}`,
  );
  return told.join('; ');
}

function menuOf(flag: Flag, run: Run, t: Texts): readonly MenuItem[] {
  return momentsOf(flag).flatMap(([at, items]): readonly MenuItem[] => [
    { id: `time-${at}`, heading: formatTime(at) },
    { id: `go-${at}`, label: t('flag.goThere'), icon: 'flag', onSelect: () => playback.send({ type: 'GO', time: at }) },
    ...items.map(
      ({ intervention, index }): MenuItem => ({
        id: `take-${index}`,
        label: t('flag.takeBack', { deed: deedText(intervention, run, t) }),
        icon: 'undo',
        onSelect: () => {
          useDocument.getState().edit('edit.takeBack', (current) => removeIntervention(current, index));
        },
      }),
    ),
  ]);
}
