import { applyChanges, type Config, checkConfig, type FieldTable } from '../scenario/index.ts';
import { LIMITS } from './limits.ts';
import type { Catalogue, Intervention, Line, Part, Problem, Run } from './types.ts';

/** Verbs that the engine does itself; every other is the kernel's, and listed with the kind. */
const NODE_VERBS: ReadonlySet<string> = new Set(['crash', 'restart']);
const LINE_VERBS: ReadonlySet<string> = new Set(['cut', 'heal']);
const DRAWING_VERBS: ReadonlySet<string> = new Set(['join', 'leave']);

/** All that is wrong with a run before it can start; [] when it can. */
export function checkRun(run: Run, catalogue: Catalogue): readonly Problem[] {
  const sizes = checkSizes(run);
  // Too much of something: nothing else is looked at, whatever it holds.
  if (sizes.length > 0) return sizes;
  const { parts, lines } = run.scenario;
  const byId = new Map(parts.map((part) => [part.id, part]));
  const lineById = new Map(lines.map((line) => [line.id, line]));
  const shape = [
    ...checkIds([...parts, ...lines]),
    ...parts.flatMap((part) => checkPart(part, byId, catalogue)),
    ...lines.flatMap((line) => checkLine(line, byId, catalogue)),
  ];
  // A pack's own checks and the interventions rely on the shape.
  if (shape.length > 0) return shape;
  const interventions = run.interventions.flatMap((intervention, index) =>
    checkIntervention(intervention, `interventions.${index}`, byId.get(intervention.target), lineById.get(intervention.target), catalogue),
  );
  return [...interventions, ...catalogue.check(run.scenario)];
}

function checkSizes({ scenario, interventions }: Run): readonly Problem[] {
  const problems: Problem[] = [];
  const atMost = (where: string, value: number, limit: number) => {
    if (value > limit) problems.push({ where, key: 'tooMany', remedy: 'tooMany', args: { what: where, value, limit } });
  };
  atMost('parts', scenario.parts.length, LIMITS.parts);
  atMost('lines', scenario.lines.length, LIMITS.lines);
  atMost('interventions', interventions.length, LIMITS.interventions);
  for (const name of ['latency', 'hop', 'until', 'detect'] as const)
    if (!isTime(scenario.settings[name])) problems.push(badTime(`settings.${name}`));
  return problems;
}

function isTime(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= LIMITS.time;
}

function badTime(where: string): Problem {
  return { where, key: 'badTime', remedy: 'badTime', args: { limit: LIMITS.time / 1_000_000 } };
}

function checkIds(things: readonly (Part | Line)[]): readonly Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { id } of things) {
    // '>' is kept for implied lines.
    if (id === '' || id.includes('>')) problems.push({ where: id, key: 'badId' });
    else if (seen.has(id)) problems.push({ where: id, key: 'duplicateId', args: { id } });
    seen.add(id);
  }
  return problems;
}

function checkPart(part: Part, byId: ReadonlyMap<string, Part>, catalogue: Catalogue): readonly Problem[] {
  const kind = catalogue.parts.get(part.kind);
  const { id, name } = part;
  if (!kind) return [{ where: id, key: 'unknownKind', remedy: 'unknownKind', args: { name, kind: part.kind } }];
  const problems = [...checkFields(kind.fields, part.config, id)];
  const parent = part.parent === undefined ? undefined : byId.get(part.parent);
  if (kind.role === 'node') {
    if (part.parent !== undefined && parent?.kind !== kind.within) problems.push({ where: id, key: 'nodeWithParent', args: { name } });
    if (!catalogue.kernels.has(part.kind)) problems.push({ where: id, key: 'unknownKind', args: { name, kind: part.kind } });
  } else if (kind.role === 'container') {
    if (part.parent !== undefined) problems.push({ where: id, key: 'nodeWithParent', args: { name } });
  } else if (!parent || catalogue.parts.get(parent.kind)?.role !== 'node') {
    problems.push({ where: id, key: 'noParent', remedy: 'noParent', args: { name } });
  } else if (kind.inside !== undefined && parent.kind !== kind.inside) {
    problems.push({ where: id, key: 'wrongParent', remedy: 'noParent', args: { name, parent: parent.name } });
  }
  return problems;
}

function checkLine(line: Line, byId: ReadonlyMap<string, Part>, catalogue: Catalogue): readonly Problem[] {
  const kind = catalogue.lines.get(line.kind);
  const { id } = line;
  if (!kind || kind.implied) return [{ where: id, key: 'unknownKind', remedy: 'unknownKind', args: { name: id, kind: line.kind } }];
  const from = byId.get(line.from);
  const to = byId.get(line.to);
  if (!from || !to) return [{ where: id, key: 'danglingLine', remedy: 'danglingLine', args: { id } }];
  const problems = [...checkFields(kind.fields, line.config, id)];
  if (!kind.from.includes(from.kind) || !kind.to.includes(to.kind))
    problems.push({ where: id, key: 'wrongEnds', remedy: 'danglingLine', args: { from: from.name, to: to.name } });
  return problems;
}

function checkIntervention(
  { at, verb, target, args }: Intervention,
  where: string,
  part: Part | undefined,
  line: Line | undefined,
  catalogue: Catalogue,
): readonly Problem[] {
  if (!isTime(at)) return [badTime(where)];
  // Another side of the pair may have it.
  if (!part && !line) return [];
  const kind = part && catalogue.parts.get(part.kind);
  const lineKind = line && catalogue.lines.get(line.kind);
  const cannot: Problem = { where, key: 'cannotDo', remedy: 'cannotDo', args: { verb, name: part?.name ?? target } };
  if (DRAWING_VERBS.has(verb)) return [];
  if (NODE_VERBS.has(verb)) return kind?.role === 'node' ? [] : [cannot];
  if (LINE_VERBS.has(verb)) return lineKind?.cuttable ? [] : [cannot];
  if (verb === 'reconfigure') return checkFields(kind?.fields ?? lineKind?.fields ?? [], applyChanges({}, args), where);
  if (!kind?.verbs.includes(verb)) return [cannot];
  return verb === 'publish' ? checkFields(catalogue.messageFields(kind.kind), args, where) : [];
}

function checkFields(fields: FieldTable, config: Config, where: string): readonly Problem[] {
  return checkConfig(fields, config).map(({ field, key, remedy, args }) => ({
    where,
    field,
    key,
    ...(remedy === undefined ? {} : { remedy }),
    args,
  }));
}
