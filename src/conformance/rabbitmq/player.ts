import { boot, brokenInvariant, compile, type Fact, nextTime, step } from '../../engine/index.ts';
import { difference } from '../compare.ts';
import type { Trace, Verdict } from '../format.ts';
import { notPlayable, omittedWords } from './features.ts';
import { observe } from './observe.ts';
import { stage, stageCatalogue } from './stage.ts';
import { translate } from './translate.ts';

/** Plays a recording against the kernels of the simulation and compares what each actor saw, step by step. */
export function playTrace(trace: Trace): Verdict {
  const unplayable = notPlayable(trace);
  if (unplayable !== undefined) return { status: 'not-modelled', why: unplayable };
  const script = translate(trace);
  const run = stage(script);
  const compiled = compile(run, stageCatalogue);
  if (!compiled.ok) return { status: 'failed', why: `it does not compile: ${JSON.stringify(compiled.error[0])}` };
  const program = compiled.value;
  const names = new Map(run.scenario.parts.map((part) => [part.id, part.name]));
  const world = boot(program);
  const omitted: string[] = [];
  for (const played of script.steps) {
    const facts: Fact[] = [];
    while (nextTime(program, world) < played.to) if (!step(program, world, facts)) break;
    const observed = observe(played, facts, (part) => names.get(part) ?? part);
    omitted.push(...observed.omitted);
    const broken = brokenInvariant(program, world);
    if (broken !== undefined) return { status: 'failed', why: `step ${played.step.i}: ${JSON.stringify(broken)}` };
    const differs = difference(played.step, observed);
    if (differs === undefined) continue;
    // A feature that is not modelled has acted: what comes after it can't be the same.
    if (omitted.length > 0) return { status: 'not-modelled', why: omittedWords(omitted[0] as string) };
    return { status: 'failed', why: differs };
  }
  return { status: 'passed' };
}
