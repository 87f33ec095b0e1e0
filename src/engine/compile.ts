import { fail, type Micros, ok, type PartId, type Result } from '../base/index.ts';
import { applyChanges, DOCUMENT_LIMITS } from '../scenario/index.ts';
import { checkRun } from './checkRun.ts';
import type { Catalogue, Intervention, Kernel, Line, NodeId, Part, Problem, Program, Run } from './types.ts';

/**
 * Makes a run ready to execute, or says what is wrong with it. `run.variant` is not looked at: `sidesOf` makes two runs of
 * a pair. Interventions whose target is not in this scenario are left out: a variant may lack it.
 */
export function compile(run: Run, catalogue: Catalogue): Result<Program, readonly Problem[]> {
  const problems = checkRun(run, catalogue);
  if (problems.length > 0) return fail(problems.slice(0, DOCUMENT_LIMITS.problems));
  const { scenario } = run;
  const parts = new Map(scenario.parts.map((part) => [part.id, part]));
  const lineIds = new Set(scenario.lines.map((line) => line.id));
  const interventions = run.interventions.filter(({ target }) => parts.has(target) || lineIds.has(target)).sort((a, b) => a.at - b.at);
  const nodes = scenario.parts.filter((part) => catalogue.parts.get(part.kind)?.role === 'node');
  const isPlace = (part: Part) => catalogue.parts.get(part.kind)?.role === 'place';
  const holders = new Set(scenario.parts.map((part) => part.parent));
  const nodeOf = new Map<PartId, NodeId>(scenario.parts.map((part) => [part.id, isPlace(part) ? (part.parent as NodeId) : part.id]));
  const last = interventions.at(-1)?.at ?? 0;
  return ok({
    run,
    catalogue,
    parts,
    nodeOf,
    interventions,
    lines: allLines(run, catalogue, interventions),
    end: Math.max(scenario.settings.until, last) as Micros,
    nodes: [...nodes.filter((node) => holders.has(node.id)), ...nodes.filter((node) => !holders.has(node.id))].map((node) => node.id),
    kernels: new Map(nodes.map((node) => [node.id, catalogue.kernels.get(node.kind) as Kernel])),
  });
}

/** The document's lines, those that it implies, and those that it will imply once reconfigured. */
function allLines({ scenario }: Run, catalogue: Catalogue, interventions: readonly Intervention[]): readonly Line[] {
  const lines = new Map(scenario.lines.map((line) => [line.id, line]));
  const add = (parts: readonly Part[]) => {
    for (const line of catalogue.implied({ ...scenario, parts })) if (!lines.has(line.id)) lines.set(line.id, line);
  };
  let { parts } = scenario;
  add(parts);
  for (const { verb, target, args } of interventions) {
    if (verb !== 'reconfigure' || !parts.some((part) => part.id === target)) continue;
    parts = parts.map((part) => (part.id === target ? { ...part, config: applyChanges(part.config, args) } : part));
    add(parts);
  }
  return [...lines.values()];
}
