import { fail, ok, type Result } from '../base/index.ts';
import { checkConfig, dropDefaults } from './check.ts';
import type { FieldTable } from './fields.ts';
import type { Config, Line, Part, Problem } from './types.ts';
import type { Vocabulary } from './vocabulary.ts';

const NO_FIELDS: FieldTable = [];

/** Deeds that a person can do to this part or line while it runs. */
export function verbsOf(vocabulary: Vocabulary, target: Part | Line): readonly string[] {
  if ('from' in target) {
    const isCuttable = vocabulary.lines.get(target.kind)?.cuttable === true;
    return ['join', 'leave', 'reconfigure', ...(isCuttable ? ['cut', 'heal'] : [])];
  }
  const kind = vocabulary.parts.get(target.kind);
  return ['join', 'leave', 'reconfigure', ...(kind?.role === 'node' ? ['crash', 'restart'] : []), ...(kind?.verbs ?? [])];
}

/** The arguments of a deed in the one way to write them, or why this can't be done to the target. */
export function checkedDeed(vocabulary: Vocabulary, target: Part | Line, verb: string, args: unknown): Result<Config, Problem> {
  if (!verbsOf(vocabulary, target).includes(verb)) return fail({ where: target.id, key: 'deed.impossible', args: { verb } });
  const table = fieldsOfDeed(vocabulary, target, verb);
  const problem = checkConfig(table, args)[0];
  if (problem) return fail({ where: target.id, ...problem });
  // A reconfiguration may put a field back to its default, so there defaults are kept.
  return ok(verb === 'reconfigure' ? inOrder(table, args as Config) : dropDefaults(table, args as Config));
}

/** What the arguments of a deed may hold: changed fields, the message to publish, else nothing. */
export function fieldsOfDeed(vocabulary: Vocabulary, target: Part | Line, verb: string): FieldTable {
  if (verb === 'publish') return vocabulary.messageFields?.(target.kind) ?? NO_FIELDS;
  if (verb !== 'reconfigure') return NO_FIELDS;
  return ('from' in target ? vocabulary.lines : vocabulary.parts).get(target.kind)?.fields ?? NO_FIELDS;
}

/** The fields that are there, in the table's order; records inside lists lose their defaults as everywhere. */
function inOrder(table: FieldTable, args: Config): Config {
  const kept = table.flatMap((field) => {
    if (!Object.hasOwn(args, field.name)) return [];
    const plain = dropDefaults([field], args);
    return [[field.name, (Object.hasOwn(plain, field.name) ? plain : args)[field.name] as Config[string]] as const];
  });
  return Object.fromEntries(kept);
}
