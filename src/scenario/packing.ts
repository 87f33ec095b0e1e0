/** Distances in canvas pixels; all are whole steps of the editor's grid of 8. */
const GRID = 8;
const ROW = 104;
const COLUMN = 256;
/** From an exchange's middle to that of its first queues: room for a binding's key. */
const REACH = 288;
/** Between blocks of an exchange and its queues. */
const GAP = { x: 96, y: 32 };
/** From the region's edges to the middles of the outermost shapes. */
const EDGE = { left: 120, right: 128, top: 104, bottom: 96 };
/** A screen is about this much wider than high. */
const ASPECT = 1.6;
const HEIGHT_MIN = 720;
/** Up to here a drawing may be as wide as it likes. */
const WIDTH_MIN = 1_600;
const HIGHER = 1.15;
/** Width of a queue. */
const SHAPE = 176;

export interface LaidOut {
  /** Middles by name of the node, from the region's upper left corner at (0, 0). */
  readonly at: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly width: number;
  readonly height: number;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
}

interface Block {
  readonly hub: string | undefined;
  readonly leaves: string[];
}

/**
 * Places exchanges and queues so that what belongs together stands together: each exchange at the left of the queues it
 * alone, or it first, binds; exchanges in the order of the messages' way. Linear in nodes and edges, so that a broker of
 * thousands of queues takes no longer to place than to read.
 */
export function layOut(hubs: readonly string[], leaves: readonly string[], edges: readonly LayoutEdge[]): LaidOut {
  const blocks = blocksOf(hubs, leaves, edges);
  const area = blocks.reduce((sum, block) => sum + areaOf(block), 0);
  let height = Math.max(HEIGHT_MIN, Math.sqrt(area / ASPECT));
  let packed = pack(blocks, height);
  // How much room strips waste shows only when they are packed; each try is higher, so that few are needed.
  while (packed.width > ASPECT * packed.height && packed.width > WIDTH_MIN && height < packed.width) {
    height *= HIGHER;
    packed = pack(blocks, height);
  }
  return packed;
}

/** Puts blocks below one another in strips of this height, and strips beside one another. */
function pack(blocks: readonly Block[], height: number): LaidOut {
  const at = new Map<string, { x: number; y: number }>();
  let left = EDGE.left;
  let top = EDGE.top;
  let strip = 0;
  let right = 0;
  let bottom = 0;
  for (const block of blocks) {
    const rows = rowsOf(block, height);
    const blockHeight = rows * ROW;
    if (top > EDGE.top && top + blockHeight > EDGE.top + height) {
      left += strip + GAP.x;
      top = EDGE.top;
      strip = 0;
    }
    const width = place(block, rows, left, top, at);
    strip = Math.max(strip, width + SHAPE);
    right = Math.max(right, left + width);
    bottom = Math.max(bottom, top + blockHeight - ROW);
    top += blockHeight + GAP.y;
  }
  return { at, width: even(Math.max(400, right + EDGE.right)), height: even(Math.max(304, bottom + EDGE.bottom)) };
}

/** Places one block; returns how far its rightmost middle is from its leftmost. */
function place({ hub, leaves }: Block, rows: number, left: number, top: number, at: Map<string, { x: number; y: number }>): number {
  const reach = hub === undefined ? 0 : REACH;
  if (hub !== undefined) at.set(hub, { x: left, y: snap(top + ((rows - 1) * ROW) / 2) });
  leaves.forEach((leaf, i) => {
    // One column after the other, so that neighbours in the file are neighbours here.
    at.set(leaf, { x: left + reach + Math.floor(i / rows) * COLUMN, y: top + (i % rows) * ROW });
  });
  const columns = Math.ceil(leaves.length / rows);
  return columns === 0 ? 0 : reach + (columns - 1) * COLUMN;
}

function areaOf(block: Block): number {
  return Math.max(1, block.leaves.length) * ROW * COLUMN + (block.hub === undefined ? 0 : ROW * REACH);
}

/** A few queues stand in one column; many in a field about as high as wide. */
function rowsOf({ leaves }: Block, height: number): number {
  const most = Math.max(1, Math.floor(height / ROW));
  return Math.max(1, Math.min(leaves.length, most, Math.max(6, Math.ceil(Math.sqrt(leaves.length * (COLUMN / ROW))))));
}

function blocksOf(hubs: readonly string[], leaves: readonly string[], edges: readonly LayoutEdge[]): readonly Block[] {
  const blocks = new Map<string, Block>(inOrder(hubs, edges).map((hub) => [hub, { hub, leaves: [] }]));
  const fanOut = new Map<string, number>();
  for (const { from } of edges) fanOut.set(from, (fanOut.get(from) ?? 0) + 1);
  // The exchange with the fewest bindings has the best claim to a queue.
  const owner = new Map<string, string>();
  for (const { from, to } of edges) {
    const before = owner.get(to);
    if (before === undefined || (fanOut.get(from) ?? 0) < (fanOut.get(before) ?? 0)) owner.set(to, from);
  }
  const alone: Block = { hub: undefined, leaves: [] };
  for (const leaf of leaves) (blocks.get(owner.get(leaf) ?? '') ?? alone).leaves.push(leaf);
  return [...blocks.values(), ...(alone.leaves.length > 0 ? [alone] : [])];
}

/** Exchanges that bind others before those they bind (Kahn's order); cycles come last, as in the file. */
function inOrder(hubs: readonly string[], edges: readonly LayoutEdge[]): readonly string[] {
  const known = new Set(hubs);
  const next = new Map<string, string[]>();
  const waits = new Map<string, number>();
  for (const { from, to } of edges) {
    if (!known.has(to) || !known.has(from) || from === to) continue;
    const list = next.get(from);
    if (list) list.push(to);
    else next.set(from, [to]);
    waits.set(to, (waits.get(to) ?? 0) + 1);
  }
  const order = hubs.filter((hub) => !waits.has(hub));
  for (const hub of order) {
    for (const to of next.get(hub) ?? []) {
      const left = (waits.get(to) ?? 0) - 1;
      waits.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  const placed = new Set(order);
  return [...order, ...hubs.filter((hub) => !placed.has(hub))];
}

function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}

/** A region's middle is a whole number of pixels. */
function even(value: number): number {
  return Math.ceil(value / 2) * 2;
}
