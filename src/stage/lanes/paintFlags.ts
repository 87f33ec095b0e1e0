import type { Pointer } from '../../engine/index.ts';
import { LANES } from '../../scenario/index.ts';
import type { Brush } from '../surface.ts';
import type { LaneLook } from './paintLanes.ts';
import { cellX, type Row } from './rows.ts';

const WORD_SIZE = 8.5;
const NAME_SIZE = 9;
/** Room between two words of a row. */
const AIR = 5;

/** Where a boundary before a number lies: between two cells. */
function boundary(row: Row, at: number): number {
  return cellX(row, at) - 1;
}

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
    on.lineTo(x, row.top + LANES.cellHeight + 5);
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

interface Flag {
  readonly pointer: Pointer;
  readonly x: number;
  /** Beyond the edge of what is seen. */
  readonly beyond: -1 | 0 | 1;
}

/** Where readers stand: a full triangle is what they have committed, a hollow one what they have read up to. */
export function paintPointers(brush: Brush, row: Row, pointers: readonly Pointer[], look: LaneLook): void {
  const { on, palette } = brush;
  const top = row.top + LANES.cellHeight + 4;
  const flags = pointers.map((pointer): Flag => {
    const x = boundary(row, pointer.at);
    const beyond = x < row.left - 1.5 ? -1 : x > row.right + 1.5 ? 1 : 0;
    return { pointer, x: Math.min(row.right, Math.max(row.left, x)), beyond };
  });
  for (const { pointer, x, beyond } of flags) {
    const colour = palette.messages[look.reader(pointer.reader).colour] as string;
    on.beginPath();
    addTriangle(on, x, top, beyond);
    if (pointer.kind === 'committed') {
      on.fillStyle = colour;
      on.fill();
      continue;
    }
    on.fillStyle = palette.panel;
    on.fill();
    on.strokeStyle = colour;
    on.lineWidth = 1.3;
    on.stroke();
  }
  paintNames(brush, row, flags, look);
}

function addTriangle(on: Brush['on'], x: number, top: number, beyond: Flag['beyond']): void {
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

/** From a triangle's middle to the name beside it. */
const BESIDE = 7;

/** Names beside the triangles as far as they have room, at the right if they can; what is committed is named first. */
function paintNames({ on, palette }: Brush, row: Row, flags: readonly Flag[], look: LaneLook): void {
  on.font = `600 ${NAME_SIZE}px ${palette.font}`;
  on.textAlign = 'left';
  const taken: (readonly [from: number, to: number])[] = flags.map(({ x }) => [x - BESIDE + 1, x + BESIDE - 1]);
  const isFree = (from: number, width: number) =>
    from > row.left - 40 && from + width < row.right + 36 && !taken.some(([begin, end]) => from < end && from + width > begin);
  const rank = ({ pointer }: Flag) => (pointer.kind === 'committed' ? 0 : 1);
  for (const { pointer, x } of [...flags].sort((a, b) => rank(a) - rank(b) || a.x - b.x)) {
    const { name, colour } = look.reader(pointer.reader);
    const { width } = on.measureText(name);
    const from = [x + BESIDE, x - BESIDE - width].find((place) => isFree(place, width));
    if (from === undefined) continue;
    taken.push([from - AIR, from + width + AIR]);
    on.fillStyle = palette.messages[colour] as string;
    on.fillText(name, from, row.top + LANES.cellHeight + 10);
  }
}
