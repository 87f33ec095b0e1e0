import { assert, fromMillis, type Micros, nextBelow, randomStream } from '../../base/index.ts';
import {
  boot,
  type Catalogue,
  compile,
  copyWorld,
  createTimeline,
  ENGINE_VERSION,
  type Fact,
  type Program,
  step,
  type World,
} from '../../engine/index.ts';
import { checkOracles } from '../../oracles/index.ts';
import { catalogue as everyPack } from '../../protocols/catalogue.ts';
import { plainLine, plainPart } from '../../protocols/rabbitmq/plain.ts';
import { DEFAULT_SETTINGS, type Run } from '../../scenario/index.ts';
import { type PlainOptions, plainLoop } from './plainLoop.ts';
import type { BenchRow } from './row.ts';

const STEPS = 1_000_000;
const STORED = 10_000;
const ROUNDS = 20;
const PLAIN_ROUND = 500_000;
const PLAIN = 'plain loop of the same system, one heap';
const SYSTEM: PlainOptions = {
  producers: 10,
  consumers: 10,
  prefetch: 5,
  everyMicros: 1_000,
  workMicros: 1_000,
  latencyMicros: 1_000,
};

/** The engine through a real kernel, beside a plain loop of the same system; jumps and checkpoints in a long run. */
export function engineRows(catalogue: Catalogue = everyPack): readonly BenchRow[] {
  const plain = best(() => rate(PLAIN_ROUND, () => plainLoop(PLAIN_ROUND, SYSTEM)));
  const running = compiled(benchRun(0), catalogue);
  const engine = speedOf(running, 100_000, 40_000);
  const full = compiled(benchRun(STORED), catalogue);
  const seeks = seekTimes(full);
  const checkpoints = checkpointTimes(full, STEPS / 2);
  return [
    { name: PLAIN, value: plain, unit: 'appointments/s' },
    {
      name: 'engine: one queue, ten consumers, prefetch 5, facts on',
      value: engine,
      unit: 'appointments/s',
      reference: PLAIN,
      ratio: engine / plain,
    },
    { name: `seek in ${STEPS} appointments, ${STORED} stored, median`, value: percentile(seeks, 50), unit: 'ms' },
    { name: `seek in ${STEPS} appointments, ${STORED} stored, p95`, value: percentile(seeks, 95), unit: 'ms' },
    { name: `checkpoint with ${STORED} stored, median`, value: percentile(checkpoints, 50), unit: 'ms' },
    { name: `checkpoint with ${STORED} stored, p95`, value: percentile(checkpoints, 95), unit: 'ms' },
    { name: 'oracles over the facts of a run', value: oracleRate(running), unit: 'facts/s' },
  ];
}

/** Producers that together publish just what the consumers can take, so that what is stored at first stays stored. */
export function benchRun(stored: number): Run {
  const producers = Array.from({ length: SYSTEM.producers }, (_, i) => `p${i}`);
  const consumers = Array.from({ length: SYSTEM.consumers }, (_, i) => `c${i}`);
  const parts = [
    plainPart('broker', 'broker'),
    plainPart('tasks', 'exchange', { type: 'direct' }, 'broker'),
    plainPart('work', 'queue', {}, 'broker'),
    ...producers.map((id) => plainPart(id, 'producer', { everyMillis: SYSTEM.everyMicros / 1_000, templates: [{ key: 'work' }] })),
    ...consumers.map((id) => plainPart(id, 'consumer', { prefetch: SYSTEM.prefetch, workMillis: SYSTEM.workMicros / 1_000 })),
  ];
  const lines = [
    plainLine('tasks', 'binding', 'work', { key: 'work' }),
    ...producers.map((id) => plainLine(id, 'publish', 'tasks')),
    ...consumers.map((id) => plainLine('work', 'consume', id)),
  ];
  const settings = { ...DEFAULT_SETTINGS, latency: SYSTEM.latencyMicros as Micros, hop: 0 as Micros, until: fromMillis(20_000) };
  const scenario = { from: '', title: '', intro: '', parts, lines, settings };
  const publish = { at: fromMillis(1), verb: 'publish', target: 'tasks', args: { key: 'work', count: stored } };
  return { scenario, seed: 1, engine: ENGINE_VERSION, interventions: stored > 0 ? [publish] : [] };
}

export function compiled(run: Run, catalogue: Catalogue): Program {
  const result = compile(run, catalogue);
  assert(result.ok, `The benchmark does not compile: ${JSON.stringify(result.ok ? '' : result.error)}`);
  return result.value;
}

/** The world after so many steps. */
function runSteps(program: Program, steps: number): World {
  const world = boot(program, []);
  advance(program, world, steps);
  return world;
}

/** Takes so many steps, the facts let go segment by segment as a timeline does. */
function advance(program: Program, world: World, steps: number): void {
  const end = world.steps + steps;
  let facts: Fact[] = [];
  while (world.steps < end && step(program, world, facts)) if (facts.length > 4_000) facts = [];
  assert(world.steps === end, `The benchmark ended after ${world.steps} steps ${world.halted}`);
}

/** Appointments a second of a run that is under way: the first ones are not counted. */
export function speedOf(program: Program, after: number, steps: number, rounds = ROUNDS): number {
  const world = runSteps(program, after);
  return best(() => rate(steps, () => advance(program, world, steps)), rounds);
}

export function rate(count: number, work: () => unknown): number {
  const start = performance.now();
  work();
  return (count / (performance.now() - start)) * 1_000;
}

/** The best of some rounds: what the machine can do when nothing else disturbs it. Rounds take less than a tenth of a second. */
export function best(measure: () => number, rounds = ROUNDS): number {
  return Math.max(...Array.from({ length: rounds }, measure));
}

function millis(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function seekTimes(program: Program): readonly number[] {
  const timeline = createTimeline(program);
  timeline.seek(program.end);
  const random = randomStream(1, 'seeks');
  return Array.from({ length: 400 }, () => {
    const time = nextBelow(random, program.end) as Micros;
    return millis(() => timeline.seek(time));
  });
}

export function checkpointTimes(program: Program, steps: number): readonly number[] {
  const world = runSteps(program, steps);
  return Array.from({ length: 200 }, () => millis(() => copyWorld(program, world)));
}

function oracleRate(program: Program): number {
  const facts: Fact[] = [];
  const world = boot(program, facts);
  while (world.steps < 20_000 && step(program, world, facts));
  return rate(facts.length, () => {
    const complaint = checkOracles(facts, program);
    assert(complaint === undefined, complaint ?? '');
  });
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] as number;
}
