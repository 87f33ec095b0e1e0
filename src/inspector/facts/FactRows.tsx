import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Fact } from '../../engine/index.ts';
import type { Playback, Side } from '../../playback/index.ts';
import { Button, classes, formatTime, useText, useUi } from '../../ui/index.ts';
import { toneOf } from '../story/story.ts';
import { sentence } from '../words/sentence.ts';
import styles from './FactPanel.module.css';
import type { Rows } from './useFound.ts';

/** Same as in the style sheet: rows of one height need no measuring. */
const ROW_HEIGHT = 30;
/** Rows drawn beyond the edges, so that scrolling shows no gaps. */
const OVERSCAN = 6;

interface FactRowsProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly rows: Rows;
}

/** A window onto the log: only rows that can be seen are in the page. It follows the playhead until someone scrolls. */
export function FactRows({ playback, side, rows }: FactRowsProps) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [isFollowing, follow] = useState(true);
  const present = rows.happened - 1;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const element = box.current;
    if (!element || !isFollowing) return;
    // The present stands in the lower part: what led to it is above, what comes is below.
    element.scrollTop = Math.max(0, present * ROW_HEIGHT - height * 0.66);
  }, [present, isFollowing, height]);

  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - OVERSCAN);
  const last = Math.min(rows.count, Math.ceil((top + height) / ROW_HEIGHT) + OVERSCAN);
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  const letGo = () => follow(false);
  return (
    <div className={styles.frame}>
      <div
        ref={box}
        className={styles.box}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onWheel={letGo}
        onTouchMove={letGo}
        onPointerDown={(event) => event.target === event.currentTarget && letGo()}
      >
        <ol className={styles.rows} style={{ height: rows.count * ROW_HEIGHT }}>
          {shown.map((row) => {
            const fact = side.timeline.fact(rows.seqOf(row));
            return fact && <Row key={fact.seq} playback={playback} side={side} fact={fact} row={row} rows={rows} onFocus={letGo} />;
          })}
        </ol>
      </div>
      {!isFollowing && (
        <Button className={styles.follow} icon="down" onClick={() => follow(true)}>
          {t('facts.follow')}
        </Button>
      )}
    </div>
  );
}

interface RowProps extends FactRowsProps {
  readonly fact: Fact;
  readonly row: number;
  readonly onFocus: () => void;
}

function Row({ playback, side, fact, row, rows, onFocus }: RowProps) {
  const language = useUi((ui) => ui.language);
  const text = sentence(fact, side, language);
  const isPresent = row === rows.happened - 1;
  const go = () => {
    playback.send({ type: 'GO', time: fact.time, fact: { side: side.name, seq: fact.seq } });
    if (fact.message > 0) useUi.getState().set({ message: fact.message });
  };
  return (
    <li
      className={classes(styles.row, isPresent && styles.present, row >= rows.happened && styles.ahead, styles[toneOf(fact)])}
      style={{ top: row * ROW_HEIGHT }}
      aria-setsize={rows.count}
      aria-posinset={row + 1}
      aria-current={isPresent ? 'step' : undefined}
    >
      <button type="button" className={styles.fact} title={text} onClick={go} onFocus={onFocus}>
        <span className={styles.time}>{formatTime(fact.time).replace(' s', '')}</span>
        <span className={styles.text}>{text}</span>
      </button>
    </li>
  );
}
