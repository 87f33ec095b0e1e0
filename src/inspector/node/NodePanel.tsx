import type { ReactNode } from 'react';
import { type Playback, usePlayback } from '../../playback/index.ts';
import { useText, useUi } from '../../ui/index.ts';
import { useSide } from '../parts/hooks.ts';
import { lineOf } from '../words/names.ts';
import { LineState } from './LineState.tsx';
import styles from './NodePanel.module.css';
import { PartState } from './PartState.tsx';

interface NodePanelProps {
  readonly playback: Playback;
  /** The editor's form of the selection; it stands below the state. */
  readonly children?: ReactNode;
}

/** What the selected part or line is at this moment, how it came about over time, and the form to change it. */
export function NodePanel({ playback, children }: NodePanelProps) {
  const t = useText();
  const side = useSide(playback);
  const selection = useUi((ui) => ui.selection);
  const isEmpty = usePlayback(playback, () => (side?.program.parts.size ?? 0) === 0);
  const id = selection.length === 1 ? selection[0] : undefined;
  const isPart = id !== undefined && side?.program.parts.has(id);
  const isLine = id !== undefined && side !== undefined && lineOf(side.program, id) !== undefined;
  return (
    <div className={styles.panel}>
      {selection.length === 0 && !isEmpty && <p className={styles.hint}>{t('node.empty')}</p>}
      {selection.length > 1 && <h2 className={styles.many}>{t('node.many', { count: selection.length })}</h2>}
      {side && isPart && <PartState key={id} playback={playback} side={side} id={id} />}
      {side && isLine && <LineState key={id} playback={playback} side={side} id={id} />}
      {children && <div className={styles.form}>{children}</div>}
    </div>
  );
}
