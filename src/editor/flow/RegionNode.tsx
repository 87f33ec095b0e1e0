import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { classes, useText } from '../../ui/index.ts';
import { host, useEditor } from '../environment.ts';
import { badgeWords, figureLine, regionLine, stateWord, statusOf, statusWord } from '../faces.ts';
import { RenameField } from '../forms/RenameField.tsx';
import { kindName } from '../names.ts';
import { Badge } from './Badge.tsx';
import styles from './flow.module.css';
import type { PartNode as PartNodeType } from './project.ts';
import { ResizeCorners } from './ResizeCorners.tsx';
import { useFlow, useGraph } from './store.ts';
import { thingProps } from './thingProps.ts';
import { useLive } from './useLive.ts';
import { useSpokenName } from './useSpokenName.ts';

/** Whether lines can lead to the box itself, not only to what is in it. */
function takesLines(kind: string): boolean {
  return [...host().catalogue.lines.values()].some(({ from, to }) => from.includes(kind) || to.includes(kind));
}

/** A node that holds places, or a container of nodes: a quiet box, taken by its title. */
export const RegionNode = memo(function RegionNode({ id, selected, data: { part, kind } }: NodeProps<PartNodeType>) {
  const t = useText();
  const { views } = useGraph();
  const isFocus = useFlow((state) => state.focus === id);
  const isRenaming = useEditor((state) => state.renaming === id) && isFocus;
  const isPresent = useLive(() => views.isPresent(id));
  const status = useLive(() => statusOf(views.view(id)));
  const isContainer = kind.role === 'container';
  const called = useLive(() => badgeWords(t, views.view(id), 'kind')) || kindName(t, kind, part);
  const line = useLive(() => (isContainer ? '' : regionLine(t, part, kind, views.view(id))));
  const office = useLive(() => badgeWords(t, views.view(id), 'office'));
  const trouble = useLive(() => (isContainer ? '' : statusWord(t, views.view(id))));
  const state = useLive(() => (isContainer ? stateWord(t, views.view(id)) : ''));
  const figures = useLive(() => (isContainer ? figureLine(t, views.view(id)) : ''));
  const label = useSpokenName(part, kind);
  return (
    <>
      <div
        className={classes(
          styles.region,
          isContainer && styles.container,
          !isPresent && styles.absent,
          status === 'down' && styles.regionDown,
          isContainer && (status === 'paused' || status === 'blocked') && styles.containerPaused,
        )}
        {...thingProps(id, t('editor.role.part'), label, isFocus)}
      >
        <span className={styles.regionHead}>
          <span className={classes(styles.regionTitle, 'region-grip')}>
            {!isRenaming && <span className={styles.regionName}>{part.name}</span>}
            <span className={styles.regionKind}>{[called, line].filter(Boolean).join(' · ')}</span>
            {office !== '' && <Badge tone="office">{office}</Badge>}
            {trouble !== '' && <Badge tone={status === 'down' || status === 'failed' ? 'bad' : 'warn'}>{trouble}</Badge>}
          </span>
          {(state !== '' || figures !== '') && (
            <span className={styles.containerFace}>
              {state !== '' && <span className={styles.containerState}>{state}</span>}
              {figures !== '' && <span className={styles.containerFigures}>{figures}</span>}
            </span>
          )}
        </span>
      </div>
      {takesLines(kind.kind) && (
        <>
          <Handle type="target" position={Position.Left} className={styles.target} isConnectableStart={false} aria-hidden="true" />
          <Handle type="source" position={Position.Right} className={styles.source} aria-hidden="true" />
        </>
      )}
      {isRenaming && <RenameField part={part} className={classes(styles.rename, styles['rename-region'])} />}
      {selected && <ResizeCorners part={part} kind={kind} />}
    </>
  );
});
