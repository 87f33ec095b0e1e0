import { boot, brokenInvariant, compile, type Fact, nextTime, type Program, step, type World } from '../../engine/index.ts';
import { difference } from '../compare.ts';
import type { Trace, Verdict } from '../format.ts';
import { notPlayable } from './features.ts';
import { observe, roleOf } from './observe.ts';
import { stage, stageCatalogue } from './stage.ts';
import { type Script, serverIds, translate } from './translate.ts';

/** Plays a recording against the kernels of the simulation and compares what each actor saw, step by step. */
export function playTrace(trace: Trace): Verdict {
  const unplayable = notPlayable(trace);
  if (unplayable !== undefined) return { status: 'not-modelled', why: unplayable };
  const roles: string[] = [];
  for (;;) {
    const script = translate(trace, roles);
    const compiled = compile(stage(script), stageCatalogue);
    if (!compiled.ok) return { status: 'failed', why: `it does not compile: ${JSON.stringify(compiled.error[0])}` };
    const played = playScript(script, compiled.value);
    if ('status' in played) return played;
    // A step is about whoever leads now: known from here on.
    const found = script.asks && serverWith(script.asks, script, played);
    if (found === undefined) return script.asks ? { status: 'failed', why: `there is no ${script.asks}` } : { status: 'passed' };
    roles.push(found);
  }
}

function serverWith(role: string, { nodes }: Script, { program, world }: Played): string | undefined {
  return serverIds(nodes).find((id) => roleOf(program, world, id) === role);
}

interface Played {
  readonly program: Program;
  readonly world: World;
}

function playScript(script: Script, program: Program): Verdict | Played {
  const world = boot(program);
  const nameOf = (part: string) => program.parts.get(part)?.name ?? part;
  for (const played of script.steps) {
    const facts: Fact[] = [];
    while (nextTime(program, world) < played.to) if (!step(program, world, facts)) break;
    const observed = observe(played.step, facts, nameOf);
    const broken = brokenInvariant(program, world);
    if (broken !== undefined) return { status: 'failed', why: `step ${played.step.i}: ${JSON.stringify(broken)}` };
    if (!observed.isAnswered)
      return {
        status: 'not-modelled',
        why: `step ${played.step.i} (${played.step.op}): no answer comes, and how a recording tells that is not known`,
      };
    const result =
      played.step.op === 'modes'
        ? serverIds(script.nodes)
            .map((id) => roleOf(program, world, id))
            .sort()
        : observed.result;
    const differs = difference(played.step, { ...observed, result });
    if (differs !== undefined) return { status: 'failed', why: differs };
  }
  return { program, world };
}
