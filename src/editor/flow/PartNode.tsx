import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { classes, useText } from '../../ui/index.ts';
import { useEditor } from '../environment.ts';
import { faceLine, statusOf } from '../faces.ts';
import { RenameField } from '../forms/RenameField.tsx';
import { signOf } from '../signs.ts';
import styles from './flow.module.css';
import type { PartNode as PartNodeType } from './project.ts';
import { ResizeCorners } from './ResizeCorners.tsx';
import { Shape } from './Shape.tsx';
import { useFlow, useGraph } from './store.ts';
import { thingProps } from './thingProps.ts';
import { useLive } from './useLive.ts';
import { useSpokenName } from './useSpokenName.ts';

/** A client, an exchange, a queue or a log. */
export const PartNode = memo(function PartNode({ id, selected, data: { part, kind } }: NodeProps<PartNodeType>) {
  const t = useText();
  const { views } = useGraph();
  const isFocus = useFlow((state) => state.focus === id);
  const isRenaming = useEditor((state) => state.renaming === id) && isFocus;
  const isPresent = useLive(() => views.isPresent(id));
  const status = useLive(() => statusOf(views.view(id)));
  const line = useLive(() => faceLine(t, part, kind, views.view(id)));
  const label = useSpokenName(part, kind);
  if (kind.shape === 'region') return null;
  return (
    <>
      <div className={classes(styles.part, !isPresent && styles.absent)} {...thingProps(id, t('editor.role.part'), label, isFocus)}>
        {kind.shape === 'lanes' ? (
          <span className={classes(styles.lanesBox, status === 'down' && styles.lanesDown)} />
        ) : (
          <Shape shape={kind.shape} sign={signOf(kind, part.config)} status={status} />
        )}
        <span className={classes(styles.caption, styles[kind.shape])}>
          {!isRenaming && <span className={styles.name}>{part.name}</span>}
          <span className={classes(styles.state, styles[`${status}Word`])}>{line}</span>
        </span>
      </div>
      <Handle type="target" position={Position.Left} className={styles.target} isConnectableStart={false} aria-hidden="true" />
      <Handle type="source" position={Position.Right} className={styles.source} aria-hidden="true" />
      {selected && kind.shape === 'lanes' && <ResizeCorners part={part} kind={kind} />}
      {isRenaming && <RenameField part={part} className={classes(styles.rename, styles[`rename-${kind.shape}`])} />}
    </>
  );
});
