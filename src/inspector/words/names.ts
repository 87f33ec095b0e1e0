import type { JsonObject, LineId, Micros, PartId } from '../../base/index.ts';
import type { Line, Program } from '../../engine/index.ts';
import { withDefaults } from '../../scenario/index.ts';
import { type Chip, code } from './pieces.ts';

/** Lines and reconfigurations of a program by id: looked up for every sentence, worked out once. */
interface Index {
  readonly lines: ReadonlyMap<LineId, Line>;
  readonly changes: ReadonlyMap<string, readonly { readonly at: Micros; readonly args: JsonObject }[]>;
}
const indexes = new WeakMap<Program, Index>();

function indexOf(program: Program): Index {
  let index = indexes.get(program);
  if (!index) {
    const changes = new Map<string, { at: Micros; args: JsonObject }[]>();
    for (const { at, verb, target, args } of program.interventions) {
      if (verb !== 'reconfigure') continue;
      const known = changes.get(target);
      if (known) known.push({ at, args });
      else changes.set(target, [{ at, args }]);
    }
    index = { lines: new Map(program.lines.map((line) => [line.id, line])), changes };
    indexes.set(program, index);
  }
  return index;
}

export function lineOf(program: Program, id: LineId): Line | undefined {
  return indexOf(program).lines.get(id);
}

/** What people call a part; the id where the drawing has lost it. */
export function partName(program: Program, id: PartId): string {
  return program.parts.get(id)?.name || id;
}

export function partChip(program: Program, id: PartId): Chip {
  return { chip: 'part', id, text: partName(program, id) };
}

/** A part where the fact names one, else a name as the simulated system knows it. */
export function partOrName(program: Program, idOrName: string): Chip {
  return program.parts.has(idOrName) ? partChip(program, idOrName) : code(idOrName);
}

/** The settings of a part or line as they were at a time of the run: defaults filled in, reconfigurations applied. */
export function configAt(program: Program, id: PartId | LineId, time: Micros): JsonObject {
  const { lines, changes } = indexOf(program);
  const part = program.parts.get(id);
  const line = lines.get(id);
  const own = part ?? line;
  if (!own) return {};
  const { catalogue } = program;
  const fields = (part ? catalogue.parts.get(own.kind) : catalogue.lines.get(own.kind))?.fields ?? [];
  const changed: { [name: string]: JsonObject[string] } = { ...own.config };
  for (const { at, args } of changes.get(id) ?? []) {
    if (at > time) continue;
    for (const [name, value] of Object.entries(args)) {
      if (value === null) delete changed[name];
      else changed[name] = value as JsonObject[string];
    }
  }
  return withDefaults(fields, changed);
}

/** What a line asks for, as it was at a time: its key or its conditions; undefined when it asks for nothing. */
export function lineCondition(program: Program, id: LineId, time: Micros): string | undefined {
  const config = configAt(program, id, time);
  const headers = config['headers'];
  if (typeof headers === 'object' && headers !== null && Object.keys(headers).length > 0) {
    const conditions = Object.entries(headers).map(([name, value]) => `${name}=${String(value)}`);
    return `${conditions.length > 1 && typeof config['xMatch'] === 'string' ? `${config['xMatch']}: ` : ''}${conditions.join(', ')}`;
  }
  const key = config['key'];
  return typeof key === 'string' ? key : undefined;
}

export function lineChip(program: Program, id: LineId, time: Micros): Chip {
  const line = lineOf(program, id);
  if (!line) return code(id);
  const condition = lineCondition(program, id, time);
  const text = condition ? condition : `${partName(program, line.from)} → ${partName(program, line.to)}`;
  return { chip: 'line', id, text };
}
