import type { Micros, PartId, Result } from '../../base/index.ts';
import { fail } from '../../base/index.ts';
import { checkConfig, dropDefaults } from '../check.ts';
import type { FieldTable } from '../fields.ts';
import type { Side } from '../run.ts';
import type { Config, Line, Part, Problem, Scenario } from '../types.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** When and where an edit is made. */
export interface EditContext {
  readonly vocabulary: Vocabulary;
  /**
   * 0: from the start, the document changes. Later: what was there before stays as it was, and the edit becomes a
   * join, a leave or a reconfiguration at that time.
   */
  readonly at: Micros;
  /** 'b' edits the variant. What both sides share can only differ from the start on, since both suffer the same interventions. */
  readonly side: Side;
}

export type Edited<T, E = Problem> = Result<T, E>;

export function refuse(
  where: string,
  key: string,
  more: Pick<Problem, 'remedy' | 'args' | 'field'> = {},
): { readonly ok: false; readonly error: Problem } {
  return { ok: false, error: { where, key, ...more } };
}

export function partOf(scenario: Scenario, id: PartId): Part | undefined {
  return scenario.parts.find((part) => part.id === id);
}

export function lineOf(scenario: Scenario, id: string): Line | undefined {
  return scenario.lines.find((line) => line.id === id);
}

/** The field table of a kind of part or line; an empty one for a kind that nobody knows. */
export function fieldsOf(vocabulary: Vocabulary, kind: string): FieldTable {
  return vocabulary.parts.get(kind)?.fields ?? vocabulary.lines.get(kind)?.fields ?? [];
}

/** The configuration in the one way to write it, or the first thing that is wrong with it. */
export function checkedConfig(table: FieldTable, where: string, config: Config): Edited<Config> {
  const problem = checkConfig(table, config)[0];
  if (problem) return fail({ where, ...problem });
  return { ok: true, value: dropDefaults(table, config) };
}

/** The things with all that hangs on them: places inside a node, lines that end there. */
export function closureOf(scenario: Scenario, ids: Iterable<string>): ReadonlySet<string> {
  const closure = new Set(ids);
  for (const part of scenario.parts) if (part.parent !== undefined && closure.has(part.parent)) closure.add(part.id);
  for (const line of scenario.lines) if (closure.has(line.from) || closure.has(line.to)) closure.add(line.id);
  return closure;
}

export function without(scenario: Scenario, ids: ReadonlySet<string>): Scenario {
  return {
    ...scenario,
    parts: scenario.parts.filter((part) => !ids.has(part.id)),
    lines: scenario.lines.filter((line) => !ids.has(line.id)),
  };
}
