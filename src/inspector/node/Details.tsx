import type { PartView, Program } from '../../engine/index.ts';
import { useText } from '../../ui/index.ts';
import styles from './NodePanel.module.css';
import { cellText } from './terms.ts';

/** A queue may have thousands of bindings; these many rows are enough to read. */
const ROWS_SHOWN = 40;

/** Signs in a cell that is not broken. */
const SHORT = 16;

interface DetailsProps {
  readonly program: Program;
  readonly details: PartView['details'];
}

/** Numbers and short lists are seen whole and take no more room than they need; only longer texts are broken. */
function widthClass(value: string | number | boolean | undefined): string | undefined {
  if (typeof value === 'number') return styles.number;
  return typeof value === 'string' && value.length <= SHORT ? styles.short : undefined;
}

/** The tables of a part: its bindings, its consumers, its channels … */
export function Details({ program, details }: DetailsProps) {
  const t = useText();
  return details.map(({ key, columns, rows }) => (
    <figure key={key} className={styles.detail}>
      <figcaption className={styles.caption}>{t.dynamic(`detail.${key}`)}</figcaption>
      {/* Tables may be wider than the panel: they scroll by themselves, also with the keyboard. */}
      <section className={styles.scroll} aria-label={t.dynamic(`detail.${key}`)} {...(columns.length > 1 ? { tabIndex: 0 } : {})}>
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t.dynamic(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, ROWS_SHOWN).map((row) => (
              <tr key={row.join('\n')}>
                {columns.map((column, at) => (
                  <td key={column} className={widthClass(row[at])}>
                    {cellText(t, program, column, row[at] ?? '')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > ROWS_SHOWN && <p className={styles.hint}>{t('words.more', { count: rows.length - ROWS_SHOWN })}</p>}
    </figure>
  ));
}
