import { useMemo, useState } from 'react';
import { ENGINE_VERSION } from '../../engine/index.ts';
import {
  drawVhost,
  type Note,
  type NoteKey,
  type NoteList,
  type RuleKey,
  VERSIONS,
  type VhostDefinitions,
} from '../../formats/rabbitmq/index.ts';
import { emptyRun } from '../../scenario/index.ts';
import { Button, Dialog, Select, type Texts, useText, useUi } from '../../ui/index.ts';
import { problemText } from '../session/problemText.ts';
import { openRun } from '../session/session.ts';
import { type ImportedFile, useApp } from '../session/store.ts';
import styles from './DefinitionsDialog.module.css';

/** What a RabbitMQ broker has exported: which virtual host to draw, and what there is to know before it is drawn. */
export default function DefinitionsDialog({ onClose }: { readonly onClose: () => void }) {
  const imported = useApp((app) => app.imported);
  return imported ? <Choosing imported={imported} onClose={onClose} /> : null;
}

function Choosing({ imported, onClose }: { readonly imported: ImportedFile; readonly onClose: () => void }) {
  const t = useText();
  const language = useUi((ui) => ui.language);
  const { definitions } = imported;
  const [vhost, setVhost] = useState(() => largestOf(definitions.vhosts));
  const [version, setVersion] = useState(definitions.version);
  const stem = imported.name.replace(/\.json$/i, '');
  const drawn = useMemo(() => drawVhost(definitions, vhost, version, `${stem} · ${vhost}`), [definitions, vhost, version, stem]);

  const open = () => {
    if (!drawn.ok) return;
    onClose();
    openRun({ ...emptyRun(ENGINE_VERSION), scenario: drawn.value.scenario }, { origin: { from: 'file' }, play: false });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="wide"
      title={t('definitions.title')}
      lead={t('definitions.lead', { name: imported.name })}
      footer={
        <Button look="primary" icon="open" disabled={!drawn.ok} onClick={open}>
          {t('definitions.open')}
        </Button>
      }
    >
      <div className={styles.choices}>
        <Select
          label={t('definitions.vhost')}
          value={vhost}
          onChange={setVhost}
          options={definitions.vhosts.map((each) => optionOf(t, each))}
        />
        <Select
          label={t('definitions.version')}
          value={version}
          onChange={setVersion}
          options={VERSIONS.map((each) => ({ value: each, label: `RabbitMQ ${each}` }))}
        />
      </div>
      {drawn.ok ? (
        <>
          <Found
            title={t('definitions.refusals', { version })}
            nothing={t('definitions.accepted', { version })}
            kind="rule"
            notes={drawn.value.refusals}
          />
          <Found title={t('definitions.notes')} nothing={t('definitions.noNotes')} kind="note" notes={drawn.value.notes} />
        </>
      ) : (
        <p role="alert">{problemText(language, drawn.error)}</p>
      )}
    </Dialog>
  );
}

interface FoundProps {
  readonly title: string;
  readonly nothing: string;
  readonly kind: 'rule' | 'note';
  readonly notes: NoteList<RuleKey | NoteKey>;
}

function Found({ title, nothing, kind, notes }: FoundProps) {
  const t = useText();
  // Two notes may say the same of the same place.
  const entries = notes.list.map((note, index) => ({ id: index, note }));
  if (entries.length === 0) return <p className={styles.nothing}>{nothing}</p>;
  return (
    <section className={styles.found} aria-label={title} data-found={kind}>
      <h3>{title}</h3>
      <ul>
        {entries.map(({ id, note }) => (
          <li key={id}>
            <code>{note.path}</code> <span>{said(t, kind, note)}</span>
          </li>
        ))}
      </ul>
      {notes.more > 0 && <p className={styles.nothing}>{t('definitions.more', { count: notes.more })}</p>}
    </section>
  );
}

function said(t: Texts, kind: FoundProps['kind'], { key, args }: Note<string>): string {
  return t.dynamic(`definitions.${kind}.${key}`, args);
}

function optionOf(t: Texts, { name, exchanges, queues, bindings }: VhostDefinitions) {
  const counts = { exchanges: exchanges.length, queues: queues.length, bindings: bindings.length };
  return { value: name, label: t('definitions.vhostOption', { name, ...counts }) };
}

/** Most files hold one virtual host that matters. */
function largestOf(vhosts: readonly VhostDefinitions[]): string {
  const size = ({ exchanges, queues, bindings }: VhostDefinitions) => exchanges.length + queues.length + bindings.length;
  return vhosts.reduce((best, each) => (size(each) > size(best) ? each : best)).name;
}
