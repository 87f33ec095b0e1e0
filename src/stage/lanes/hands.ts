import { type Lane, viewOf } from '../../engine/index.ts';
import { endView, LANES, type LaneScroll, rowsShown, scrolledCells, scrolledRows } from '../../scenario/index.ts';
import { useUi } from '../../ui/index.ts';
import type { StageSource } from '../attach.ts';
import { type ScenePart, sceneOf } from '../scene.ts';
import { type Row, rowAt, rowsOf } from './rows.ts';

/** The lanes under a pointer. */
export interface Touched {
  readonly part: ScenePart;
  readonly lanes: readonly Lane[];
  readonly scroll: LaneScroll | undefined;
  /** Over the cells of a lane: which one, and the number there. */
  readonly over: { readonly row: Row; readonly at: number } | undefined;
  /** Canvas pixels. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Cards, buttons and menus stand above the drawing: what is done to them is not done to what lies below. */
export function isOnDrawing(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.react-flow') !== null;
}

/** What lanes there are at a point of the screen. */
export function touchedAt(
  root: HTMLElement,
  { playback, side, getViewport }: StageSource,
  clientX: number,
  clientY: number,
): Touched | undefined {
  const { sides, crash } = playback.snapshot();
  const timeline = sides.find(({ name }) => name === side)?.timeline;
  if (!timeline || crash) return undefined;
  const box = root.getBoundingClientRect();
  const viewport = getViewport();
  const x = (clientX - box.left - viewport.x) / viewport.zoom;
  const y = (clientY - box.top - viewport.y) / viewport.zoom;
  const { program, world } = timeline;
  for (const part of sceneOf(program).parts.values()) {
    const { rect } = part;
    if (part.shape !== 'lanes' || x < rect.x || x > rect.x + rect.width || y < rect.y || y > rect.y + rect.height) continue;
    const lanes = world.present.has(part.id) ? viewOf(program, world, part.id)?.lanes : undefined;
    if (!lanes) continue;
    const scroll = useUi.getState().laneScroll[part.id];
    return { part, lanes, scroll, over: rowAt(rowsOf(rect, lanes, scroll), x, y), x, y, zoom: viewport.zoom };
  }
  return undefined;
}

function put(part: ScenePart, scroll: LaneScroll): void {
  const { laneScroll, set } = useUi.getState();
  set({ laneScroll: { ...laneScroll, [part.id]: scroll } });
}

/** How far a wheel has to be turned for one row. */
const ROW_DELTA = 80;
/** Nearer than this to where it was pressed, a pointer has not been moved. */
const STILL = 4;

/** Wheel and drag inside lanes: along their numbers, and from lane to lane. All else stays the drawing's. Returns the undoing. */
export function attachHands(root: HTMLElement, source: StageSource): () => void {
  let drag: { readonly touched: Touched; readonly clientX: number; readonly clientY: number; hasMoved: boolean } | undefined;

  const onWheel = (event: WheelEvent) => {
    // With Ctrl, as with two fingers, it zooms here as everywhere.
    if (event.ctrlKey || event.metaKey || !isOnDrawing(event.target)) return;
    const touched = touchedAt(root, source, event.clientX, event.clientY);
    const next = touched && wheeled(touched, event);
    if (!touched || !next) return;
    put(touched.part, next);
    event.preventDefault();
    event.stopPropagation();
  };
  const grabbed = (event: MouseEvent | TouchEvent): Touched | undefined => {
    const at = 'touches' in event ? event.touches[0] : event;
    if (!at || ('button' in event && event.button !== 0) || !isOnDrawing(event.target)) return undefined;
    if (event.target instanceof Element && event.target.closest('.nodrag')) return undefined;
    const touched = touchedAt(root, source, at.clientX, at.clientY);
    return touched && isScrollable(touched) ? touched : undefined;
  };
  /** Otherwise the part would be moved; it is taken by its name, or by the keys of its lanes. */
  const onPress = (event: MouseEvent | TouchEvent) => {
    if (grabbed(event)) event.stopPropagation();
  };
  const onPointerDown = (event: PointerEvent) => {
    const touched = grabbed(event);
    drag = touched && { touched, clientX: event.clientX, clientY: event.clientY, hasMoved: false };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!drag || event.buttons === 0) return;
    const dx = event.clientX - drag.clientX;
    const dy = event.clientY - drag.clientY;
    drag.hasMoved ||= Math.hypot(dx, dy) > STILL;
    if (drag.hasMoved) put(drag.touched.part, dragged(drag.touched, dx, dy));
  };
  const onClick = (event: MouseEvent) => {
    // What was dragged was not clicked.
    if (drag?.hasMoved) event.stopPropagation();
    drag = undefined;
  };
  const capture = { capture: true } as const;
  root.addEventListener('wheel', onWheel, { capture: true, passive: false });
  root.addEventListener('mousedown', onPress, capture);
  root.addEventListener('touchstart', onPress, capture);
  root.addEventListener('pointerdown', onPointerDown, capture);
  root.addEventListener('pointermove', onPointerMove, capture);
  root.addEventListener('click', onClick, capture);
  return () => {
    root.removeEventListener('wheel', onWheel, capture);
    root.removeEventListener('mousedown', onPress, capture);
    root.removeEventListener('touchstart', onPress, capture);
    root.removeEventListener('pointerdown', onPointerDown, capture);
    root.removeEventListener('pointermove', onPointerMove, capture);
    root.removeEventListener('click', onClick, capture);
  };
}

function hasMoreRows({ part, lanes }: Touched): boolean {
  return lanes.length > rowsShown(part.rect);
}

function isScrollable(touched: Touched): boolean {
  return touched.over !== undefined && (hasMoreRows(touched) || endView(touched.part.rect, touched.over.row.lane) > 0);
}

/** Where the wheel leads to; undefined where there is nothing to scroll and it may zoom. */
function wheeled(touched: Touched, { deltaX, deltaY, deltaMode, shiftKey }: WheelEvent): LaneScroll | undefined {
  const { part, lanes, scroll, over, zoom } = touched;
  // Some wheels count lines.
  const unit = deltaMode === 0 ? 1 : 24;
  const isUpright = Math.abs(deltaY) >= Math.abs(deltaX) && !shiftKey;
  if (isUpright && hasMoreRows(touched)) return scrolledRows(part.rect, lanes.length, scroll, (deltaY * unit) / ROW_DELTA);
  if (!lanes.some((lane) => endView(part.rect, lane) > 0)) return undefined;
  const delta = (Math.abs(deltaY) >= Math.abs(deltaX) ? deltaY : deltaX) * unit;
  return scrolledCells(part.rect, lanes, scroll, delta / (LANES.pitch * zoom), over?.row.lane.key);
}

function dragged({ part, lanes, scroll, over, zoom }: Touched, dx: number, dy: number): LaneScroll {
  const rows = scrolledRows(part.rect, lanes.length, scroll, -dy / (LANES.row * zoom));
  if (!over) return rows;
  return { ...scrolledCells(part.rect, lanes, scroll, -dx / (LANES.pitch * zoom), over.row.lane.key), row: rows.row };
}
