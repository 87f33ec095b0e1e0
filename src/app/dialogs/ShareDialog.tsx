import { useId, useState } from 'react';
import { useDocument } from '../../editor/index.ts';
import { usePlayback } from '../../playback/index.ts';
import { DOCUMENT_LIMITS } from '../../scenario/index.ts';
import { Button, Dialog, formatTime, Switch, toast, useText } from '../../ui/index.ts';
import { exportFile, saveFile } from '../session/files.ts';
import { linkOf, presentSight } from '../session/link.ts';
import { playback } from '../session/session.ts';
import styles from './ShareDialog.module.css';

/** Longer ones are cut by some chat programs and mail readers. */
const COMFORTABLE_LENGTH = 2_000;

/** The very run as a link, or as a file. */
export default function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const id = useId();
  const run = useDocument((document) => document.run);
  // As they were when the dialog opened: the link must not change under the hand that copies it.
  const [moment] = useState(() => playback.snapshot());
  const [sight] = useState(presentSight);
  const [withTime, setWithTime] = useState(false);
  const [withSight, setWithSight] = useState(false);
  const isRefused = usePlayback(playback, (s) => s.state === 'refused');
  const link = linkOf(run, { at: withTime ? moment : undefined, sight: withSight ? sight : undefined });
  const length = link.length - link.indexOf('#') - 1;
  const isTooLong = length > DOCUMENT_LIMITS.linkLength;

  const copy = async () => {
    if (await copied(link)) {
      toast({ tone: 'good', text: t('share.copied') });
      onClose();
    } else {
      document.getElementById(id)?.focus();
      toast({ tone: 'bad', text: t('share.notCopied') });
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('share.title')}
      lead={run.variant ? t('share.leadPair') : t('share.lead')}
      footer={
        <>
          <Button icon="save" onClick={() => void exportFile()}>
            {t('definitions.export')}
          </Button>
          <Button icon="save" onClick={saveFile}>
            {t('share.file')}
          </Button>
          {!isTooLong && (
            <Button look="primary" icon="copy" onClick={() => void copy()}>
              {t('share.copy')}
            </Button>
          )}
        </>
      }
    >
      {isTooLong ? (
        <p role="alert">{t('share.tooLong', { max: DOCUMENT_LIMITS.linkLength })}</p>
      ) : (
        <LinkText id={id} link={link} length={length} />
      )}
      {!isTooLong && (
        <div className={styles.extras}>
          {moment.time > 0 && !isRefused && (
            <Switch label={t('share.withTime', { time: formatTime(moment.time) })} checked={withTime} onChange={setWithTime} />
          )}
          <Switch label={t('share.withSight')} checked={withSight} onChange={setWithSight} />
        </div>
      )}
    </Dialog>
  );
}

function LinkText({ id, link, length }: { readonly id: string; readonly link: string; readonly length: number }) {
  const t = useText();
  return (
    <>
      <label className={styles.label} htmlFor={id}>
        {t('share.link')}
      </label>
      <textarea id={id} className={styles.link} readOnly rows={4} value={link} onFocus={(event) => event.target.select()} />
      <p className={styles.length}>
        {t('share.length', { count: length })}
        {length > COMFORTABLE_LENGTH && ` ${t('share.long')}`}
      </p>
    </>
  );
}

/** Writes to the clipboard; false where the browser does not let us. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
