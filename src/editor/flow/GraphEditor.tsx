import './base.css';
import { ReactFlowProvider, useReactFlow, type Viewport } from '@xyflow/react';
import {
  type DragEvent,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { LiveViews } from '../../playback/index.ts';
import { ContextMenu, type SideName, useText, useUi } from '../../ui/index.ts';
import { select } from '../actions.ts';
import { editEssentials } from '../commands.ts';
import { useEditor } from '../environment.ts';
import { FromSwitch } from '../forms/FromSwitch.tsx';
import { slowly } from '../slowly.ts';
import { Asked } from './Asked.tsx';
import { ConnectionHint } from './ConnectionHint.tsx';
import { Drawing } from './Drawing.tsx';
import { dropOnCanvas, isPaletteDrag } from './drops.ts';
import { EditingCard } from './EditingCard.tsx';
import styles from './flow.module.css';
import { isLarge, spotsOf } from './project.ts';
import { createFlowStore, Graph, type GraphContext } from './store.ts';
import { Toolbar } from './Toolbar.tsx';
import { menuItemsFor, thingAt } from './things.ts';
import { useClipboard } from './useClipboard.ts';
import { useDrawing } from './useDrawing.ts';
import { useFirstFocus, useFitOnOpen, useGraphHandle } from './useGraphHandle.ts';
import { graphKeyDown, usePageKeys } from './useGraphKeys.ts';

export interface GraphEditorProps {
  readonly side: SideName;
  readonly views: LiveViews;
  /** A click in canvas pixels; true when something that is painted there took it. */
  readonly onPick?: (x: number, y: number) => boolean;
  /** More buttons for the toolbar. */
  readonly tools?: ReactNode;
  /** Painted over the drawing; gets the viewport of the very moment. */
  readonly renderOverlay?: (getViewport: () => Viewport) => ReactNode;
}

const SPOKEN_MILLIS = 500;

/** The drawing of one side: what the document says, projected into React Flow. */
export function GraphEditor(props: GraphEditorProps) {
  const { side, views } = props;
  const context = useMemo(
    (): GraphContext => ({ side, views, slowly: slowly(views.subscribe, SPOKEN_MILLIS), store: createFlowStore() }),
    [side, views],
  );
  const isReady = useEditor((state) => state.host !== undefined);
  if (!isReady) return null;
  return (
    <ReactFlowProvider key={side}>
      <Graph value={context}>
        <Canvas {...props} context={context} />
      </Graph>
    </ReactFlowProvider>
  );
}

function Canvas({ side, views, onPick, tools, renderOverlay, context }: GraphEditorProps & { readonly context: GraphContext }) {
  const t = useText();
  const { store } = context;
  const flow = useReactFlow();
  const wrapper = useRef<HTMLDivElement>(null);
  const { scenario, projection } = useDrawing(side, views, store);
  const [menuFor, setMenuFor] = useState<string>();
  // Of a pair, one switch speaks for both sides.
  const isActive = useUi((ui) => ui.side === side);
  const getViewport = useCallback(() => flow.getViewport(), [flow]);
  useGraphHandle(context, wrapper);
  useFirstFocus(store, scenario, wrapper);
  useFitOnOpen(context);
  usePageKeys(side);
  useClipboard(side);

  const onClickCapture = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('input, textarea, select, button, label, [role=dialog]')) return;
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    if (onPick?.(at.x, at.y)) event.stopPropagation();
  };
  /** Of a large drawing most parts are a picture: a click on one selects it, and with that it is drawn. */
  const takePainted = async (event: MouseEvent) => {
    if (!isLarge(projection.nodes, projection.edges)) return;
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const id = (await import('./window.ts')).partAt(projection, at);
    if (id !== undefined) select([id]);
  };
  const onClick = (event: MouseEvent) => {
    const id = thingAt(event.target);
    if (id === undefined) void takePainted(event);
    if (id === undefined) return;
    const isAdding = event.shiftKey || event.metaKey || event.ctrlKey;
    if (event.target instanceof Element && event.target.closest('[data-label-of]') && !isAdding) select([id]);
    useUi.getState().set({ panel: 'node' });
    // Under a hand that may click again, nothing moves.
    useEditor.getState().graphs[side]?.focus(id, 'still');
  };
  const onDoubleClick = (event: MouseEvent) => {
    const id = thingAt(event.target);
    if (id === undefined) return;
    select([id]);
    editEssentials();
  };
  const onContextMenu = (event: MouseEvent) => {
    const id = thingAt(event.target);
    setMenuFor(id);
    if (id !== undefined && !useUi.getState().selection.includes(id)) select([id]);
  };
  const onFocus = (event: FocusEvent) => {
    const id = thingAt(event.target);
    if (id !== undefined) useEditor.setState({ held: { id, selection: useUi.getState().selection } });
  };
  /** What was clicked away is looked at no more; a button of the page has the focus only to be pressed. */
  const onBlur = (event: FocusEvent) => {
    if (event.relatedTarget === null && document.hasFocus()) useEditor.setState({ held: undefined });
  };
  // The parts and lines inside have roles and keys; what is around them only listens for all of them.
  const listeners = {
    onClickCapture,
    onClick,
    onFocus,
    onBlur,
    onDoubleClick,
    onContextMenuCapture: onContextMenu,
    onKeyDown: (event: KeyboardEvent) => graphKeyDown(event, side, store, () => spotsOf(projection)),
    onDragOver: (event: DragEvent) => isPaletteDrag(event) && event.preventDefault(),
    onDrop: (event: DragEvent) => dropOnCanvas(event, flow.screenToFlowPosition),
  };
  return (
    <ContextMenu items={menuItemsFor(t, menuFor, side)} label={t('editor.deeds.label')}>
      <div ref={wrapper} className={styles.graph} data-graph={side} {...listeners}>
        <p id={`graph-${side}-help`} className="visually-hidden">
          {t('editor.graph.help')}
        </p>
        <Drawing projection={projection} scenario={scenario} />
        {renderOverlay && <div className={styles.overlay}>{renderOverlay(getViewport)}</div>}
        <EditingCard projection={projection} />
        <ConnectionHint />
        {isActive && (
          <div className={styles.fromPlace}>
            <FromSwitch isCompact />
          </div>
        )}
        <Toolbar>{tools}</Toolbar>
        <Asked side={side} />
      </div>
    </ContextMenu>
  );
}
