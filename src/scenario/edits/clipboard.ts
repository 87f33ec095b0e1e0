import * as v from 'valibot';
import { fail, type PartId } from '../../base/index.ts';
import { Builder } from '../build.ts';
import { problemsOf } from '../parse.ts';
import { freshIds, scenarioOf } from '../run.ts';
import { LINES, PARTS, record } from '../shapes.ts';
import type { Line, Part, Run, Scenario } from '../types.ts';
import { closureOf, type EditContext, type Edited, partOf, refuse } from './context.ts';
import { coordinate, freeName } from './parts.ts';
import { holding } from './regions.ts';
import { edit, scenarioAt } from './settle.ts';

/** Parts with the lines between them: what the clipboard holds, as JSON. */
export interface Fragment {
  readonly format: typeof FORMAT;
  readonly parts: readonly Part[];
  readonly lines: readonly Line[];
}
const FORMAT = 'queuescope/fragment';
const FRAGMENT = record({ format: v.literal(FORMAT, 'clipboard.foreign'), parts: PARTS, lines: LINES });

/** How far a copy lies from its original, in canvas pixels. */
const OFFSET = 32;

/** The parts with what is inside them and the lines between them, as they are at that time. */
export function copy(run: Run, context: EditContext, ids: readonly string[]): Fragment {
  const scenario = scenarioAt(scenarioOf(run, context.side), run.interventions, context);
  const closure = closureOf(scenario, ids);
  const parts = scenario.parts.filter((part) => closure.has(part.id));
  const there = new Set(parts.map((part) => part.id));
  return { format: FORMAT, parts, lines: scenario.lines.filter((line) => there.has(line.from) && there.has(line.to)) };
}

/**
 * Puts in what the clipboard holds, which anyone may have written. `to` is where its middle is to be; without it the
 * copies lie a little beside the originals. A place without its node goes to `parent`, else to the node it came from.
 */
export function paste(
  run: Run,
  context: EditContext,
  json: unknown,
  options: { readonly to?: { readonly x: number; readonly y: number }; readonly parent?: PartId } = {},
): Edited<Run> {
  const shape = v.safeParse(FRAGMENT, json);
  if (!shape.success) {
    const [problem] = problemsOf(shape.issues, json);
    return problem && problem.key !== 'document.missing' ? fail(problem) : refuse('', 'clipboard.foreign');
  }
  const { parts, lines } = shape.output;
  const there = scenarioOf(run, context.side).parts;
  const own = new Set(parts.map((part) => part.id));
  const home = options.parent === undefined ? undefined : there.find((part) => part.id === options.parent);
  const homed = parts.map((part) => adopted(part, own, there, home, context));
  const builder = new Builder(context.vocabulary);
  builder.unique([...parts, ...lines]);
  const around = [...there.filter((part) => !own.has(part.id)), ...homed.filter((part) => own.has(part.id))];
  const fragment = { parts: builder.parts(homed, around), lines: builder.lines(lines, homed) };
  const problem = builder.problems[0];
  if (problem) return fail(problem);
  const middle = middleOf(fragment.parts);
  const shift = options.to && middle ? { dx: options.to.x - middle.x, dy: options.to.y - middle.y } : { dx: OFFSET, dy: OFFSET };
  return insert(run, context, fragment, shift);
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
    return { ok: true, value: holding(result, [...ids.values()], context.vocabulary) };
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
  const isTaken = scenario.parts.some((other) => other.parent === parent && other.name === part.name);
  const name = isTaken ? freeName(scenario, vocabulary.parts.get(part.kind)?.nameStem ?? part.name, parent) : part.name;
  const { parent: _, ...rest } = part;
  return { ...rest, id, name, x: coordinate(part.x + dx), y: coordinate(part.y + dy), ...(parent !== undefined && { parent }) };
}

/** A place that came without its node: into the wanted node, the one of that id, or the first that can hold it. */
function adopted<P extends { readonly id: string; readonly kind: string; readonly parent?: string }>(
  part: P,
  own: ReadonlySet<string>,
  there: readonly Part[],
  home: Part | undefined,
  { vocabulary }: EditContext,
): P {
  const inside = vocabulary.parts.get(part.kind)?.inside;
  if (inside === undefined || part.parent === undefined || own.has(part.parent)) return part;
  const able = there.filter((other) => other.kind === inside);
  const parent = able.find((other) => other.id === home?.id) ?? able.find((other) => other.id === part.parent) ?? able[0];
  return parent ? { ...part, parent: parent.id } : part;
}

function middleOf(parts: readonly Part[]): { readonly x: number; readonly y: number } | undefined {
  if (parts.length === 0) return undefined;
  const xs = parts.map((part) => part.x);
  const ys = parts.map((part) => part.y);
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 };
}
