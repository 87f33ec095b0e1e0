import type { PartId } from '../../base/index.ts';
import type { Playback, Side } from '../../playback/index.ts';
import { useText, useUi } from '../../ui/index.ts';
import { messageColour } from '../parts/colour.ts';
import { useHappened } from '../parts/hooks.ts';
import { MessageDisc } from '../parts/MessageDisc.tsx';
import { useRecord } from '../record/useRecord.ts';
import { partName } from '../words/names.ts';
import styles from './NodePanel.module.css';

interface DeliveriesProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly id: PartId;
}

/** A queue's memory: how many it has handed to whom, and the latest of them. */
export function Deliveries({ playback, side, id }: DeliveriesProps) {
  const t = useText();
  const record = useRecord(playback, side);
  const happened = useHappened(playback, side);
  const deliveries = record?.deliveries.until(id, happened) ?? [];
  if (deliveries.length === 0) return null;
  return (
    <section className={styles.detail}>
      <h3 className={styles.caption}>{t('node.deliveries')}</h3>
      <ul className={styles.deliveries}>
        {deliveries.map(({ consumer, count, latest }) => (
          <li key={consumer}>
            <span>{t('node.delivered', { count, consumer: partName(side.program, consumer) })}</span>
            <span className={styles.latest}>
              {latest.map((message) => (
                <button
                  key={message}
                  type="button"
                  className={styles.disc}
                  aria-label={t('story.label', { message: `m${message}` })}
                  onClick={() => useUi.getState().set({ message, panel: 'story' })}
                >
                  <MessageDisc message={message} colour={messageColour(message, side)} />
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
