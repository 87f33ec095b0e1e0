import type { Json, JsonObject } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';
import { useText } from '../../ui/index.ts';
import styles from './StoryPanel.module.css';

/** A list of records that a fact carries along, such as the deaths of a message: its name and its rows. */
interface Carried {
  readonly key: string;
  readonly rows: readonly JsonObject[];
}

/** The latest such list up to the playhead. */
export function carriedAt(story: readonly Fact[], happened: number): Carried | undefined {
  for (const { seq, kind, data } of story.toReversed()) {
    if (seq >= happened || kind === 'message.routed' || !data) continue;
    for (const [key, value] of Object.entries(data)) if (isRecords(value)) return { key, rows: value };
  }
  return undefined;
}

function isRecords(value: Json): value is readonly JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row));
}

/** What the message carries along of its own past, as its system writes it: names and values are shown as they are. */
export function History({ story, happened }: { readonly story: readonly Fact[]; readonly happened: number }) {
  const t = useText();
  const carried = carriedAt(story, happened);
  if (!carried) return null;
  const columns = [...new Set(carried.rows.flatMap((row) => Object.keys(row)))];
  return (
    <figure className={styles.history}>
      <figcaption className={styles.subtitle}>{t('story.carried', { name: carried.key })}</figcaption>
      <section className={styles.scroll} aria-label={carried.key} tabIndex={columns.length > 1 ? 0 : undefined}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {carried.rows.map((row) => (
              <tr key={JSON.stringify(row)}>
                {columns.map((column) => (
                  <td key={column}>{cell(row[column])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </figure>
  );
}

function cell(value: Json | undefined): string {
  if (value === undefined) return '';
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}
