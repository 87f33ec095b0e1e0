import { useEffect, useState } from 'react';
import { IconButton, useText, useUi } from '../../ui/index.ts';
import { keptWork } from '../session/keeping.ts';
import { openWork } from '../session/work.ts';
import type { Work } from '../storage/index.ts';
import styles from './WorkList.module.css';

/** What this browser keeps of one's own: open it, or delete it for good. */
export function WorkList({ onOpen }: { readonly onOpen: () => void }) {
  const t = useText();
  const language = useUi((ui) => ui.language);
  const [works, setWorks] = useState<readonly Work[]>([]);
  useEffect(() => {
    let isStale = false;
    void keptWork()
      .then((store) => store.list())
      .then((found) => {
        if (!isStale) setWorks(found);
      });
    return () => {
      isStale = true;
    };
  }, []);
  if (works.length === 0) return null;

  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const remove = async (work: Work) => {
    await (await keptWork()).remove(work.id);
    setWorks((all) => all.filter((other) => other.id !== work.id));
  };
  return (
    <section className={styles.works} aria-label={t('gallery.works')}>
      <h3>{t('gallery.works')}</h3>
      <ul>
        {works.map((work) => (
          <li key={work.id}>
            <button
              type="button"
              className={styles.work}
              onClick={() => {
                onOpen();
                void openWork(work.id);
              }}
            >
              <span className={styles.name}>{work.name || t('app.untitled')}</span>
              <span className={styles.when}>{when.format(work.savedAt)}</span>
            </button>
            <IconButton
              icon="trash"
              size="small"
              label={t('gallery.deleteWork', { name: work.name || t('app.untitled') })}
              onClick={() => void remove(work)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
