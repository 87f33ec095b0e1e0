import { type Connection, type OnConnectEnd, ReactFlow, SelectionMode } from '@xyflow/react';
import { lazy, memo, Suspense } from 'react';
import type { Scenario } from '../../scenario/index.ts';
import { classes, useText } from '../../ui/index.ts';
import { connectParts } from '../adding.ts';
import { host } from '../environment.ts';
import { takeNodeChanges, takeSelection } from './changes.ts';
import { refusedDrop } from './drops.ts';
import styles from './flow.module.css';
import { LineEdge } from './LineEdge.tsx';
import { PartNode } from './PartNode.tsx';
import type { LineEdge as LineEdgeType, PartNode as PartNodeType, Projection } from './project.ts';
import { RegionNode } from './RegionNode.tsx';
import { useFlow, useGraph } from './store.ts';
import { useAriaTexts } from './useAriaTexts.ts';
import { useMapShown } from './useMapShown.ts';
import { useShown } from './useShown.ts';

/** Further away nothing can be read, and nearer there is nothing more to read. */
export const ZOOM = { min: 0.15, max: 3 } as const;
/** A large drawing is seen whole all the same. */
export const ZOOM_LARGE_MIN = 0.04;

const OverviewMap = lazy(() => import('./OverviewMap.tsx'));
const FarLayer = lazy(() => import('./FarLayer.tsx'));
const NODE_TYPES = { part: PartNode, region: RegionNode };
const EDGE_TYPES = { line: LineEdge };
const ADDING_KEYS = ['Shift', 'Meta', 'Control'];

export interface DrawingProps {
  readonly scenario: Scenario;
  readonly projection: Projection;
}

/** React Flow itself: it shows the projection, and what it wants changed goes round through the document. */
export const Drawing = memo(function Drawing({ scenario, projection }: DrawingProps) {
  const t = useText();
  const { side, store } = useGraph();
  const isConnecting = useFlow((state) => state.isConnecting);
  const ariaTexts = useAriaTexts();
  const isMapShown = useMapShown();
  const { shown, window } = useShown(projection);

  const isValidConnection = ({ source, target }: { source: string; target: string }): boolean => {
    const from = scenario.parts.find((part) => part.id === source);
    const to = scenario.parts.find((part) => part.id === target);
    return from !== undefined && to !== undefined && !('problem' in host().catalogue.connect(scenario, from, to));
  };
  const onConnectEnd: OnConnectEnd = (event, state) => {
    store.setState({ isConnecting: false });
    refusedDrop(event, state, scenario, side);
  };
  return (
    <ReactFlow<PartNodeType, LineEdgeType>
      id={`graph-${side}`}
      className={classes(styles.flow, isConnecting && styles.connecting)}
      aria-label={t('editor.graph')}
      aria-describedby={`graph-${side}-help`}
      nodes={shown.nodes as PartNodeType[]}
      edges={shown.edges as LineEdgeType[]}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodesChange={(changes) => takeNodeChanges(changes, scenario.parts, side, store)}
      onEdgesChange={takeSelection}
      onConnect={({ source, target }: Connection) => connectParts(source, target)}
      onConnectStart={() => store.setState({ isConnecting: true })}
      onConnectEnd={onConnectEnd}
      isValidConnection={isValidConnection}
      connectionRadius={24}
      nodesFocusable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      // Space plays and pauses; React Flow would take it for itself.
      panActivationKeyCode={null}
      multiSelectionKeyCode={ADDING_KEYS}
      selectionMode={SelectionMode.Full}
      zoomOnDoubleClick={false}
      elevateNodesOnSelect={false}
      minZoom={window ? ZOOM_LARGE_MIN : ZOOM.min}
      maxZoom={ZOOM.max}
      ariaLabelConfig={ariaTexts}
      proOptions={{ hideAttribution: true }}
    >
      {window && (
        <Suspense>
          <FarLayer shown={shown} window={window} />
        </Suspense>
      )}
      {isMapShown && (
        <Suspense>
          <OverviewMap />
        </Suspense>
      )}
    </ReactFlow>
  );
});
