import { type ReactFlowState, useStore } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import { useUi } from '../../ui/index.ts';
import { isLarge, type Projection } from './project.ts';
import { useFlow } from './store.ts';
import type { Shown, Window } from './window.ts';

/** Few drawings are large: what they need is fetched with the first of them. */
let fetched: typeof import('./window.ts') | undefined;
const NOWHERE: Window = { x: 0, y: 0, width: 0, height: 0, zoom: 1 };

/** What of a drawing React Flow gets: all of a small one; of a large one what is in the window, with the window itself. */
export function useShown(projection: Projection): { readonly shown: Shown; readonly window: Window | undefined } {
  const isPartial = isLarge(projection.nodes, projection.edges);
  const [tools, setTools] = useState(fetched);
  useEffect(() => {
    if (!isPartial || tools) return;
    void import('./window.ts').then((found) => {
      fetched = found;
      setTools(found);
    });
  }, [isPartial, tools]);
  const present = ({ transform, width, height }: ReactFlowState): Window =>
    isPartial && tools ? tools.windowOf(transform, width, height) : NOWHERE;
  const window = useStore(present, tools?.isSameWindow);
  const focus = useFlow((state) => state.focus);
  const selection = useUi((ui) => ui.selection);
  return useMemo(() => {
    const { nodes, edges } = projection;
    if (!isPartial) return { shown: { nodes, edges, paintedNodes: [], paintedEdges: [] }, window: undefined };
    if (!tools) return { shown: { nodes: [], edges: [], paintedNodes: [], paintedEdges: [] }, window: undefined };
    return { shown: tools.shownIn(projection, window, tools.keptOf(selection, focus)), window };
  }, [isPartial, tools, projection, window, focus, selection]);
}
