import type { LaneCell } from '../../engine/index.ts';
import { LANES } from '../../scenario/index.ts';
import { MESSAGE_COLOURS } from '../colours.ts';
import { fade } from '../moments.ts';
import type { Brush } from '../surface.ts';
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
  paintPlain(brush, row, cells, look);
  for (const cell of cells) if (cell.isControl || cell.isTombstone) paintSign(brush, row, cell, look);
  on.globalAlpha = before;
  paintHoles(brush, row, cells);
  if (brush.hasLabels) paintNumbers(brush, row, cells);
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

/** Cells of each colour, collected for one fill each; used again for every row. */
const batches: readonly LaneCell[][] = Array.from({ length: MESSAGE_COLOURS }, () => []);

/** Messages: one fill per colour, whatever the number. */
function paintPlain({ on, palette }: Brush, row: Row, cells: readonly LaneCell[], look: LaneLook): void {
  for (const batch of batches) batch.length = 0;
  for (const cell of cells) {
    if (cell.isControl || cell.isTombstone) continue;
    batches[look.colour(cell)]?.push(cell);
  }
  batches.forEach((batch, colour) => {
    if (batch.length === 0) return;
    on.fillStyle = palette.messages[colour] as string;
    on.beginPath();
    for (const cell of batch) {
      const place = span(row, cell.at);
      if (place) on.roundRect(place[0], row.top, place[1] - place[0], LANES.cellHeight, RADIUS);
    }
    on.fill();
  });
}

/** What the system itself has written, and messages that say that their key is gone: outlines with a sign. */
function paintSign({ on, palette }: Brush, row: Row, cell: LaneCell, look: LaneLook): void {
  const place = span(row, cell.at);
  if (!place) return;
  const [from, to] = place;
  on.beginPath();
  on.roundRect(from + 0.75, row.top + 0.75, Math.max(0, to - from - 1.5), LANES.cellHeight - 1.5, RADIUS);
  if (cell.isControl) {
    on.fillStyle = palette.cell;
    on.fill();
  }
  on.strokeStyle = cell.isControl ? palette.soft : (palette.messages[look.colour(cell)] as string);
  on.lineWidth = 1.5;
  on.stroke();
  const x = (from + to) / 2;
  const y = row.top + LANES.cellHeight - 5.5;
  on.beginPath();
  if (cell.isControl) {
    // The sign of what the system itself says, as on the stage's lines.
    on.moveTo(x, y - 3.2);
    on.lineTo(x + 3.2, y);
    on.lineTo(x, y + 3.2);
    on.lineTo(x - 3.2, y);
    on.closePath();
    on.fillStyle = palette.soft;
    on.fill();
    return;
  }
  on.moveTo(x - 2.8, y - 2.8);
  on.lineTo(x + 2.8, y + 2.8);
  on.moveTo(x + 2.8, y - 2.8);
  on.lineTo(x - 2.8, y + 2.8);
  on.stroke();
}

/** Numbers between others that are kept no more, gaps that compaction has left: an empty place with its number. */
function paintHoles({ on, palette, hasLabels, lens }: Brush, row: Row, cells: readonly LaneCell[]): void {
  const { lane } = row;
  const there = new Set(cells.map(({ at }) => at));
  const last = Math.min(lane.end, Math.ceil(row.first + (row.right - row.left) / LANES.pitch));
  const holes: number[] = [];
  for (let at = Math.max(lane.start, Math.floor(row.first)); at < last; at++) if (!there.has(at) && isWhole(row, at)) holes.push(at);
  if (holes.length === 0) return;
  on.strokeStyle = palette.wire;
  on.lineWidth = 1;
  on.setLineDash([2, 2.5]);
  on.beginPath();
  for (const at of holes) on.roundRect(cellX(row, at) + 1.5, row.top + 1.5, LANES.cellWidth - 3, LANES.cellHeight - 3, RADIUS);
  on.stroke();
  on.setLineDash([]);
  if (!hasLabels) return;
  on.fillStyle = palette.soft;
  on.textAlign = 'center';
  for (const at of holes) {
    const label = shortNumber(at);
    const size = numberSize(label.length) * 0.85;
    if (size * lens.scale < NUMBER_MIN) continue;
    on.font = `400 ${size.toFixed(1)}px ${palette.font}`;
    on.fillText(label, cellX(row, at) + LANES.cellWidth / 2, row.top + LANES.cellHeight / 2 + size * 0.36);
  }
}

/** Longer numbers are told by their end; hovering tells the whole. */
function shortNumber(at: number): string {
  const text = String(at);
  return text.length <= 5 ? text : `…${text.slice(-3)}`;
}

/** Numbers smaller than this in device pixels are only noise. */
const NUMBER_MIN = 5;

function numberSize(length: number): number {
  return length <= 2 ? 10 : length === 3 ? 9.5 : 30 / length;
}

function paintNumbers({ on, palette, lens }: Brush, row: Row, cells: readonly LaneCell[]): void {
  const { isLeader } = row.lane;
  let size = 0;
  on.textAlign = 'center';
  for (const cell of cells) {
    if (!isWhole(row, cell.at)) continue;
    const label = shortNumber(cell.at);
    const isSign = cell.isControl === true || cell.isTombstone === true;
    const wanted = numberSize(label.length) * (isSign ? 0.9 : 1);
    if (wanted * lens.scale < NUMBER_MIN) continue;
    // Setting a font takes as long as writing with it.
    if (wanted !== size) on.font = `${isLeader ? 700 : 500} ${wanted.toFixed(1)}px ${palette.font}`;
    size = wanted;
    on.fillStyle = isSign || !isLeader ? palette.ink : palette.accentInk;
    const y = row.top + LANES.cellHeight / 2 - (isSign ? 4.5 : 0);
    on.fillText(label, cellX(row, cell.at) + LANES.cellWidth / 2, y + wanted * 0.36);
  }
}

/** A cell on its way out: crossed, and fainter the longer it is gone. */
export function paintGone({ on, palette }: Brush, row: Row, { at, colour, age }: Removed): void {
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
