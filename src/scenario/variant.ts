import type { Json } from '../base/index.ts';
import { sameJson } from './same.ts';
import type { Config, Line, Part, Run, Scenario, Variant } from './types.ts';

/**
 * The scenario with the variant's differences. A variant's part or line with an id of the scenario stands in its
 * place; places and lines that have lost what they hang on go with it, so that the result never dangles.
 */
export function applyVariant(base: Scenario, variant: Variant): Scenario {
  const without = new Set(variant.without);
  const parts = withParents(merge(base.parts, variant.parts, without, variant.configs));
  const ids = new Set(parts.map((part) => part.id));
  const lines = merge(base.lines, variant.lines, without, variant.configs).filter((line) => ids.has(line.from) && ids.has(line.to));
  return { ...base, title: variant.title, parts, lines };
}

/**
 * How another scenario differs. Settings and introduction are shared by both sides, so they are not looked at; nor is
 * the order of what both have.
 */
export function diffScenario(base: Scenario, other: Scenario): Variant {
  const configs: [string, Config][] = [];
  const parts = different(base.parts, other.parts, configs);
  const lines = different(base.lines, other.lines, configs);
  const there = new Set([...other.parts, ...other.lines].map((thing) => thing.id));
  // What hangs on a part that is away goes with it and need not be named.
  const away = new Set(base.parts.filter((part) => !there.has(part.id)).map((part) => part.id));
  const without = [
    ...base.parts.filter((part) => away.has(part.id) && !(part.parent !== undefined && away.has(part.parent))),
    ...base.lines.filter((line) => !there.has(line.id) && !away.has(line.from) && !away.has(line.to)),
  ].map((thing) => thing.id);
  return { title: other.title, configs: Object.fromEntries(configs), without, parts, lines };
}

/** The runs that playback drives: one, or two with the variant applied. Both suffer the same interventions, as far as they have their targets. */
export function sidesOf(run: Run): readonly Run[] {
  const { variant, ...alone } = run;
  const first = withTargets(alone);
  return variant ? [first, withTargets({ ...alone, scenario: applyVariant(run.scenario, variant) })] : [first];
}

/** What a field-by-field change leads from one configuration to the other; null puts a field back to its default. */
export function changedFields(from: Config, to: Config): Config {
  const changes: [string, Json][] = [];
  // In the order that applying them again leads to, so that the same difference is always written the same way.
  for (const [name, value] of Object.entries(from)) {
    if (!Object.hasOwn(to, name)) changes.push([name, null]);
    else if (!sameJson(value, to[name])) changes.push([name, to[name] as Json]);
  }
  for (const [name, value] of Object.entries(to)) if (!Object.hasOwn(from, name)) changes.push([name, value]);
  return Object.fromEntries(changes);
}

/** The configuration with changes laid over it; null takes a field out. */
export function applyChanges(config: Config, changes: Config): Config {
  const fields = new Map(Object.entries(config));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) fields.delete(name);
    else fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

function merge<T extends Part | Line>(
  base: readonly T[],
  own: readonly T[],
  without: ReadonlySet<string>,
  configs: Variant['configs'],
): readonly T[] {
  const instead = new Map(own.map((thing) => [thing.id, thing]));
  const kept = base
    .filter((thing) => !without.has(thing.id))
    .map((thing) => {
      const other = instead.get(thing.id);
      if (other) return other;
      const changes = Object.hasOwn(configs, thing.id) ? configs[thing.id] : undefined;
      return changes ? { ...thing, config: applyChanges(thing.config, changes) } : thing;
    });
  const ids = new Set(kept.map((thing) => thing.id));
  return [...kept, ...own.filter((thing) => !ids.has(thing.id))];
}

function withParents(parts: readonly Part[]): readonly Part[] {
  const nodes = new Set(parts.filter((part) => part.parent === undefined).map((part) => part.id));
  return parts.filter((part) => part.parent === undefined || nodes.has(part.parent));
}

function different<T extends Part | Line>(base: readonly T[], other: readonly T[], configs: [string, Config][]): readonly T[] {
  const before = new Map(base.map((thing) => [thing.id, thing]));
  return other.filter((thing) => {
    const old = before.get(thing.id);
    if (!old || !sameJson({ ...old, config: {} }, { ...thing, config: {} } as Json)) return true;
    const changes = changedFields(old.config, thing.config);
    if (Object.keys(changes).length > 0) configs.push([thing.id, changes]);
    return false;
  });
}

function withTargets(run: Run): Run {
  const ids = new Set([...run.scenario.parts, ...run.scenario.lines].map((thing) => thing.id));
  const interventions = run.interventions.filter((i) => ids.has(i.target));
  return interventions.length === run.interventions.length ? run : { ...run, interventions };
}
