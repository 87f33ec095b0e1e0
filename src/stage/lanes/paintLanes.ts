import { cellsBetween, type Lane, type LaneCell, type PartView, type Pointer, type ReaderLag } from '../../engine/index.ts';
import { cellsShown, endView, LANES, type LaneScroll, type Rect, rowsShown } from '../../scenario/index.ts';
import type { ScenePart } from '../scene.ts';
import type { Brush } from '../surface.ts';
import type { Frustum } from '../token.ts';
import { paintCells, paintGone, type Removed } from './paintCells.ts';
import { NAME_SIZE, paintMarks, paintPointers } from './paintFlags.ts';
import { type Row, rowsOf } from './rows.ts';
import { fittingName, NAME_AIR, type ReaderLook, type Stack, stackEnd, stacksOf } from './stacks.ts';

/** What is said and shown of lanes besides the lanes themselves. */
export interface LaneLook extends ReaderLook {
  readonly scroll: LaneScroll | undefined;
  colour(cell: Pick<LaneCell, 'message' | 'key' | 'producer'>): number;
  pointers(lane: string): readonly Pointer[];
  mark(key: string): string;
  lag(count: number): string;
  /** The furthest behind first. */
  lags(lane: Lane, pointers: readonly Pointer[]): readonly ReaderLag[];
  /** Cells that have just gone. */
  readonly removed: readonly Removed[];
}

/** Between the name of who lags and the edge. */
const LAG_EDGE = 5;

/** Cells narrower than this on the screen are not told apart: a lane is a bar. In device pixels. */
const CELL_MIN = 5;

/** A part's lanes: only the rows and cells that are in sight. */
export function paintLanes(brush: Brush, part: ScenePart, view: PartView, look: LaneLook, frustum: Frustum): void {
  const { on, palette } = brush;
  const lanes = view.lanes ?? [];
  if (view.status === 'down') on.globalAlpha = 0.35;
  const rows = rowsOf(part.rect, lanes, look.scroll).filter(
    ({ top }) => top + LANES.row >= frustum.top && top - LANES.above <= frustum.bottom,
  );
  const isFar = LANES.pitch * brush.lens.scale < CELL_MIN;
  for (const row of rows) {
    paintSlot(brush, row);
    if (isFar) paintBar(brush, row);
    else paintCells(brush, row, [...cellsBetween(row.lane, Math.floor(row.first), lastOf(row))], look);
    if (brush.hasLabels) paintHead(brush, part.rect, row);
    if (isFar) continue;
    for (const gone of look.removed) if (gone.lane === row.lane.key) paintGone(brush, row, gone);
    paintAway(brush, part.rect, row);
    paintMarks(brush, row, look);
    if (!row.lane.isLeader || !brush.hasLabels) continue;
    const pointers = look.pointers(row.lane.key);
    const lags = look.lags(row.lane, pointers);
    const stacks = stacksOf(row, pointers, look);
    const behind = paintLag(brush, part.rect, row, lags, stacks, look);
    paintPointers(brush, row, pointers, stacks, look, behind);
  }
  paintThumb(brush, part.rect, lanes.length, rows[0] && lanes.indexOf(rows[0].lane));
  on.globalAlpha = 1;
  on.fillStyle = palette.ink;
}

function lastOf({ left, right, first }: Row): number {
  return Math.ceil(first + (right - left) / LANES.pitch);
}

/** The trough that the cells lie in. One that is out of sync is hatched, one that nobody serves is broken. */
function paintSlot({ on, palette }: Brush, { lane, left, right, top }: Row): void {
  const isOffline = lane.role === 'offline';
  on.strokeStyle = isOffline ? palette.bad : palette.line;
  on.lineWidth = 1;
  if (isOffline) on.setLineDash([3, 3]);
  on.beginPath();
  on.roundRect(left - 2.5, top - 3.5, right - left + 5, LANES.cellHeight + 7, 6);
  on.stroke();
  on.setLineDash([]);
  if (lane.role !== 'outOfSync') return;
  on.strokeStyle = palette.warn;
  on.globalAlpha *= 0.5;
  on.beginPath();
  for (let x = left + 4; x < right; x += 8) {
    on.moveTo(x, top + LANES.cellHeight + 2);
    on.lineTo(Math.min(right, x + 8), top + LANES.cellHeight - 4);
  }
  on.stroke();
  on.globalAlpha *= 2;
}

