import type { Micros } from '../../base/index.ts';
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
      {flagsOf(run).map((flag) => (
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

/** Deeds of one moment share a flag: dragging in a part with its lines is one thing to people. */
function flagsOf(run: Run): readonly Flag[] {
  const byTime = new Map<Micros, Flag['items'][number][]>();
  run.interventions.forEach((intervention, index) => {
    const found = byTime.get(intervention.at);
    if (found) found.push({ intervention, index });
    else byTime.set(intervention.at, [{ intervention, index }]);
  });
  return [...byTime].map(([at, items]) => ({
    at,
    first: items[0]?.index ?? 0,
    isHarsh: items.some((item) => HARSH.has(item.intervention.verb)),
    items,
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

function flagLabel(flag: Flag, run: Run, t: Texts): string {
  return `${formatTime(flag.at)}: ${flag.items.map((item) => deedText(item.intervention, run, t)).join(', ')}`;
}

function menuOf(flag: Flag, run: Run, t: Texts): readonly MenuItem[] {
  return [
    { id: 'time', heading: formatTime(flag.at) },
    { id: 'go', label: t('flag.goThere'), icon: 'flag', onSelect: () => playback.send({ type: 'GO', time: flag.at }) },
    { id: 'line', separator: true },
    ...flag.items.map(({ intervention, index }): MenuItem => {
      return {
        id: `take-${index}`,
        label: t('flag.takeBack', { deed: deedText(intervention, run, t) }),
        icon: 'undo',
        onSelect: () => {
          useDocument.getState().edit('edit.takeBack', (current) => removeIntervention(current, index));
        },
      };
    }),
  ];
}
