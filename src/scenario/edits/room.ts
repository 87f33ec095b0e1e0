import type { PartId } from '../../base/index.ts';
import { type Rect, rectOf } from '../geometry.ts';
import type { Part, Scenario } from '../types.ts';
import type { PartKind, Vocabulary } from '../vocabulary.ts';

/** Room that parts keep to one another, where they had it. */
const GAP = 40;
/** Between what a region holds and its lower right corner. */
const MARGIN = { right: 24, bottom: 40 };
/** In a container stand nodes, whose names and states are under them and wider than themselves. */
const CONTAINER_MARGIN = { right: 48, bottom: 56 };

function rectIn(part: Part, vocabulary: Vocabulary): Rect {
  return rectOf(part, vocabulary.parts.get(part.kind) ?? 'rail');
}

/**
 * Room for parts that have come or grown to the right and downwards: in their region what stood clear of them moves on, the region
 * grows to hold all of it, and so do its neighbours make room. `before` is the drawing in which everything had its place.
 */
export function withRoom(before: Scenario, scenario: Scenario, ids: readonly PartId[], vocabulary: Vocabulary): Scenario {
  const old = new Map(before.parts.map((part) => [part.id, rectIn(part, vocabulary)]));
  let result = scenario;
  for (const id of ids) {
    const part = result.parts.find((one) => one.id === id);
    const was = old.get(id);
    if (part && was) result = pushed(result, part, was, vocabulary);
  }
  const wanted = new Set(ids.flatMap((id) => result.parts.find((part) => part.id === id)?.parent ?? []));
  for (const id of wanted) result = grownRegion(result, id, vocabulary);
  for (const id of wanted) {
    const region = result.parts.find((part) => part.id === id);
    const was = old.get(id);
    if (region && was) result = pushed(result, region, was, vocabulary);
  }
  return result;
}

/** The region with its upper left corner where it was, and large enough. */
function grownRegion(scenario: Scenario, id: PartId, vocabulary: Vocabulary): Scenario {
  const region = scenario.parts.find((part) => part.id === id);
  const kind: PartKind | undefined = region && vocabulary.parts.get(region.kind);
  if (!region || kind?.shape !== 'region') return scenario;
  const margin = kind.role === 'container' ? CONTAINER_MARGIN : MARGIN;
  const box = rectOf(region, 'region');
  const held = scenario.parts.filter((part) => part.parent === id).map((part) => rectIn(part, vocabulary));
  const right = Math.max(box.x + box.width, ...held.map((rect) => rect.x + rect.width + margin.right));
  const bottom = Math.max(box.y + box.height, ...held.map((rect) => rect.y + rect.height + margin.bottom));
  // Even sizes, so that the middle is a whole number.
  const width = 2 * Math.ceil((right - box.x) / 2);
  const height = 2 * Math.ceil((bottom - box.y) / 2);
  if (width === box.width && height === box.height) return scenario;
  const grown = { ...region, x: Math.round(box.x + width / 2), y: Math.round(box.y + height / 2), width, height };
  return { ...scenario, parts: scenario.parts.map((part) => (part === region ? grown : part)) };
}

interface Shift {
  readonly dx: number;
  readonly dy: number;
}

/** Moves what a part that was as large as `was` would now cover, and what that would cover in turn. */
function pushed(scenario: Scenario, first: Part, was: Rect, vocabulary: Vocabulary): Scenario {
  const others = scenario.parts.filter((part) => part.parent === first.parent && part.id !== first.id);
  const shifts = new Map<PartId, Shift>();
  const queue = [{ before: was, after: rectIn(first, vocabulary) }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const other of others) {
      if (shifts.has(other.id)) continue;
      const rect = rectIn(other, vocabulary);
      const shift = shiftFor(rect, next.before, next.after);
      if (!shift) continue;
      shifts.set(other.id, shift);
      queue.push({ before: rect, after: { ...rect, x: rect.x + shift.dx, y: rect.y + shift.dy } });
    }
  }
  if (shifts.size === 0) return scenario;
  const parts = scenario.parts.map((part) => {
    const shift = shifts.get(part.id) ?? (part.parent === undefined ? undefined : shifts.get(part.parent));
    return shift ? { ...part, x: Math.round(part.x + shift.dx), y: Math.round(part.y + shift.dy) } : part;
  });
  return { ...scenario, parts };
}

/** How far a neighbour goes on so that it keeps its distance, but no more than is usual; undefined when it need not. */
function shiftFor(rect: Rect, before: Rect, after: Rect): Shift | undefined {
  const below = rect.y - (before.y + before.height);
  const beside = rect.x - (before.x + before.width);
  const down = after.y + after.height + Math.min(GAP, below) - rect.y;
  const right = after.x + after.width + Math.min(GAP, beside) - rect.x;
  const isUnder = rect.x < after.x + after.width && after.x < rect.x + rect.width;
  const isLevel = rect.y < after.y + after.height && after.y < rect.y + rect.height;
  if (below >= 0 && isUnder && down > 0 && !(beside >= 0 && right < down)) return { dx: 0, dy: down };
  if (beside >= 0 && isLevel && right > 0) return { dx: right, dy: 0 };
  return undefined;
}
