import { type PointerEvent, useRef } from 'react';
import { LANES, lanesHeight, type Part, type PartKind, type Rect, rectOf, resize } from '../../scenario/index.ts';
import { act, drawnScenario } from '../actions.ts';
import { host, useEditor } from '../environment.ts';
import { regionBounds, snap } from '../placement.ts';
import styles from './flow.module.css';
import { type Point, type RegionPreview, type Size, useGraph } from './store.ts';

const CORNERS = ['nw', 'ne', 'sw', 'se'] as const;
type Corner = (typeof CORNERS)[number];

/** The corners of a selected region or of lanes; dragging one shows the new size at once and makes one edit at the end. */
export function ResizeCorners({ part, kind }: { readonly part: Part; readonly kind: PartKind }) {
  const { side, store } = useGraph();
  const start = useRef<Rect | undefined>(undefined);

  const toCanvas = (event: PointerEvent): Point | undefined => useEditor.getState().graphs[side]?.toCanvas(event.clientX, event.clientY);
  const onMove = (corner: Corner) => (event: PointerEvent) => {
    const at = toCanvas(event);
    if (!start.current || !at) return;
    const held = regionBounds(part, drawnScenario(side).parts, (kind) => host().catalogue.parts.get(kind));
    store.setState({ resize: preview(part, stretched(start.current, corner, at, leastOf(kind), held)) });
  };
  const onEnd = () => {
    const { resize: wanted } = store.getState();
    start.current = undefined;
    store.setState({ resize: undefined });
    if (wanted) act('edit.resize', (run, context) => resize(run, context, part.id, wanted), { fromStart: true, side });
  };
  return CORNERS.map((corner) => (
    <span
      key={corner}
      className={`${styles.corner} ${styles[corner]} nodrag nopan`}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = rectOf(part, kind);
      }}
      onPointerMove={onMove(corner)}
      onPointerUp={onEnd}
      onPointerCancel={onEnd}
    />
  ));
}

/** The least size: of a region, so that its title is seen; of lanes, so that one row with some cells is. */
function leastOf({ shape }: PartKind): Size {
  const { label, tail, pitch } = LANES;
  return shape === 'lanes' ? { width: label + tail + 3 * pitch, height: lanesHeight(1) } : { width: 96, height: 96 };
}

/** The rectangle with one corner elsewhere; what the region holds stays inside. */
function stretched(rect: Rect, corner: Corner, at: Point, least: Size, held: Rect | undefined): Rect {
  const x = snap(at.x);
  const y = snap(at.y);
  let left = rect.x;
  let top = rect.y;
  let right = rect.x + rect.width;
  let bottom = rect.y + rect.height;
  if (corner.endsWith('w')) left = Math.min(x, right - least.width, held?.x ?? x);
  else right = Math.max(x, left + least.width, held ? held.x + held.width : x);
  if (corner.startsWith('n')) top = Math.min(y, bottom - least.height, held?.y ?? y);
  else bottom = Math.max(y, top + least.height, held ? held.y + held.height : y);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function preview(part: Part, rect: Rect): RegionPreview {
  return { id: part.id, x: rect.x + rect.width / 2, y: rect.y + rect.height / 2, width: rect.width, height: rect.height };
}
