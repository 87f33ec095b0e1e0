import { useEffect, useState } from 'react';
import type { Micros } from '../../base/index.ts';
import { useDocument } from '../../editor/index.ts';
import { type Run, serializeFile } from '../../scenario/index.ts';
import { Button, formatTime, Logo, useText } from '../../ui/index.ts';
import { fileName, offerDownload } from '../session/files.ts';
import { playback } from '../session/session.ts';
import styles from './Page.module.css';

export interface CrashPageProps {
  readonly message: string;
  /** Goes on with the same work: another try at drawing it, or one step back. */
  readonly onResume: () => void;
}

/** A mistake of ours. The work comes first: download it, then see where it happened. */
export function CrashPage({ message, onResume }: CrashPageProps) {
  const t = useText();
  const { run } = useDocument.getState();
  const { time } = playback.snapshot();
  const link = useLink(run, time);
  return (
    <main className={styles.page}>
      <div className={styles.card} role="alert">
        <Logo size={40} />
        <h1>{t('crash.title')}</h1>
        <p>{t('crash.what')}</p>
        <div className={styles.ways}>
          <Button look="primary" icon="save" onClick={() => offerDownload(fileName(run), serializeFile(run))}>
            {t('crash.download')}
          </Button>
          <Button icon="restart" onClick={onResume}>
            {t('crash.resume')}
          </Button>
          <Button onClick={() => location.reload()}>{t('crash.reload')}</Button>
        </div>
        <dl className={styles.facts}>
          <dt>{t('crash.message')}</dt>
          <dd>
            <code>{message}</code>
          </dd>
          <dt>{t('crash.seed')}</dt>
          <dd>{run.seed}</dd>
          <dt>{t('crash.time')}</dt>
          <dd>{formatTime(time)}</dd>
        </dl>
        {link !== undefined && (
          <label className={styles.soft}>
            {t('crash.link')}
            <input className={styles.link} readOnly value={link} onFocus={(event) => event.target.select()} />
          </label>
        )}
      </div>
    </main>
  );
}

/** The link is worth having but not worth failing for: what makes it is fetched, and may be what broke. */
function useLink(run: Run, time: Micros): string | undefined {
  const [link, setLink] = useState<string>();
  useEffect(() => {
    let isStale = false;
    import('../session/link.ts').then(
      ({ linkOf }) => {
        if (!isStale) setLink(linkOf(run, { at: { time, landing: undefined } }));
      },
      () => setLink(undefined),
    );
    return () => {
      isStale = true;
    };
  }, [run, time]);
  return link;
}
