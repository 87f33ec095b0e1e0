import type { Pointer } from '../../engine/index.ts';
import { LANES, type Rect } from '../../scenario/index.ts';
import type { Brush } from '../surface.ts';
import type { LaneLook } from './paintLanes.ts';
import type { Row } from './rows.ts';
import { boundary, namesOf, type Stack } from './stacks.ts';

const WORD_SIZE = 8.5;
export const NAME_SIZE = 9;
/** Room between two words of a row. */
const AIR = 5;

/** The lane's own marks: ticks over its cells, each with its word above. The last is where the next one goes. */
export function paintMarks(brush: Brush, row: Row, look: LaneLook): void {
  const { on, palette } = brush;
  const { marks, end } = row.lane;
  const byPlace = new Map<number, string[]>();
  for (const { key, at } of marks) byPlace.set(at, [...(byPlace.get(at) ?? []), look.mark(key)]);
  let free = Number.NEGATIVE_INFINITY;
  for (const [at, words] of [...byPlace].sort(([a], [b]) => a - b)) {
    const x = boundary(row, at);
    if (x < row.left - 1.5 || x > row.right + 1.5) continue;
    const isOnlyEnd = at === end && words.length === 1;
    on.strokeStyle = isOnlyEnd ? palette.soft : palette.accent;
    on.lineWidth = isOnlyEnd ? 1.4 : 2;
    if (isOnlyEnd) on.setLineDash([3, 2]);
    on.beginPath();
    on.moveTo(x, row.top - 5);
    // Not below the trough: there the names of readers stand, and a tick would strike them out.
    on.lineTo(x, row.top + LANES.cellHeight + 3);
    on.stroke();
    on.setLineDash([]);
    if (!brush.hasLabels) continue;
    on.font = `600 ${WORD_SIZE}px ${palette.font}`;
    const text = words.join(' = ');
    const half = on.measureText(text).width / 2;
    const middle = Math.max(free + AIR + half, x);
    // A word that was pushed too far from its tick would be another's.
    if (middle - x > half + 10) continue;
    on.textAlign = 'center';
    on.fillStyle = isOnlyEnd ? palette.soft : palette.accent;
    on.fillText(text, middle, row.top - 6.5);
    free = middle + half;
  }
}

/** Triangles of one stack that are drawn below one another, and how far apart. */
const LAYERS = 3;
const LAYER = 2.6;
/** Of the others while some are chosen. */
const DIM = 0.3;

/** Where readers stand: a full triangle is what they have committed, a hollow one what they have read up to. */
export function paintPointers(
  brush: Brush,
  row: Row,
  pointers: readonly Pointer[],
  stacks: readonly Stack[],
  look: LaneLook,
  taken: readonly (readonly [from: number, to: number])[],
): void {
  const { on, palette } = brush;
  const isAnyChosen = pointers.some(({ reader }) => look.isChosen(reader));
  const before = on.globalAlpha;
  const show = ({ pointers: [first] }: Stack) => {
    on.globalAlpha = isAnyChosen && first && !look.isChosen(first.reader) ? before * DIM : before;
  };
  for (const stack of stacks) {
    show(stack);
    paintStack(brush, row, stack, look);
  }
  on.font = `600 ${NAME_SIZE}px ${palette.font}`;
  on.textAlign = 'left';
  for (const { stack, text, x } of namesOf(row, stacks, look, (name) => on.measureText(name).width, taken)) {
    show(stack);
    on.fillStyle = palette.messages[look.reader((stack.pointers[0] as Pointer).reader).colour] as string;
    on.fillText(text, x, row.top + LANES.cellHeight + 10);
  }
  on.globalAlpha = before;
}

function paintStack({ on, palette }: Brush, row: Row, { x, beyond, pointers }: Stack, look: LaneLook): void {
  const top = row.top + LANES.cellHeight + 4;
  // From the lowest up: the first stands before the others.
  for (let i = Math.min(LAYERS, pointers.length) - 1; i >= 0; i--) {
    const { kind, reader } = pointers[i] as Pointer;
    const colour = palette.messages[look.reader(reader).colour] as string;
    on.beginPath();
    addTriangle(on, x - beyond * i * LAYER, beyond === 0 ? top + i * LAYER : top, beyond);
    on.fillStyle = kind === 'committed' ? colour : palette.panel;
    on.fill();
    // Full ones that lie on one another are told apart by their rims.
    on.strokeStyle = kind === 'committed' ? palette.panel : colour;
    on.lineWidth = kind === 'committed' ? 0.8 : 1.3;
    on.stroke();
  }
}

function addTriangle(on: Brush['on'], x: number, top: number, beyond: Stack['beyond']): void {
  if (beyond === 0) {
    on.moveTo(x, top - 1);
    on.lineTo(x - 4.5, top + 6);
    on.lineTo(x + 4.5, top + 6);
  } else {
    on.moveTo(x + beyond * 4, top + 3);
    on.lineTo(x - beyond * 3, top - 1);
    on.lineTo(x - beyond * 3, top + 7);
  }
  on.closePath();
}

/** In the corner of a group's box: the triangle that stands for it in lanes. */
export function paintLegend({ on, palette }: Brush, rect: Rect, colour: number): void {
  on.fillStyle = palette.messages[colour] as string;
  on.beginPath();
  addTriangle(on, rect.x + rect.width - 18, rect.y + 16, 0);
  on.fill();
}
