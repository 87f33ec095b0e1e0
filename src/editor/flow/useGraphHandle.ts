import { getViewportForBounds, type ReactFlowInstance, useReactFlow, useStore, type Viewport } from '@xyflow/react';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { Part, Scenario } from '../../scenario/index.ts';
import { type Texts, useText } from '../../ui/index.ts';
import { drawnScenario, findPart, shownLines } from '../actions.ts';
import { useDocument } from '../document.ts';
import { type GraphHandle, host, type Look, provideGraph, takeLook } from '../environment.ts';
import { faceLine } from '../faces.ts';
import { readingOrder } from '../order.ts';
import { ZOOM, ZOOM_LARGE_MIN } from './Drawing.tsx';
import { boundsOf, fitIn } from './fit.ts';
import { isLarge } from './project.ts';
import type { FlowStore, GraphContext } from './store.ts';

/** What was just added is drawn within a few frames; longer is not waited for. */
const FRAMES_MAX = 20;
/** What gets the focus is brought this far from the edge, so that its words are seen as well. */
const EDGE = 56;

/** Further away names are hard to read. */
const READABLE_ZOOM = 0.8;

/** Gives commands a handle on this graph as long as it is on the page. */
export function useGraphHandle(context: GraphContext, wrapper: RefObject<HTMLDivElement | null>): void {
  const flow = useReactFlow();
  const t = useText();
  useEffect(() => provideGraph(context.side, context.views, handleOf(flow, t, context, wrapper)), [flow, t, context, wrapper]);
}

function handleOf(flow: ReactFlowInstance, t: Texts, context: GraphContext, wrapper: RefObject<HTMLDivElement | null>): GraphHandle {
  const { side, store } = context;
  const middle = () => {
    const box = wrapper.current?.getBoundingClientRect();
    return box ? flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 }) : { x: 0, y: 0 };
  };
  return {
    fit: () => void fitWhole(flow, t, context, wrapper.current?.clientWidth ?? 0, wrapper.current?.clientHeight ?? 0),
    zoom: (factor) => void flow.zoomTo(flow.getZoom() * factor),
    middle,
    look: () => ({ ...middle(), zoom: flow.getZoom() }),
    toCanvas: (x, y) => {
      const box = wrapper.current?.getBoundingClientRect();
      const isOver = box && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
      return isOver ? flow.screenToFlowPosition({ x, y }) : undefined;
    },
    focus: (id, view) => {
      store.setState({ focus: id });
      focusWhenDrawn(wrapper, id, view === 'still' ? undefined : flow, FRAMES_MAX);
    },
    reveal: (id) => {
      const part = findPart(id, side);
      if (!part) return;
      store.setState({ focus: id });
      void flow.setCenter(part.x, part.y, { zoom: Math.max(flow.getZoom(), READABLE_ZOOM) });
      focusWhenDrawn(wrapper, id, undefined, FRAMES_MAX);
    },
  };
}

/** Shows the whole drawing with its words. The document knows how far it reaches; React Flow has not measured all of it. */
async function fitWhole(
  flow: ReactFlowInstance,
  t: Texts,
  { side, views, store }: GraphContext,
  width: number,
  height: number,
): Promise<void> {
  const scenario = drawnScenario(side);
  const { catalogue } = host();
  const lineOf = (part: Part) => {
    const kind = catalogue.parts.get(part.kind);
    return kind ? faceLine(t, part, kind, views.view(part.id)) : '';
  };
  const { maxZoom, padding } = fitIn(width);
  const minZoom = isLarge(scenario.parts, scenario.lines) ? ZOOM_LARGE_MIN : ZOOM.min;
  const bounds = boundsOf(scenario, catalogue, lineOf);
  await flow.setViewport(getViewportForBounds(bounds, width, height, minZoom, maxZoom, padding));
  store.setState({ whole: flow.getViewport() });
}

