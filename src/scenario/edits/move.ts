import type { PartId } from '../../base/index.ts';
import { rectOf } from '../geometry.ts';
import type { Part, Run, Scenario } from '../types.ts';
import type { EditContext, Edited } from './context.ts';
import { partOf, refuse, without } from './context.ts';
import { brokenLines } from './lines.ts';
import { coordinate, freeName } from './parts.ts';
import { contains, holding, regionAt } from './regions.ts';
import { edit } from './settle.ts';

/** Where a part's middle is to be. */
export interface Move {
  readonly id: PartId;
  readonly x: number;
  readonly y: number;
}

/**
 * Moves several parts at once. A region takes its places along. A place dropped in another region that can hold it
 * changes over to it, and loses the lines that mean nothing there; dropped outside all, its own region grows.
 */
export function move(run: Run, context: EditContext, moves: readonly Move[]): Edited<Run> {
  return edit(run, context, (scenario) => {
    const gone = moves.find((one) => !partOf(scenario, one.id));
    if (gone) return refuse(gone.id, 'edit.gone');
    const moved = shifted(scenario, moves);
    if (moved === scenario) return { ok: true, value: scenario };
    return { ok: true, value: rehomed(scenario, moved, new Set(moves.map((one) => one.id)), context) };
  });
}

function shifted(scenario: Scenario, moves: readonly Move[]): Scenario {
  const targets = new Map(moves.map((one) => [one.id, { x: coordinate(one.x), y: coordinate(one.y) }]));
  const by = new Map<PartId, { readonly dx: number; readonly dy: number }>();
  for (const part of scenario.parts) {
    const target = targets.get(part.id);
    if (target) by.set(part.id, { dx: target.x - part.x, dy: target.y - part.y });
  }
  const parts = scenario.parts.map((part) => {
    const shift = by.get(part.id) ?? (part.parent === undefined ? undefined : by.get(part.parent));
    if (!shift || (shift.dx === 0 && shift.dy === 0)) return part;
    return { ...part, x: coordinate(part.x + shift.dx), y: coordinate(part.y + shift.dy) };
  });
  return parts.every((part, i) => part === scenario.parts[i]) ? scenario : { ...scenario, parts };
}

function rehomed(before: Scenario, scenario: Scenario, moved: ReadonlySet<PartId>, context: EditContext): Scenario {
  const { vocabulary } = context;
  const changed = new Set<PartId>();
  let result = scenario;
  for (const part of scenario.parts) {
    const inside = vocabulary.parts.get(part.kind)?.inside;
    if (inside === undefined || part.parent === undefined || !moved.has(part.id) || moved.has(part.parent)) continue;
    // The border as it was: the region must not grow towards the place before we ask whether it left.
    const home = partOf(before, part.parent);
    if (home && contains(rectOf(home, 'region'), part)) continue;
    const other = regionAt(result, inside, part, (region) => rectOf(region, 'region'));
    if (!other || other.id === part.parent) continue;
    changed.add(part.id);
    result = {
      ...result,
      parts: result.parts.map((p) => (p.id === part.id ? inRegion(result, part, other.id, vocabulary.parts.get(part.kind)?.nameStem) : p)),
    };
  }
  if (changed.size > 0) result = without(result, brokenLines(result, changed, context));
  return holding(result, [...moved], vocabulary);
}

/** The name stays, unless the new node has that already. */
function inRegion(scenario: Scenario, part: Part, parent: PartId, stem = part.name): Part {
  const isTaken = scenario.parts.some((other) => other.parent === parent && other.name === part.name);
  return { ...part, parent, name: isTaken ? freeName(scenario, stem, parent) : part.name };
}
