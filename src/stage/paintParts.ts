import type { Micros } from '../base/index.ts';
import type { Cell, PartView } from '../engine/index.ts';
import { RAIL } from '../scenario/index.ts';
import { placeCells } from './cells.ts';
import { paintAgain, paintDisc, paintHalo } from './paintFlights.ts';
import type { ScenePart } from './scene.ts';
import { addDisc, type Brush, DISC_RADIUS, labelSize, paintLabel, TAU } from './surface.ts';

/** Slots of a prefetch window that are still counted by eye; a larger window is a bar. */
const SLOTS_MAX = 5;
const SLOT = { radius: 2.4, pitch: 7, below: -10 } as const;
const RING_WIDTH = 4.5;

/** A queue's messages, a consumer's work and window: what the run shows of a part. */
export function paintPart(brush: Brush, part: ScenePart, view: PartView, time: Micros, colour: (cell: Cell) => number): void {
  if (view.store && part.shape === 'rail') paintStore(brush, part, view.store, colour);
  if (view.status === 'down' || view.status === 'absent') return;
  if (view.work?.length) paintWork(brush, part, view.work, view.status === 'paused' || view.status === 'hung', time, colour);
  if (view.window && view.window.limit > 0) paintWindow(brush, part, view.window);
}

function paintStore(brush: Brush, part: ScenePart, store: NonNullable<PartView['store']>, colour: (cell: Cell) => number): void {
  const { on, palette } = brush;
  for (const { x, y, cell, isUnacked, more } of placeCells(part.rect, store)) {
    if (!cell) {
      on.fillStyle = palette.soft;
      if (brush.hasLabels) paintLabel(brush, `+${more}`, x, y, more > 999 ? 8 : 10, 600);
      continue;
    }
    if (isUnacked) paintUnacked(brush, x, y, cell, colour(cell));
    else paintDisc(brush, x, y, RAIL.cellRadius, colour(cell), String(cell.message));
    if (cell.redelivered && brush.hasLabels) paintAgain(brush, x - 1, y - 1);
    if (cell.message === brush.selected) paintHalo(brush, x, y);
  }
}

/** Handed out, but still the queue's: dashed. */
function paintUnacked(brush: Brush, x: number, y: number, cell: Cell, colour: number): void {
  const { on, palette } = brush;
  on.strokeStyle = palette.messages[colour] as string;
  on.lineWidth = 1.8;
  on.setLineDash([2.5, 2.5]);
  on.beginPath();
  addDisc(on, x, y, RAIL.cellRadius - 0.5);
  on.stroke();
  on.setLineDash([]);
  if (!brush.hasLabels) return;
  const label = String(cell.message);
  on.fillStyle = palette.soft;
  paintLabel(brush, label, x, y, labelSize(label, RAIL.cellRadius));
}

function paintWork(
  brush: Brush,
  part: ScenePart,
  work: NonNullable<PartView['work']>,
  isPaused: boolean,
  time: Micros,
  colour: (cell: Cell) => number,
): void {
  const { on, palette } = brush;
  const current = work[0];
  if (!current) return;
  const { cell, from, until } = current;
  const share = until > from ? Math.min(1, Math.max(0, (time - from) / (until - from))) : 1;
  on.lineCap = 'round';
  on.lineWidth = RING_WIDTH;
  on.strokeStyle = isPaused ? palette.warn : palette.ok;
  on.beginPath();
  on.arc(part.x, part.y, part.rect.width / 2, -TAU / 4, -TAU / 4 + Math.max(0.02, share) * TAU);
  on.stroke();
  // While it is paused its sign says so; the ring stands still around it.
  if (isPaused) return;
  on.fillStyle = palette.panel;
  on.beginPath();
  addDisc(on, part.x, part.y, DISC_RADIUS + 4);
  on.fill();
  paintDisc(brush, part.x, part.y, DISC_RADIUS, colour(cell), String(cell.message));
  if (cell.redelivered && brush.hasLabels) paintAgain(brush, part.x, part.y);
  if (cell.message === brush.selected) paintHalo(brush, part.x, part.y);
}

function paintWindow({ on, palette }: Brush, part: ScenePart, { used, limit }: NonNullable<PartView['window']>): void {
  const y = part.rect.y + part.rect.height + SLOT.below;
  if (limit > SLOTS_MAX) {
    const width = SLOTS_MAX * SLOT.pitch;
    const bar = (style: string, share: number) => {
      on.fillStyle = style;
      on.beginPath();
      on.roundRect(part.x - width / 2, y - SLOT.radius, width * share, SLOT.radius * 2, SLOT.radius);
      on.fill();
    };
    bar(palette.line, 1);
    if (used > 0) bar(palette.ink, Math.min(1, used / limit));
    return;
  }
  const start = part.x - ((limit - 1) * SLOT.pitch) / 2;
  on.fillStyle = palette.ink;
  on.beginPath();
  for (let i = 0; i < Math.min(used, limit); i++) addDisc(on, start + i * SLOT.pitch, y, SLOT.radius);
  on.fill();
  on.strokeStyle = palette.soft;
  on.lineWidth = 1;
  on.beginPath();
  for (let i = used; i < limit; i++) addDisc(on, start + i * SLOT.pitch, y, SLOT.radius - 0.3);
  on.stroke();
}
