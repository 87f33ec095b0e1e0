import * as v from 'valibot';
import { fail, type Micros, ok, type Result } from '../base/index.ts';
import { Builder } from './build.ts';
import { checkedDeed } from './deeds.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import { type RawRun, type RawScenario, type RawVariant, RUN } from './shapes.ts';
import type { Config, Intervention, Line, Part, Problem, Run, Scenario, Settings, Variant } from './types.ts';
import { applyVariant, diffScenario } from './variant.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * A run from data that nobody vouches for. It is rebuilt from the schema, piece by piece; what is not understood is
 * refused with where and what. What the protocols themselves say about the drawing (`Vocabulary.check`) is not asked
 * here: a drawing that can't run yet can still be kept and edited.
 */
export function parseRun(json: unknown, vocabulary: Vocabulary): Result<Run, readonly Problem[]> {
  const shape = v.safeParse(RUN, json);
  if (!shape.success) return fail(problemsOf(shape.issues, json));
  const raw = shape.output;
  const builder = new Builder(vocabulary);
  const scenario = buildScenario(builder, raw.scenario);
  const variant = raw.variant && buildVariant(builder, raw.scenario, scenario, raw.variant, vocabulary);
  // What a broken document's interventions aim at can't be said well.
  if (builder.problems.length > 0) return fail(builder.problems);
  const interventions = buildInterventions(builder, raw.interventions, scenario, variant, vocabulary);
  if (builder.problems.length > 0) return fail(builder.problems);
  return ok({ scenario, seed: raw.seed, engine: raw.engine, interventions, ...(variant && { variant }) });
}

/** What the schema found, in our words. */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[], json: unknown): readonly Problem[] {
  return issues.slice(0, DOCUMENT_LIMITS.problems).map((issue) => {
    const path = (issue.path ?? []).map((item) => String(item.key).slice(0, 60));
    const isMissing = issue.received === 'undefined' && issue.message !== 'document.unknownField';
    const key = isMissing ? 'document.missing' : issue.message;
    return { where: idAt(json, path) ?? path.join('.'), key, args: { path: path.join('.') || 'run' } };
  });
}

/** The id of the part or line that a path leads into, if it has a usable one. */
function idAt(json: unknown, path: readonly string[]): string | undefined {
  const depth = path.findLastIndex((name) => name === 'parts' || name === 'lines');
  if (depth < 0 || path.length < depth + 2) return undefined;
  let value: unknown = json;
  for (const name of path.slice(0, depth + 2))
    value = typeof value === 'object' && value !== null ? (value as { [name: string]: unknown })[name] : undefined;
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' && id.length <= DOCUMENT_LIMITS.idLength ? id : undefined;
}

function buildScenario(builder: Builder, raw: RawScenario): Scenario {
  builder.unique([...raw.parts, ...raw.lines]);
  const { latency, hop, until, detect, colourBy } = raw.settings;
  return {
    from: raw.from,
    title: raw.title,
    intro: raw.intro,
    parts: builder.parts(raw.parts, raw.parts),
    lines: builder.lines(raw.lines, raw.parts),
    settings: { latency, hop, until, detect, colourBy } as Settings,
  };
}

function buildVariant(
  builder: Builder,
  base: RawScenario,
  scenario: Scenario,
  raw: RawVariant,
  vocabulary: Vocabulary,
): Variant | undefined {
  builder.unique([...raw.parts, ...raw.lines]);
  const own = new Set(raw.parts.map((part) => part.id));
  const around = [...base.parts.filter((part) => !own.has(part.id)), ...raw.parts];
  const things = new Map<string, Part | Line>([...scenario.parts, ...scenario.lines].map((thing) => [thing.id, thing]));
  const configs: [string, Config][] = [];
  const ids = Object.keys(raw.configs);
  if (ids.length > DOCUMENT_LIMITS.parts + DOCUMENT_LIMITS.lines) {
    builder.say('variant.configs', 'document.tooMany', { path: 'variant.configs' });
    return undefined;
  }
  for (const id of ids) {
    const thing = things.get(id);
    const changes = raw.configs[id];
    if (!thing || typeof changes !== 'object' || changes === null || Array.isArray(changes)) {
      builder.say('variant.configs', 'document.unknownTarget', { target: id.slice(0, 60) });
      continue;
    }
    const table = ('from' in thing ? vocabulary.lines : vocabulary.parts).get(thing.kind)?.fields ?? [];
    configs.push([id, builder.changes(table, id, changes as { readonly [name: string]: unknown })]);
  }
  for (const id of raw.without) if (!things.has(id)) builder.say('variant.without', 'document.unknownTarget', { target: id });
  const parts = builder.parts(raw.parts, around);
  const lines = builder.lines(raw.lines, around);
  const wanted = { title: raw.title, configs: Object.fromEntries(configs), without: raw.without, parts, lines };
  const other = applyVariant(scenario, wanted);
  checkOther(builder, other);
  // The same differences in the one way to write them.
  return diffScenario(scenario, other);
}

function checkOther(builder: Builder, other: Scenario): void {
  builder.unique([...other.parts, ...other.lines]);
  const { parts, lines } = DOCUMENT_LIMITS;
  if (other.parts.length > parts || other.lines.length > lines) builder.say('variant', 'document.tooMany', { path: 'variant' });
}

function buildInterventions(
  builder: Builder,
  raw: RawRun['interventions'],
  scenario: Scenario,
  variant: Variant | undefined,
  vocabulary: Vocabulary,
): readonly Intervention[] {
  const things = new Map<string, Part | Line>();
  const sides = variant ? [applyVariant(scenario, variant), scenario] : [scenario];
  for (const side of sides) for (const thing of [...side.parts, ...side.lines]) things.set(thing.id, thing);
  const built = raw.flatMap(({ at, verb, target, args }, index): Intervention[] => {
    const thing = things.get(target);
    const where = `interventions.${index}`;
    if (!thing) {
      builder.say(where, 'document.unknownTarget', { target });
      return [];
    }
    const checked = checkedDeed(vocabulary, thing, verb, args);
    if (checked.ok) return [{ at: at as Micros, verb, target, args: checked.value }];
    if (!builder.isFull) builder.problems.push({ ...checked.error, where });
    return [];
  });
  // Sorting is stable, so deeds of one time keep their order.
  return built.sort((a, b) => a.at - b.at);
}
