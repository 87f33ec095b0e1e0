import { boot, brokenInvariant, compile, type Fact, nextTime, step } from '../../engine/index.ts';
import { difference } from '../compare.ts';
import type { Trace, Verdict } from '../format.ts';
import { newWatch, observe } from './observe.ts';
import { notPlayable, scriptOf } from './script.ts';
import { SETUPS, type Setup, stage, stageCatalogue } from './stage.ts';

/** Plays a recording against the kernels of the simulation and compares what each actor saw, step by step. */
export function playTrace(trace: Trace): Verdict {
  const unplayable = notPlayable(trace);
  if (unplayable !== undefined) return { status: 'not-modelled', why: unplayable };
  const script = scriptOf(trace);
  const compiled = compile(stage(script, SETUPS[trace.broker] as Setup), stageCatalogue);
  if (!compiled.ok) return { status: 'failed', why: `it does not compile: ${JSON.stringify(compiled.error[0])}` };
  const program = compiled.value;
  const world = boot(program);
  const watch = newWatch();
  for (const { step: played, to } of script.steps) {
    const facts: Fact[] = [];
    while (nextTime(program, world) < to) if (!step(program, world, facts)) break;
    const observed = observe({ step: played, facts, program, world }, watch);
    const broken = brokenInvariant(program, world);
    if (broken !== undefined) return { status: 'failed', why: `step ${played.i}: ${JSON.stringify(broken)}` };
    const differs = difference(played, observed);
    if (differs !== undefined) return { status: 'failed', why: differs };
  }
  return { status: 'passed' };
}
