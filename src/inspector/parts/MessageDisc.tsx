import type { MessageId } from '../../base/index.ts';
import styles from './MessageDisc.module.css';

interface MessageDiscProps {
  readonly message: MessageId;
  /** Number of the colour token, 1–7; without one the disc stays plain. */
  readonly colour: number | undefined;
  readonly size?: number;
}

/** A message as on the stage: a disc of its colour with its number. Always beside words that say which message it is. */
export function MessageDisc({ message, colour, size = 18 }: MessageDiscProps) {
  const background = colour === undefined ? 'var(--soft)' : `var(--m${colour})`;
  const digits = String(message).length;
  const fontSize = size * (digits < 2 ? 0.56 : digits < 3 ? 0.5 : digits < 4 ? 0.4 : 0.32);
  return (
    <span className={styles.disc} style={{ width: size, height: size, background, fontSize }} aria-hidden="true">
      {message}
    </span>
  );
}
