import type { Micros } from '../../base/index.ts';
import { dropDefaults, withDefaults } from '../check.ts';
import { DOCUMENT_LIMITS } from '../limits.ts';
import { scenarioOf } from '../run.ts';
import { sameJson } from '../same.ts';
import type { Config, Intervention, Line, Part, Problem, Run, Scenario } from '../types.ts';
import { applyChanges, applyVariant, changedFields, diffScenario } from '../variant.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { accompanied } from './companions.ts';
import { closureOf, type EditContext, type Edited, fieldsOf, refuse } from './context.ts';
import { fitted } from './fitted.ts';

/**
 * The one way in which a drawing is changed: `change` gets the scenario as it is at the time of the edit, with
 * reconfigurations applied, and answers the wanted one; what that means for document, variant and interventions
 * is worked out from the differences.
 */
export function edit<E>(run: Run, context: EditContext, change: (seen: Scenario) => Edited<Scenario, E>): Edited<Run, E | Problem> {
  const drawn = scenarioOf(run, context.side);
  const seen = scenarioAt(drawn, run.interventions, context);
  const wanted = change(seen);
  if (!wanted.ok) return wanted;
  if (wanted.value === seen) return { ok: true, value: run };
  const roomy = fitted(context, drawn, seen, wanted.value);
  return settle(run, context, drawn, seen, accompanied(run, context, seen, roomy));
}

/** The scenario with the reconfigurations up to a time; 0 means the document itself, before anything was done. */
export function scenarioAt(
  drawn: Scenario,
  interventions: readonly Intervention[],
  context: Pick<EditContext, 'at' | 'vocabulary'>,
): Scenario {
  if (context.at === 0) return drawn;
  const changed = new Map<string, Config>();
  for (const { verb, target, args, at } of interventions)
    if (verb === 'reconfigure' && at <= context.at) changed.set(target, { ...changed.get(target), ...args });
  if (changed.size === 0) return drawn;
  const now = <T extends Part | Line>(thing: T): T => {
    const changes = changed.get(thing.id);
    return changes ? { ...thing, config: dropDefaults(fieldsOf(context.vocabulary, thing.kind), { ...thing.config, ...changes }) } : thing;
  };
  return { ...drawn, parts: drawn.parts.map(now), lines: drawn.lines.map(now) };
}

/** Keeps interventions in order of time; at equal times the later deed stays later. */
export function inserted(interventions: readonly Intervention[], intervention: Intervention): readonly Intervention[] {
  const index = interventions.findIndex((other) => other.at > intervention.at);
  return index < 0 ? [...interventions, intervention] : interventions.toSpliced(index, 0, intervention);
}

function settle(run: Run, context: EditContext, drawn: Scenario, seen: Scenario, wanted: Scenario): Edited<Run> {
  const work = new Settling(run, context, drawn, seen);
  const parts = wanted.parts.map((part) => work.keep(part));
  const lines = wanted.lines.map((line) => work.keep(line));
  const kept = { ...wanted, ...work.keepLeaving(parts, lines) };
  return work.problem ? { ok: false, error: work.problem } : finish(run, context, drawn, kept, work.interventions);
}

/** Looks at each thing of the wanted scenario in turn and collects what the interventions become. */
class Settling {
  interventions: readonly Intervention[];
  problem: Problem | undefined;
  private readonly context: EditContext;
  private readonly drawn: ReadonlyMap<string, Part | Line>;
  private readonly seen: ReadonlyMap<string, Part | Line>;
  /** What both sides have, seen from the variant's. */
  private readonly shared: ReadonlySet<string>;
  private readonly scenario: Scenario;
  private readonly seenScenario: Scenario;

  constructor(run: Run, context: EditContext, drawn: Scenario, seen: Scenario) {
    this.interventions = run.interventions;
    this.context = context;
    this.scenario = drawn;
    this.seenScenario = seen;
    this.drawn = new Map([...drawn.parts, ...drawn.lines].map((thing) => [thing.id, thing]));
    this.seen = new Map([...seen.parts, ...seen.lines].map((thing) => [thing.id, thing]));
    this.shared = new Set(context.side === 'b' ? [...run.scenario.parts, ...run.scenario.lines].map((thing) => thing.id) : []);
  }

