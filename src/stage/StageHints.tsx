import { type RefObject, useEffect, useState } from 'react';
import type { StageSource } from './attach.ts';
import { attachHints, type Hint } from './hints.ts';
import { attachHands } from './lanes/hands.ts';
import styles from './stage.module.css';

/** The hands inside lanes, and words beside what is pointed at, pinned or has the focus. The same is told in the panels. */
export function StageHints({ canvas, source }: { readonly canvas: RefObject<HTMLCanvasElement | null>; readonly source: StageSource }) {
  const [hints, setHints] = useState<readonly Hint[]>([]);
  useEffect(() => {
    const root = canvas.current?.closest<HTMLElement>('[data-graph]');
    if (!root) return;
    const stopHands = attachHands(root, source);
    const stopHints = attachHints(root, source, setHints);
    return () => {
      stopHands();
      stopHints();
    };
  }, [canvas, source]);
  return hints.map(({ key, x, y, words: [title, ...rest] }) => (
    <div key={key} className={styles.hint} data-hint={key} style={{ transform: `translate(${x + 14}px, ${y + 16}px)` }}>
      <b>{title}</b>
      {rest.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  ));
}
