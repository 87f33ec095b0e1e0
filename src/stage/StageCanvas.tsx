import { useEffect, useMemo, useRef } from 'react';
import { attachStage, type StageSource } from './attach.ts';
import { StageHints } from './StageHints.tsx';
import styles from './stage.module.css';

export type StageCanvasProps = StageSource;

/** The canvas over the graph: everything of a run that moves. What it shows is said in words elsewhere. */
export function StageCanvas({ playback, side, getViewport, getMoved }: StageCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const source = useMemo(() => ({ playback, side, getViewport, getMoved }), [playback, side, getViewport, getMoved]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    return attachStage(canvas.current, context, source);
  }, [source]);
  return (
    <div className={styles.stage} aria-hidden="true">
      <canvas ref={canvas} className={styles.canvas} />
      <StageHints canvas={canvas} source={source} />
    </div>
  );
}