  /** The thing as the document will hold it. */
  keep<T extends Part | Line>(thing: T): T {
    const seen = this.seen.get(thing.id);
    const drawn = this.drawn.get(thing.id);
    if (!seen || !drawn) {
      if (this.context.at > 0) this.add({ at: this.context.at, verb: 'join', target: thing.id, args: {} });
      return thing;
    }
    if (parentOf(seen) !== parentOf(thing) && this.isPast(thing.id)) {
      this.problem ??= { where: thing.id, key: 'edit.reparentLater', remedy: 'edit.goToStart' };
      return thing;
    }
    if (thing.config === seen.config) return { ...thing, config: drawn.config };
    const changes = changedFields(seen.config, thing.config);
    if (!this.isPast(thing.id)) return { ...thing, config: applyChanges(drawn.config, changes) };
    this.reconfigure(thing, seen.config, changes);
    return { ...thing, config: drawn.config };
  }

  /** Adds what the edit takes out although its past must stay, and sends it away. */
  keepLeaving(parts: readonly Part[], lines: readonly Line[]): Pick<Scenario, 'parts' | 'lines'> {
    const wanted = new Set([...parts, ...lines].map((thing) => thing.id));
    const goneParts = this.scenario.parts.filter((part) => !wanted.has(part.id));
    const goneLines = this.scenario.lines.filter((line) => !wanted.has(line.id));
    const leaving = new Set([...goneParts, ...goneLines].filter((thing) => this.isPast(thing.id)).map((thing) => thing.id));
    const gone = [...goneParts, ...goneLines].map((thing) => thing.id).filter((id) => !leaving.has(id));
    const dropped = closureOf(this.scenario, gone);
    for (const thing of [...goneParts, ...goneLines]) {
      if (!leaving.has(thing.id) || dropped.has(thing.id)) continue;
      this.interventions = this.interventions.filter((i) => i.target !== thing.id || i.at <= this.context.at);
      // What hangs on a leaving part is absent with it; one mark on the time line says enough.
      const hangsOn = 'from' in thing ? [thing.from, thing.to] : [thing.parent];
      if (!hangsOn.some((id) => id !== undefined && leaving.has(id)))
        this.add({ at: this.context.at, verb: 'leave', target: thing.id, args: {} });
    }
    if (leaving.size === 0) return { parts, lines };
    const stays = (thing: Part | Line) => wanted.has(thing.id) || (leaving.has(thing.id) && !dropped.has(thing.id));
    const byId = new Map<string, Part | Line>([...parts, ...lines].map((thing) => [thing.id, thing]));
    const inPlace = <T extends Part | Line>(all: readonly T[], now: readonly T[]): readonly T[] => {
      const old = new Set(all.map((thing) => thing.id));
      return [
        ...all.filter(stays).map((thing) => (byId.get(thing.id) as T | undefined) ?? thing),
        ...now.filter((thing) => !old.has(thing.id)),
      ];
    };
    return { parts: inPlace(this.scenario.parts, parts), lines: inPlace(this.scenario.lines, lines) };
  }

  /** True if the thing was there before the edit's time on this side alone, so that its past must be kept. */
  private isPast(id: string): boolean {
    if (this.context.at === 0 || this.shared.has(id)) return false;
    const first = this.interventions.find((i) => i.target === id && (i.verb === 'join' || i.verb === 'leave'));
    return first?.verb !== 'join' || first.at < this.context.at;
  }

  private reconfigure(thing: Part | Line, before: Config, changes: Config): void {
    if (Object.keys(changes).length === 0) return;
    const { at, vocabulary } = this.context;
    const fields = withDefaults(fieldsOf(vocabulary, thing.kind), thing.config);
    const args = Object.fromEntries(Object.keys(changes).map((name) => [name, fields[name] ?? null]));
    const index = this.interventions.findLastIndex((i) => i.at === at && i.target === thing.id && i.verb === 'reconfigure');
    const old = this.interventions[index];
    // What was set at this very moment has not begun to hold: it may be taken back.
    const until = index < 0 ? before : this.configBefore(thing, this.interventions.toSpliced(index, 1));
    const refused = vocabulary.checkLive?.(this.seenScenario, { ...thing, config: until }, thing);
    if (refused) {
      this.problem ??= refused;
      return;
    }
    if (!old) {
      this.add({ at, verb: 'reconfigure', target: thing.id, args });
      return;
    }
    // Typing in a form makes many edits at one time; they stay one deed, and none when all is as before.
    const merged = { ...old, args: { ...old.args, ...args } };
    const others = this.interventions.toSpliced(index, 1);
    const isNothing = sameJson(until, dropDefaults(fieldsOf(vocabulary, thing.kind), { ...before, ...merged.args }));
    this.interventions = isNothing ? others : this.interventions.with(index, merged);
  }

