import type { LaneCell } from '../../engine/index.ts';
import { LANES } from '../../scenario/index.ts';
import { fade } from '../moments.ts';
import { type Brush, paintLabel } from '../surface.ts';
import type { LaneLook } from './paintLanes.ts';
import { cellX, type Row } from './rows.ts';

/** A cell that retention or compaction has just taken away. */
export interface Removed {
  readonly lane: string;
  readonly at: number;
  readonly colour: number;
  readonly age: number;
}

const RADIUS = 4;
/** What a copy shows of the colour: the leader's cells are the ones that readers get. */
const COPY_ALPHA = 0.4;
const OFFLINE_ALPHA = 0.22;

/** The cells of a lane that are in sight, and dots where there are none any more. */
export function paintCells(brush: Brush, row: Row, cells: readonly LaneCell[], look: LaneLook): void {
  const { on, palette } = brush;
  const before = on.globalAlpha;
  on.globalAlpha = before * (row.lane.role === 'offline' ? OFFLINE_ALPHA : row.lane.isLeader ? 1 : COPY_ALPHA);
  for (const cell of cells) paintCell(brush, row, cell, look);
  on.globalAlpha = before;
  paintHoles(brush, row, cells);
  if (brush.hasLabels) {
    for (const cell of cells) paintNumber(brush, row, cell);
    on.globalAlpha = before;
  }
  if (brush.selected === undefined) return;
  for (const cell of cells) {
    if (cell.message !== brush.selected || !isWhole(row, cell.at)) continue;
    on.strokeStyle = palette.accent;
    on.lineWidth = 2.2;
    on.beginPath();
    on.roundRect(cellX(row, cell.at) - 2, row.top - 2, LANES.cellWidth + 4, LANES.cellHeight + 4, RADIUS + 2);
    on.stroke();
  }
}

function isWhole(row: Row, at: number): boolean {
  const x = cellX(row, at);
  return x >= row.left - 0.6 && x + LANES.cellWidth <= row.right + 0.6;
}

/** What of a cell lies within its lane: [from, to], or nothing. */
function span(row: Row, at: number): readonly [from: number, to: number] | undefined {
  const x = cellX(row, at);
  const from = Math.max(row.left, x);
  const to = Math.min(row.right, x + LANES.cellWidth);
  return to - from > 0.5 ? [from, to] : undefined;
}

function paintCell({ on, palette }: Brush, row: Row, cell: LaneCell, look: LaneLook): void {
  const place = span(row, cell.at);
  if (!place) return;
  const [from, to] = place;
  const colour = palette.messages[look.colour(cell)] as string;
  on.beginPath();
  if (cell.isControl || cell.isTombstone)
    on.roundRect(from + 0.75, row.top + 0.75, Math.max(0, to - from - 1.5), LANES.cellHeight - 1.5, RADIUS);
  else on.roundRect(from, row.top, to - from, LANES.cellHeight, RADIUS);
  if (!cell.isControl && !cell.isTombstone) {
    on.fillStyle = colour;
    on.fill();
    return;
  }
  on.strokeStyle = cell.isControl ? palette.soft : colour;
  on.lineWidth = 1.5;
  if (cell.isControl) {
    on.fillStyle = palette.cell;
    on.fill();
  }
  on.stroke();
  const middle = (from + to) / 2;
  const low = row.top + LANES.cellHeight - 5.5;
  on.beginPath();
  if (cell.isControl) {
    // The sign of what the system itself says, as on the stage's lines.
    on.moveTo(middle, low - 3.2);
    on.lineTo(middle + 3.2, low);
    on.lineTo(middle, low + 3.2);
    on.lineTo(middle - 3.2, low);
    on.closePath();
    on.fillStyle = palette.soft;
    on.fill();
  } else {
    on.moveTo(middle - 2.8, low - 2.8);
    on.lineTo(middle + 2.8, low + 2.8);
    on.moveTo(middle + 2.8, low - 2.8);
    on.lineTo(middle - 2.8, low + 2.8);
    on.stroke();
  }
}

/** Numbers that are kept no more: gaps that compaction has left. */
function paintHoles({ on, palette }: Brush, row: Row, cells: readonly LaneCell[]): void {
  const { lane } = row;
  const there = new Set(cells.map(({ at }) => at));
  const last = Math.min(lane.end, Math.ceil(row.first + (row.right - row.left) / LANES.pitch));
  on.strokeStyle = palette.wire;
  on.lineWidth = 1.5;
  on.beginPath();
  for (let at = Math.max(lane.start, Math.floor(row.first)); at < last; at++) {
    if (there.has(at) || !isWhole(row, at)) continue;
    const x = cellX(row, at) + LANES.cellWidth / 2;
    on.moveTo(x - 3, row.top + LANES.cellHeight / 2);
    on.lineTo(x + 3, row.top + LANES.cellHeight / 2);
  }
  on.stroke();
}

/** Longer numbers are told by their end; hovering tells the whole. */
function shortNumber(at: number): string {
  const text = String(at);
  return text.length <= 5 ? text : `…${text.slice(-3)}`;
}

function paintNumber(brush: Brush, row: Row, cell: LaneCell): void {
  if (!isWhole(row, cell.at)) return;
  const { on, palette } = brush;
  const isSign = cell.isControl === true || cell.isTombstone === true;
  const label = shortNumber(cell.at);
  on.fillStyle = isSign || !row.lane.isLeader ? palette.ink : palette.accentInk;
  const size = label.length <= 2 ? 10 : label.length === 3 ? 9.5 : 30 / label.length;
  const y = row.top + LANES.cellHeight / 2 - (isSign ? 4.5 : 0);
  paintLabel(brush, label, cellX(row, cell.at) + LANES.cellWidth / 2, y, isSign ? size * 0.9 : size, row.lane.isLeader ? 700 : 500);
}

/** A cell on its way out: crossed, and fainter the longer it is gone. */
export function paintGone({ on, palette }: Brush, row: Row, { at, colour, age }: Removed, _look: LaneLook): void {
  if (!isWhole(row, at)) return;
  const x = cellX(row, at);
  const before = on.globalAlpha;
  on.globalAlpha = before * fade(age) * (row.lane.isLeader ? 0.75 : COPY_ALPHA);
  on.setLineDash([2.5, 2.5]);
  on.strokeStyle = palette.messages[colour] as string;
  on.lineWidth = 1.5;
  on.beginPath();
  on.roundRect(x + 0.75, row.top + 0.75, LANES.cellWidth - 1.5, LANES.cellHeight - 1.5, RADIUS);
  on.stroke();
  on.setLineDash([]);
  on.strokeStyle = palette.bad;
  on.lineWidth = 1.8;
  on.beginPath();
  on.moveTo(x + 6, row.top + 6);
  on.lineTo(x + LANES.cellWidth - 6, row.top + LANES.cellHeight - 6);
  on.moveTo(x + LANES.cellWidth - 6, row.top + 6);
  on.lineTo(x + 6, row.top + LANES.cellHeight - 6);
  on.stroke();
  on.globalAlpha = before;
}
