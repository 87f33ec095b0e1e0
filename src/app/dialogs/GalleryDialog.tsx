import { GALLERY, type GalleryEntry } from '../../lessons/gallery/index.ts';
import { Button, Dialog, useText } from '../../ui/index.ts';
import { newRun, openFile } from '../session/files.ts';
import { openGallery } from '../session/gallery.ts';
import { useApp } from '../session/store.ts';
import { introOf, titleOf } from '../session/title.ts';
import styles from './GalleryDialog.module.css';
import { Preview } from './Preview.tsx';
import { WorkList } from './WorkList.tsx';

/** Sections, in learning order. */
const PARTS = [...new Set(GALLERY.map(({ part }) => part))];

/** Finished scenarios to watch and to change. */
export default function GalleryDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const then = (go: () => void) => () => {
    onClose();
    go();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="wide"
      title={t('gallery.title')}
      lead={t('gallery.lead')}
      footer={
        <>
          <Button icon="open" onClick={then(() => void openFile())}>
            {t('app.open')}
          </Button>
          <Button icon="newPage" onClick={then(newRun)}>
            {t('app.newLong')}
          </Button>
        </>
      }
    >
      {PARTS.map((part) => (
        <section key={part} aria-label={t(`gallery.part.${part}`)}>
          <h3 className={styles.part}>{t(`gallery.part.${part}`)}</h3>
          <ul className={styles.cards}>
            {GALLERY.filter((entry) => entry.part === part).map((entry) => (
              <Card key={entry.id} entry={entry} onChoose={then(() => openGallery(entry.id))} />
            ))}
          </ul>
        </section>
      ))}
      <WorkList onOpen={onClose} />
    </Dialog>
  );
}

function Card({ entry, onChoose }: { readonly entry: GalleryEntry; readonly onChoose: () => void }) {
  const t = useText();
  const origin = useApp((app) => app.origin);
  const { scenario, variant } = entry.run;
  const isOpen = origin.from === 'gallery' && origin.id === entry.id;
  return (
    <li>
      <button type="button" className={styles.card} aria-current={isOpen ? 'true' : undefined} onClick={onChoose}>
        <span className={styles.picture}>
          <Preview scenario={scenario} />
          {variant && <span className={styles.badge}>{t('gallery.pair')}</span>}
        </span>
        <span className={styles.title}>{titleOf(scenario, t)}</span>
        <span className={styles.intro}>{introOf(scenario, t)}</span>
      </button>
    </li>
  );
}
