import { classes, useText } from '../../ui/index.ts';
import styles from './CompareStrip.module.css';
import type { LogVerdict } from './compare.ts';

const ROWS = ['confirmed', 'lost', 'twice', 'swapped'] as const;

/** What became of messages on both sides, where nobody reads them. What differs stands out. */
export function LogTable({ a, b }: LogVerdict) {
  const t = useText();
  return (
    <table className={classes(styles.table, styles.figures)}>
      <caption className="visually-hidden">{t('strip.label')}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('strip.side.a')}</th>
          <td />
          <th scope="col">{t('strip.side.b')}</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => (
          <tr key={row} className={classes(a[row] !== b[row] && styles.differs)}>
            <td>{a[row]}</td>
            <th scope="row" className={styles.middle}>
              {t(`strip.figure.${row}`)}
            </th>
            <td>{b[row]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