/** Away from the end, the trough's lower edge tells where in the lane one looks. */
function paintAway({ on, palette }: Brush, rect: Rect, { lane, left, right, top, first }: Row): void {
  const last = endView(rect, lane);
  if (first >= last) return;
  const width = right - left;
  const length = Math.max(6, Math.min(width, (width * cellsShown(rect)) / (lane.end + 1)));
  on.fillStyle = palette.accent;
  on.beginPath();
  on.roundRect(left + (width - length) * (first / last), top + LANES.cellHeight + 2.5, length, 2.5, 1.2);
  on.fill();
}

/** From afar: how much of the window is filled. */
function paintBar({ on, palette }: Brush, row: Row): void {
  const { lane, left, right, top, first } = row;
  const from = left + Math.max(0, lane.start - first) * LANES.pitch;
  const to = Math.min(right, left + (lane.end - first) * LANES.pitch);
  if (to <= from) return;
  on.fillStyle = lane.isLeader ? palette.wire : palette.line;
  on.beginPath();
  on.rect(from, top, to - from, LANES.cellHeight);
  on.fill();
}

const CROWN = [
  [0, 3],
  [3.2, 7],
  [6.5, 1],
  [9.8, 7],
  [13, 3],
  [13, 11.5],
  [0, 11.5],
] as const;

/** The lane's key, and a crown for the one that leads. */
function paintHead({ on, palette }: Brush, rect: Rect, { lane, top }: Row): void {
  const middle = top + LANES.cellHeight / 2;
  on.font = `${lane.isLeader ? 650 : 500} 12px ${palette.font}`;
  on.textAlign = 'left';
  on.fillStyle = lane.isLeader ? palette.ink : palette.soft;
  on.fillText(lane.key, rect.x + 9, middle + 4.3);
  if (!lane.isLeader) return;
  on.fillStyle = palette.warn;
  on.beginPath();
  CROWN.forEach(([x, y], i) => {
    if (i === 0) on.moveTo(rect.x + 29 + x, middle - 6.5 + y);
    else on.lineTo(rect.x + 29 + x, middle - 6.5 + y);
  });
  on.closePath();
  on.fill();
}

/** The greatest lag, and below it whose that is where there are several readers. Of those that are chosen, if any is. Returns where that name stands. */
function paintLag(
  brush: Brush,
  rect: Rect,
  row: Row,
  all: readonly ReaderLag[],
  stacks: readonly Stack[],
  look: LaneLook,
): readonly (readonly [from: number, to: number])[] {
  const { on, palette } = brush;
  const { right, top } = row;
  const [first] = all;
  if (!first) return [];
  const { reader, lag } = all.find((one) => look.isChosen(one.reader)) ?? first;
  on.font = `600 10px ${palette.font}`;
  on.textAlign = 'center';
  on.fillStyle = lag > 0 ? palette.warn : palette.soft;
  on.fillText(look.lag(lag), (right + rect.x + rect.width + 2) / 2, top + LANES.cellHeight / 2 + 3.6);
  if (all.length === 1 || lag === 0) return [];
  const { name, colour } = look.reader(reader);
  const edge = rect.x + rect.width - LAG_EDGE;
  on.font = `600 ${NAME_SIZE}px ${palette.font}`;
  // Others may be as far behind.
  const others = look.isChosen(reader) ? 0 : all.filter((one) => one.lag === lag).length - 1;
  const more = others > 0 ? ` +${others}` : '';
  const widthOf = (word: string) => on.measureText(word).width;
  const fitting = fittingName(name, edge - stackEnd(stacks) - widthOf(more), widthOf);
  if (fitting === '') return [];
  const text = `${fitting}${more}`;
  on.textAlign = 'right';
  on.fillStyle = palette.messages[colour] as string;
  on.fillText(text, edge, top + LANES.cellHeight + 10);
  return [[edge - widthOf(text) - NAME_AIR, Number.POSITIVE_INFINITY]];
}

/** More lanes than are seen: which of them these are. */
function paintThumb({ on, palette }: Brush, rect: Rect, count: number, first: number | undefined): void {
  const shown = rowsShown(rect);
  if (count <= shown || first === undefined) return;
  const length = rect.height - 2 * LANES.pad;
  const x = rect.x + rect.width - 5;
  on.fillStyle = palette.line;
  on.beginPath();
  on.roundRect(x, rect.y + LANES.pad, 3, length, 1.5);
  on.fill();
  on.fillStyle = palette.soft;
  on.beginPath();
  on.roundRect(x, rect.y + LANES.pad + (length * first) / count, 3, Math.max(8, (length * shown) / count), 1.5);
  on.fill();
}
