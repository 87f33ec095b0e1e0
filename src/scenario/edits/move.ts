import type { PartId } from '../../base/index.ts';
import { rectOf } from '../geometry.ts';
import type { Part, Run, Scenario } from '../types.ts';
import type { PartKind, Vocabulary } from '../vocabulary.ts';
import type { EditContext, Edited } from './context.ts';
import { partOf, refuse, without } from './context.ts';
import { brokenLines } from './lines.ts';
import { besides, coordinate, freeName } from './parts.ts';
import { contains, holding, homeOf, regionAt } from './regions.ts';
import { edit } from './settle.ts';

/** Where a part's middle is to be. */
export interface Move {
  readonly id: PartId;
  readonly x: number;
  readonly y: number;
}

/**
 * Moves several parts at once. A region takes along what it holds. A place dropped in another region that can hold it
 * changes over to it, and loses the lines that mean nothing there; dropped outside all, its own region grows. A node
 * joins the container that it is dropped in, and dropped outside all it stands alone.
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
    const kind = vocabulary.parts.get(part.kind);
    const holder = homeOf(kind);
    if (!kind || holder === undefined || !moved.has(part.id) || (part.parent !== undefined && moved.has(part.parent))) continue;
    // The border as it was: the region must not grow towards the place before we ask whether it left.
    const home = part.parent === undefined ? undefined : partOf(before, part.parent);
    if (home && contains(rectOf(home, 'region'), part)) continue;
    const other = regionAt(result, holder, part, (region) => rectOf(region, 'region'));
    if (other?.id === part.parent || (!other && kind.inside !== undefined)) continue;
    changed.add(part.id);
    const rehomedPart = inRegion(result, part, other?.id, kind, vocabulary);
    result = { ...result, parts: result.parts.map((p) => (p.id === part.id ? rehomedPart : p)) };
  }
  if (changed.size > 0) result = without(result, brokenLines(result, changed, context));
  return holding(result, [...moved], vocabulary);
}

/** The name stays, unless the new node has that already. */
function inRegion(
  scenario: Scenario,
  { parent: _, ...part }: Part,
  parent: PartId | undefined,
  kind: PartKind,
  vocabulary: Vocabulary,
): Part {
  const isBeside = besides(vocabulary, kind.kind, parent);
  // What stands there because of it makes room for it.
  const own = (vocabulary.companions?.(scenario, true) ?? []).filter(({ of }) => of === part.id);
  const isOwn = (other: Part) => own.some(({ kind: one, parent: there }) => other.kind === one && other.parent === there);
  const isTaken = scenario.parts.some((other) => other.id !== part.id && other.name === part.name && isBeside(other) && !isOwn(other));
  const name = isTaken ? freeName(scenario, vocabulary, kind, parent) : part.name;
  return { ...part, name, ...(parent !== undefined && { parent }) };
}
