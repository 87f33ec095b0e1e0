import type { PartId } from '../../base/index.ts';
import { freshIds, scenarioOf } from '../run.ts';
import type { Line, Part, Run, Scenario } from '../types.ts';
import { closureOf, type EditContext, type Edited, partOf, refuse } from './context.ts';
import { besides, coordinate, freeName } from './parts.ts';
import { holding } from './regions.ts';
import { withRoom } from './room.ts';
import { edit, scenarioAt } from './settle.ts';

/** Parts with the lines between them: what the clipboard holds, as JSON. */
export interface Fragment {
  readonly format: typeof FORMAT;
  readonly parts: readonly Part[];
  readonly lines: readonly Line[];
}
export const FORMAT = 'queuescope/fragment';

/** How far a copy lies from its original, in canvas pixels. */
export const OFFSET = 32;

/** The parts with what is inside them and the lines between them, as they are at that time. */
export function copy(run: Run, context: EditContext, ids: readonly string[]): Fragment {
  const scenario = scenarioAt(scenarioOf(run, context.side), run.interventions, context);
  const closure = closureOf(scenario, ids);
  const parts = scenario.parts.filter((part) => closure.has(part.id));
  const there = new Set(parts.map((part) => part.id));
  return { format: FORMAT, parts, lines: scenario.lines.filter((line) => there.has(line.from) && there.has(line.to)) };
}

/** Copies beside their originals, with the lines between them. */
export function duplicate(run: Run, context: EditContext, ids: readonly string[]): Edited<Run> {
  return insert(run, context, copy(run, context, ids), { dx: OFFSET, dy: OFFSET });
}

/** Adds parts and lines under new ids and free names. What they refer to among themselves stays among themselves. */
export function insert(
  run: Run,
  context: EditContext,
  fragment: Pick<Fragment, 'parts' | 'lines'>,
  shift: { readonly dx: number; readonly dy: number },
): Edited<Run> {
  if (fragment.parts.length === 0) return { ok: true, value: run };
  const fresh = freshIds(run);
  const ids = new Map([
    ...fragment.parts.map((part) => [part.id, fresh('p')] as const),
    ...fragment.lines.map((line) => [line.id, fresh('l')] as const),
  ]);
  return edit(run, context, (scenario) => {
    let result: Scenario = scenario;
    // Nodes first, so that their places find them.
    for (const part of fragment.parts.toSorted((a, b) => Number(a.parent !== undefined) - Number(b.parent !== undefined))) {
      const parent = part.parent === undefined ? undefined : (ids.get(part.parent) ?? part.parent);
      if (parent !== undefined && !partOf(result, parent)) return refuse(part.id, 'edit.noParent', { remedy: 'edit.addParent' });
      result = { ...result, parts: [...result.parts, placed(result, part, ids.get(part.id) as string, parent, shift, context)] };
    }
    const lines = fragment.lines.map((line) => ({
      ...line,
      id: ids.get(line.id) as string,
      from: ids.get(line.from) ?? line.from,
      to: ids.get(line.to) ?? line.to,
    }));
    result = { ...result, lines: [...result.lines, ...lines] };
    const held = holding(result, [...ids.values()], context.vocabulary);
    return { ok: true, value: withRoom(scenario, held, [...ids.values()], context.vocabulary) };
  });
}

function placed(
  scenario: Scenario,
  part: Part,
  id: string,
  parent: PartId | undefined,
  { dx, dy }: { readonly dx: number; readonly dy: number },
  { vocabulary }: EditContext,
): Part {
  const isBeside = besides(vocabulary, part.kind, parent);
  const isTaken = scenario.parts.some((other) => other.name === part.name && isBeside(other));
  const nameStem = vocabulary.parts.get(part.kind)?.nameStem ?? part.name;
  const name = isTaken ? freeName(scenario, vocabulary, { kind: part.kind, nameStem }, parent) : part.name;
  const { parent: _, ...rest } = part;
  return { ...rest, id, name, x: coordinate(part.x + dx), y: coordinate(part.y + dy), ...(parent !== undefined && { parent }) };
}
