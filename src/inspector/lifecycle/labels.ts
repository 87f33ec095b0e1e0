import { type Box, type Point, partWithin } from './lines.ts';

/** A word beside an arrow, and the room that it takes. */
export interface Label extends Box {
  readonly text: string;
  /** Where it is written from: what is added to it grows away from its arrow. */
  readonly anchor: 'start' | 'middle' | 'end';
  readonly at: number;
}

interface Line {
  readonly from: Point;
  readonly to: Point;
  /** One of two that run side by side: its word stands on its own side. */
  readonly isPair: boolean;
  readonly text: string;
}

const FONT = 12;
/** Smaller than names, and bold once its arrow was taken. */
const SMALL = 11.7;
/** Room for how often an arrow was taken. */
const COUNT_ROOM = 9;
const HALF_HEIGHT = 7;
const AWAY = 5;
const ALONG = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
const COST = { box: 40, label: 40, line: 9, wrongSide: 30, upon: 6, along: 12 };

/** About how wide a text is: the drawing is made before anything is painted. */
export function textWidth(text: string, font = FONT): number {
  let ems = 0;
  for (const letter of text) ems += letter > '⺀' ? 1 : /[ilj.,:'()! tfr]/.test(letter) ? 0.36 : /[mwMW]/.test(letter) ? 0.86 : 0.59;
  return ems * font;
}

/** Finds for each word the place along its arrow where it hides the least; one that has nothing to say gets none. */
export function placeLabels(lines: readonly Line[], boxes: readonly Box[], width: number): readonly (Label | undefined)[] {
  const placed: Label[] = [];
  return lines.map((line) => {
    if (line.text === '') return undefined;
    let best: Label | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const { label, extra } of candidates(line)) {
      const cost = extra + costOf(label, line, lines, boxes, placed, width);
      if (cost >= least) continue;
      least = cost;
      best = label;
    }
    if (best) placed.push(best);
    return best;
  });
}

/** Along the arrow, to its right, to its left or upon it. */
function candidates({ from, to, isPair, text }: Line): readonly { readonly label: Label; readonly extra: number }[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const half = textWidth(text, SMALL) / 2 + COUNT_ROOM;
  return ALONG.flatMap((t) =>
    [1, -1, 0].map((side) => {
      const [nx, ny] = [(-dy / length) * side, (dx / length) * side];
      const x = from[0] + dx * t + nx * (half + AWAY);
      const y = from[1] + dy * t + ny * (HALF_HEIGHT + AWAY);
      const anchor = Math.abs(nx) < 0.5 ? 'middle' : nx > 0 ? 'start' : 'end';
      const at = anchor === 'middle' ? x : anchor === 'start' ? x - half : x + half;
      const extra = Math.abs(t - 0.5) * COST.along + (side === 0 ? COST.upon : 0) + (isPair && side !== 1 ? COST.wrongSide : 0);
      return { label: { text, x, y, halfX: half, halfY: HALF_HEIGHT, anchor, at }, extra };
    }),
  );
}

function costOf(label: Label, own: Line, lines: readonly Line[], boxes: readonly Box[], placed: readonly Label[], width: number): number {
  let cost = label.x - label.halfX < 0 || label.x + label.halfX > width ? COST.box : 0;
  for (const box of boxes) cost += COST.box * overlap(label, box);
  for (const other of placed) cost += COST.label * overlap(label, other);
  for (const line of lines) if (line !== own) cost += COST.line * covered(label, line);
  return cost;
}

/** Which part of a label something covers; a mere touch counts, too. */
function overlap(label: Box, box: Box): number {
  const x = Math.min(label.x + label.halfX, box.x + box.halfX) - Math.max(label.x - label.halfX, box.x - box.halfX);
  const y = Math.min(label.y + label.halfY, box.y + box.halfY) - Math.max(label.y - label.halfY, box.y - box.halfY);
  return x <= 0 || y <= 0 ? 0 : 0.3 + (x * y) / (4 * label.halfX * label.halfY);
}

/** How much of a line runs under a label, in its half widths. */
function covered(label: Box, { from, to }: Line): number {
  const part = partWithin(from, to, label);
  return part === 0 ? 0 : 0.3 + (part * Math.hypot(to[0] - from[0], to[1] - from[1])) / label.halfX;
}
