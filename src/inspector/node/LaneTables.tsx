import { endsOf, type Lane, type PartView, pointersAt } from '../../engine/index.ts';
import type { Side } from '../../playback/index.ts';
import { useText } from '../../ui/index.ts';
import { partName } from '../words/names.ts';
import { Crown } from './Crown.tsx';
import styles from './NodePanel.module.css';

/** A log may have thousands of lanes; these many rows are enough to read. */
const ROWS_SHOWN = 60;

interface LaneTablesProps {
  readonly side: Side;
  readonly id: string;
  readonly view: PartView;
}

/** The lanes of a part as a table, and who stands where in them. */
export function LaneTables({ side, id, view }: LaneTablesProps) {
  const { lanes } = view;
  if (!lanes) return null;
  return (
    <>
      {/* Who tells more about them has a table of its own. */}
      {view.details.length === 0 && <Lanes lanes={lanes} />}
      <Readers side={side} store={partName(side.program, id)} lanes={lanes} />
    </>
  );
}

function Lanes({ lanes }: { readonly lanes: readonly Lane[] }) {
  const t = useText();
  const marks = [...new Set(lanes.flatMap((lane) => lane.marks.map(({ key }) => key)))];
  return (
    <figure className={styles.detail}>
      <figcaption className={styles.caption}>{t('lane.table')}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that is wider than its panel is scrolled with the keys */}
      <section className={styles.scroll} aria-label={t('lane.table')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {(['key', 'role', 'start', 'end'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`lane.column.${column}`)}
                </th>
              ))}
              {marks.map((mark) => (
                <th key={mark} scope="col">
                  {t.dynamic(`mark.${mark}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lanes.slice(0, ROWS_SHOWN).map((lane) => (
              <tr key={lane.key}>
                <th scope="row">{lane.key}</th>
                <td className={styles.role}>
                  {lane.isLeader && <Crown />} {t.dynamic(`value.${lane.role}`)}
                </td>
                <td className={styles.number}>{lane.start}</td>
                <td className={styles.number}>{lane.end}</td>
                {marks.map((mark) => (
                  <td key={mark} className={styles.number}>
                    {lane.marks.find(({ key }) => key === mark)?.at ?? '–'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {lanes.length > ROWS_SHOWN && <p className={styles.hint}>{t('lane.more', { count: lanes.length - ROWS_SHOWN })}</p>}
    </figure>
  );
}

interface ReaderRow {
  readonly lane: string;
  readonly reader: string;
  readonly position: number | undefined;
  readonly committed: number | undefined;
  readonly lag: number | undefined;
}

/** What is told of one reader in one lane, in one row. */
function rowsOf({ program, timeline }: Side, store: string, lanes: readonly Lane[]): readonly ReaderRow[] {
  const rows = new Map<string, ReaderRow>();
  const ends = endsOf(program, timeline.world, store);
  for (const lane of lanes)
    for (const { reader, kind, at } of pointersAt(program, timeline.world, store, lane.key)) {
      const key = `${lane.key}\n${reader}`;
      const end = ends.get(lane.key);
      const row = rows.get(key) ?? { lane: lane.key, reader, position: undefined, committed: undefined, lag: undefined };
      rows.set(key, { ...row, [kind]: at, lag: end === undefined ? undefined : Math.max(0, end - at) });
    }
  return [...rows.values()];
}

function Readers({ side, store, lanes }: { readonly side: Side; readonly store: string; readonly lanes: readonly Lane[] }) {
  const t = useText();
  const rows = rowsOf(side, store, lanes);
  if (rows.length === 0) return null;
  return (
    <figure className={styles.detail}>
      <figcaption className={styles.caption}>{t('lane.readers')}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that is wider than its panel is scrolled with the keys */}
      <section className={styles.scroll} aria-label={t('lane.readers')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {(['lane', 'reader', 'position', 'committed', 'lag'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`lane.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, ROWS_SHOWN).map((row) => (
              <tr key={`${row.lane} ${row.reader}`}>
                <td>{row.lane}</td>
                <td>{partName(side.program, row.reader)}</td>
                <td className={styles.number}>{row.position ?? '–'}</td>
                <td className={styles.number}>{row.committed ?? '–'}</td>
                <td className={styles.number}>{row.lag ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </figure>
  );
}
