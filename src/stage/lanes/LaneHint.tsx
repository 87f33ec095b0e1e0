import { type RefObject, useEffect, useState } from 'react';
import { useUi } from '../../ui/index.ts';
import type { StageSource } from '../attach.ts';
import styles from '../stage.module.css';
import { attachHands, isOnDrawing, touchedAt } from './hands.ts';
import { hintOf } from './hint.ts';

interface Hint {
  readonly x: number;
  readonly y: number;
  readonly words: readonly string[];
}

/** Room to keep to the right and lower edge: the more lines, the more. */
const ROOM = { x: 220, y: 40, line: 18 };

function placed({ clientX, clientY }: PointerEvent, box: DOMRect, lines: number): { readonly x: number; readonly y: number } {
  const below = box.height - ROOM.y - lines * ROOM.line;
  return { x: Math.min(clientX - box.left, box.width - ROOM.x), y: Math.max(0, Math.min(clientY - box.top, below)) };
}

function isSame(a: Hint | undefined, b: Hint | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.x === b.x && a.y === b.y && a.words.join('\n') === b.words.join('\n'));
}

/** The hands inside lanes, and words beside the pointer about what it points at. The same is told in the panels. */
export function LaneHint({ canvas, source }: { readonly canvas: RefObject<HTMLCanvasElement | null>; readonly source: StageSource }) {
  const [hint, setHint] = useState<Hint>();
  useEffect(() => {
    const root = canvas.current?.closest<HTMLElement>('[data-graph]');
    if (!root) return;
    const stopHands = attachHands(root, source);
    let frame = 0;
    let last: PointerEvent | undefined;
    let isShown = false;
    const look = () => {
      frame = 0;
      const touched = last && last.buttons === 0 ? touchedAt(root, source, last.clientX, last.clientY) : undefined;
      const timeline = source.playback.snapshot().sides.find(({ name }) => name === source.side)?.timeline;
      const words = touched && timeline ? hintOf(timeline, touched, useUi.getState().language) : undefined;
      const box = root.getBoundingClientRect();
      isShown = words !== undefined;
      const next = words && last && { ...placed(last, box, words.length), words };
      setHint((before) => (isSame(before, next) ? before : next));
    };
    const onMove = (event: PointerEvent) => {
      last = isOnDrawing(event.target) ? event : undefined;
      frame ||= requestAnimationFrame(look);
    };
    // What lies under a pointer that rests changes with the run.
    const stopFrames = source.playback.onFrame(() => {
      if (isShown) frame ||= requestAnimationFrame(look);
    });
    const onLeave = () => {
      last = undefined;
      isShown = false;
      setHint(undefined);
    };
    root.addEventListener('pointermove', onMove);
    root.addEventListener('pointerleave', onLeave);
    return () => {
      stopHands();
      stopFrames();
      cancelAnimationFrame(frame);
      root.removeEventListener('pointermove', onMove);
      root.removeEventListener('pointerleave', onLeave);
    };
  }, [canvas, source]);
  if (!hint) return null;
  const [title, ...rest] = hint.words;
  return (
    <div className={styles.hint} style={{ transform: `translate(${hint.x + 14}px, ${hint.y + 16}px)` }}>
      <b>{title}</b>
      {rest.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}