  private configBefore(thing: Part | Line, interventions: readonly Intervention[]): Config {
    const drawn = this.drawn.get(thing.id)?.config ?? {};
    const laid = interventions.filter((i) => i.verb === 'reconfigure' && i.target === thing.id && i.at <= this.context.at);
    return dropDefaults(fieldsOf(this.context.vocabulary, thing.kind), Object.assign({}, drawn, ...laid.map((i) => i.args)));
  }

  private add(intervention: Intervention): void {
    this.interventions = inserted(this.interventions, intervention);
  }
}

function parentOf(thing: Part | Line): string | undefined {
  return 'parent' in thing ? thing.parent : undefined;
}

/** Puts the changed scenario of one side back into the run, and leaves nothing that dangles. */
function finish(run: Run, context: EditContext, drawn: Scenario, scenario: Scenario, interventions: readonly Intervention[]): Edited<Run> {
  const next = context.side === 'b' ? withOther(run, drawn, scenario) : withBase(run, scenario);
  const result = pruned({ ...next, interventions });
  return overLimit(result) ?? { ok: true, value: result };
}

/** The base changed: the variant keeps its differences as far as they still have a meaning. */
export function withBase(run: Run, scenario: Scenario): Run {
  if (!run.variant) return { ...run, scenario };
  return { ...run, scenario, variant: diffScenario(scenario, applyVariant(scenario, run.variant)) };
}

/** The other side changed. Names and places on the canvas are shared, so that the pair stays comparable. */
function withOther(run: Run, drawn: Scenario, other: Scenario): Run {
  if (!run.variant) return { ...run, variant: diffScenario(run.scenario, other) };
  const before = new Map(drawn.parts.map((part) => [part.id, part]));
  const looks = new Map<string, Part>();
  for (const part of other.parts) {
    const old = before.get(part.id);
    if (old && old.parent === part.parent && !sameJson({ ...old, config: {} }, { ...part, config: {} })) looks.set(part.id, part);
  }
  const parts = run.scenario.parts.map((part) => {
    const look = looks.get(part.id);
    return look && look.kind === part.kind && look.parent === part.parent ? { ...look, config: part.config } : part;
  });
  const scenario = { ...run.scenario, parts };
  return { ...run, scenario, variant: diffScenario(scenario, other) };
}

/** Without interventions on what is in neither scenario. */
export function pruned(run: Run): Run {
  const ids = new Set<string>();
  for (const side of ['a', 'b'] as const) {
    const scenario = scenarioOf(run, side);
    for (const thing of [...scenario.parts, ...scenario.lines]) ids.add(thing.id);
  }
  const interventions = run.interventions.filter((i) => ids.has(i.target));
  return interventions.length === run.interventions.length ? run : { ...run, interventions };
}

function overLimit(run: Run): ReturnType<typeof refuse> | undefined {
  const { parts, lines, interventions } = DOCUMENT_LIMITS;
  const sides = [run.scenario, scenarioOf(run, 'b')];
  if (sides.some((side) => side.parts.length > parts)) return refuse('', 'limit.parts', { args: { max: parts } });
  if (sides.some((side) => side.lines.length > lines)) return refuse('', 'limit.lines', { args: { max: lines } });
  if (run.interventions.length > interventions) return refuse('', 'limit.interventions', { args: { max: interventions } });
  return undefined;
}

/** The effective configuration of a part or line at a time, as a form should show it. */
export function configAt(
  run: Run,
  context: { readonly vocabulary: Vocabulary; readonly at: Micros; readonly side: 'a' | 'b' },
  id: string,
): Config {
  const scenario = scenarioAt(scenarioOf(run, context.side), run.interventions, context);
  return [...scenario.parts, ...scenario.lines].find((thing) => thing.id === id)?.config ?? {};
}