function elementOf(wrapper: RefObject<HTMLDivElement | null>, id: string): HTMLElement | null | undefined {
  return wrapper.current?.querySelector<HTMLElement>(`[data-thing="${CSS.escape(id)}"]`);
}

function focusWhenDrawn(wrapper: RefObject<HTMLDivElement | null>, id: string, flow: ReactFlowInstance | undefined, frames: number): void {
  const root = wrapper.current;
  const element = elementOf(wrapper, id);
  const isDrawn = element && getComputedStyle(element).visibility !== 'hidden';
  if (root && isDrawn) {
    element.focus({ preventScroll: true });
    if (flow) bringIntoView(root, element, flow);
  } else if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(wrapper, id, flow, frames - 1));
}

/** Pans as little as it takes; a large region is seen well enough where it is. */
function bringIntoView(root: HTMLElement, element: HTMLElement, flow: ReactFlowInstance): void {
  const box = element.getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  if (box.width > frame.width - 2 * EDGE || box.height > frame.height - 2 * EDGE) return;
  const dx = Math.max(0, frame.left + EDGE - box.left) - Math.max(0, box.right - (frame.right - EDGE));
  const dy = Math.max(0, frame.top + EDGE - box.top) - Math.max(0, box.bottom - (frame.bottom - EDGE));
  if (dx === 0 && dy === 0) return;
  const { x, y, zoom } = flow.getViewport();
  void flow.setViewport({ x: x + dx, y: y + dy, zoom });
}

/** There is always one part or line in the tab order: the first as one reads, until another had the focus. */
export function useFirstFocus(store: FlowStore, scenario: Scenario, wrapper: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const lines = shownLines(scenario);
    const order = readingOrder(scenario.parts, lines);
    const { focus } = store.getState();
    if (focus !== undefined && order.includes(focus)) return;
    store.setState({ focus: order[0] });
    // What had the focus has gone with an undo: it stays in the drawing and does not fall to the page.
    const isLost = focus !== undefined && document.activeElement === document.body;
    if (isLost && order[0] !== undefined) elementOf(wrapper, order[0])?.focus({ preventScroll: true });
  }, [store, scenario, wrapper]);
}

/** No view is like this one: what is shown counts as chosen by someone. */
const CHOSEN: Viewport = { x: 0, y: 0, zoom: 0 };

function show(flow: ReactFlowInstance, { x, y, zoom }: Look): Promise<boolean> {
  // A link may ask for any zoom.
  return flow.setCenter(x, y, { zoom: Math.min(ZOOM.max, Math.max(ZOOM.min, zoom)) });
}

/**
 * Another document is shown whole, or as the link that brought it asks; edits leave the view alone. When the room changes
 * (a panel opens, a phone is turned), what was shown whole still is, and a view that someone has chosen stays.
 */
export function useFitOnOpen(context: GraphContext): void {
  const { side, store } = context;
  const flow = useReactFlow();
  const t = useText();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const turn = useRef(0);
  const showWhole = useCallback(async () => {
    turn.current += 1;
    const { current: own } = turn;
    await fitWhole(flow, t, context, width, height);
    // Another was asked for meanwhile, which will know better.
    if (own !== turn.current) return;
    const look = takeLook(side);
    if (!look) return;
    await show(flow, look);
    store.setState({ whole: CHOSEN });
  }, [flow, t, width, height, context, side, store]);
  useEffect(
    () =>
      useDocument.subscribe((now, before) => {
        const isOpened = now.run !== before.run && now.past.length === 0 && now.future.length === 0;
        if (isOpened) requestAnimationFrame(() => void showWhole());
      }),
    [showWhole],
  );
  useEffect(() => {
    if (width === 0 || height === 0) return;
    const { whole: last } = store.getState();
    const { x, y, zoom } = flow.getViewport();
    if (!last || (last.x === x && last.y === y && last.zoom === zoom)) void showWhole();
  }, [showWhole, flow, store, width, height]);
}
