import { useState } from 'react';
import { drawnScenario } from '../../editor/index.ts';
import { type Mark as FrameMark, protocolOf } from '../../engine/index.ts';
import { catalogue } from '../../protocols/catalogue.ts';
import type { Trait } from '../../scenario/index.ts';
import { Dialog, useText } from '../../ui/index.ts';
import styles from './HelpDialog.module.css';

const KEYS = [
  [['Space'], 'help.key.toggle'],
  [['←', '→'], 'help.key.step'],
  [['Shift ←', 'Shift →'], 'help.key.interesting'],
  [['Home', 'End'], 'help.key.ends'],
  [['PgUp', 'PgDn'], 'help.key.stride'],
  [['Ctrl K'], 'help.key.commands'],
  [['Ctrl F', '/'], 'help.key.find'],
  [['Ctrl Z', 'Ctrl ⇧ Z'], 'help.key.undo'],
  [['Ctrl S', 'Ctrl O'], 'help.key.files'],
  [['Tab'], 'help.key.tab'],
  [['↑', '↓', '←', '→'], 'help.key.graph'],
  [['Enter'], 'help.key.enter'],
  [['Delete'], 'help.key.delete'],
  [['?'], 'help.key.help'],
] as const;

const MARKS = [
  'message',
  'ack',
  'nack',
  'unacked',
  'death',
  'matched',
  'work',
  'window',
  'batch',
  'fetch',
  'replica',
  'control',
  'leader',
  'reader',
  'pause',
] as const;

/** Signs that only some systems have: what they are about, or the frame that looks so. */
const TRAIT_OF: { readonly [mark: string]: Trait } = {
  unacked: 'acks',
  matched: 'routing',
  window: 'prefetch',
  leader: 'lanes',
  reader: 'lanes',
  batch: 'lanes',
  pause: 'groups',
};
const FRAMES: ReadonlySet<string> = new Set<FrameMark>(['ack', 'nack', 'fetch', 'replica']);

/** What is in the drawing, or everything where nothing is drawn that has messages. */
function spokenOf(): { readonly marks: readonly (typeof MARKS)[number][]; readonly kinds: ReadonlySet<string> } {
  const { parts } = drawnScenario();
  const traits = catalogue.traitsOf(parts);
  const systems = new Set(parts.map(({ kind }) => protocolOf(kind)));
  const kinds = [...catalogue.kernels.keys()].filter((kind) => systems.size === 0 || systems.has(protocolOf(kind)));
  const frames = new Set<string>(kinds.flatMap((kind) => [...catalogue.marksOf(kind)]));
  const isSpoken = (mark: string) => {
    const trait = TRAIT_OF[mark];
    return trait === undefined ? !FRAMES.has(mark) || frames.has(mark) : traits.has(trait);
  };
  return { marks: MARKS.filter(isSpoken), kinds: new Set(kinds) };
}

/** Keys, what the signs mean, and what is simulated and what is not. */
export default function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const [spoken] = useState(spokenOf);
  return (
    <Dialog open onClose={onClose} size="wide" title={t('help.title')} lead={t('help.lead')}>
      <div className={styles.columns}>
        <section>
          <h3>{t('help.keys')}</h3>
          <dl className={styles.keys}>
            {KEYS.map(([keys, text]) => (
              <div key={text}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{t(text)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>{t('help.signs')}</h3>
          <dl className={styles.marks}>
            {spoken.marks.map((mark) => (
              <div key={mark}>
                <dt>
                  <Mark mark={mark} />
                </dt>
                <dd>{t(`help.mark.${mark}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <Honesty kinds={spoken.kinds} />
      </div>
    </Dialog>
  );
}

function Mark({ mark }: { readonly mark: (typeof MARKS)[number] }) {
  return (
    <svg viewBox="0 0 32 24" width="32" height="24" className={styles[mark]} aria-hidden="true">
      {mark === 'message' && <circle cx="16" cy="12" r="8" />}
      {mark === 'ack' && <path d="M20 5l-7 7 7 7" />}
      {mark === 'nack' && <path d="M11 7l10 10M21 7L11 17" />}
      {mark === 'unacked' && <circle cx="16" cy="12" r="8" strokeDasharray="3 3" />}
      {mark === 'death' && <path d="M16 4a8 8 0 1 0 .01 0M13 9l6 6M19 9l-6 6" strokeDasharray="3 2" />}
      {mark === 'matched' && <path d="M2 16C12 16 18 8 30 8" />}
      {mark === 'work' && <path d="M16 3a9 9 0 1 1-8 13" />}
      {mark === 'batch' && <path d="M13 14.5a6 6 0 1 0-.1 0M18 8a6 6 0 0 1-2 11.5a6 6 0 0 1-6-2" />}
      {mark === 'fetch' && <circle cx="16" cy="12" r="6" />}
      {mark === 'replica' && <path d="M11 7h10v10H11z" />}
      {mark === 'control' && <path d="M16 6l6 6-6 6-6-6z" />}
      {mark === 'leader' && <path d="M9 8l3.5 4 3.5-6 3.5 6L23 8v9H9z" />}
      {mark === 'reader' && (
        <>
          <path d="M8 7l5 8H3z" />
          <path d="M24 7l5 8H19z" />
        </>
      )}
      {mark === 'pause' && <path d="M6 5h20M6 5v14h20V5" />}
      {mark === 'window' && <path d="M8 12h.01M16 12h.01M24 12h.01" />}
    </svg>
  );
}

/** Said on screen, so that nobody takes the model for more than it is. */
function Honesty({ kinds }: { readonly kinds: ReadonlySet<string> }) {
  const t = useText();
  return (
    <section>
      <h3>{t('help.honesty')}</h3>
      <p>{t('help.time')}</p>
      {[...catalogue.kernels.values()]
        .filter((kernel) => kinds.has(kernel.kind) && kernel.omits.length > 0)
        .map((kernel) => (
          <details key={kernel.kind} className={styles.kernel}>
            <summary>{t.dynamic(`kind.${kernel.kind.replace('/', '.')}`)}</summary>
            <p>{t.dynamic(kernel.models)}</p>
            <ul>
              {kernel.omits.map((key) => (
                <li key={key}>{t.dynamic(key)}</li>
              ))}
            </ul>
          </details>
        ))}
    </section>
  );
}
