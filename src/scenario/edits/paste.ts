import * as v from 'valibot';
import { fail, type PartId } from '../../base/index.ts';
import { Builder } from '../build.ts';
import { problemsOf } from '../parse.ts';
import { scenarioOf } from '../run.ts';
import { LINES, PARTS, record } from '../shapes.ts';
import type { Part, Run } from '../types.ts';
import { FORMAT, insert, OFFSET } from './clipboard.ts';
import { type EditContext, type Edited, refuse } from './context.ts';
import { homeOf } from './regions.ts';

const FRAGMENT = record({ format: v.literal(FORMAT, 'clipboard.foreign'), parts: PARTS, lines: LINES });

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

/** A place that came without its node: into the wanted node, the one of that id, or the first that can hold it. A node: into its container, if that is here. */
function adopted<P extends { readonly id: string; readonly kind: string; readonly parent?: string }>(
  part: P,
  own: ReadonlySet<string>,
  there: readonly Part[],
  home: Part | undefined,
  { vocabulary }: EditContext,
): P {
  const kind = vocabulary.parts.get(part.kind);
  const holder = homeOf(kind);
  if (holder === undefined || part.parent === undefined || own.has(part.parent)) return part;
  const able = there.filter((other) => other.kind === holder);
  const found = able.find((other) => other.id === home?.id) ?? able.find((other) => other.id === part.parent);
  if (found || kind?.inside !== undefined) return { ...part, parent: (found ?? able[0])?.id ?? part.parent };
  // A node without its container stands alone.
  const { parent: _, ...alone } = part;
  return alone as P;
}

function middleOf(parts: readonly Part[]): { readonly x: number; readonly y: number } | undefined {
  if (parts.length === 0) return undefined;
  const xs = parts.map((part) => part.x);
  const ys = parts.map((part) => part.y);
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 };
}
