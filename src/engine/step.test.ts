import { expect, test } from 'vitest';
import { AssertionError } from '../base/index.ts';
import { boot } from './boot.ts';
import { compile } from './compile.ts';
import { LIMITS } from './limits.ts';
import { step } from './step.ts';
import { deed, pingPong, toyCatalogue } from './toy.testkit.ts';
import type { Catalogue, Context, Fact, Input, Kernel, Program } from './types.ts';

function programOf(run = pingPong(), catalogue: Catalogue = toyCatalogue): Program {
  const result = compile(run, catalogue);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** The toy system with another behaviour of one kind. */
function withKernel(kind: string, change: Partial<Kernel>): Catalogue {
  const kernels = new Map(toyCatalogue.kernels);
  kernels.set(kind, { ...(kernels.get(kind) as Kernel), ...change });
  return { ...toyCatalogue, kernels };
}

test('everyone is connected when the run begins', () => {
  const facts: Fact[] = [];
  const world = boot(programOf(), facts);
  expect(world.now).toBe(0);
  expect(world.flights.size).toBe(0);
  expect(facts.map((f) => [f.seq, f.kind])).toEqual([[0, 'place.declared']]);
  const box = world.nodes.get('box') as { shelves: Map<string, { wants: Map<string, unknown> }> };
  expect([...(box.shelves.get('shelf')?.wants.keys() ?? [])]).toEqual(['sink1', 'sink2']);
});

test('hops of no length arrive within the step that sent them, in order of sending', () => {
  const program = programOf(pingPong({ settings: { hop: 0 as never } }));
  const world = boot(program);
  const facts: Fact[] = [];
  while (!facts.some((f) => f.kind === 'message.routed')) step(program, world, facts);
  expect(facts.slice(world.stepFact - 1).map((f) => f.kind)).toEqual(['message.routed', 'message.stored', 'message.delivered']);
});

test('what the run does by itself comes before what people do at the same time', () => {
  const program = programOf(pingPong({ interventions: [deed(10, 'crash', 'src')] }));
  const world = boot(program);
  const facts: Fact[] = [];
  while (world.now < 11_000 && step(program, world, facts));
  expect(facts.filter((f) => f.time === 10_000).map((f) => f.kind)).toEqual(['message.published', 'node.crashed']);
});

test('facts tell what led to them', () => {
  const program = programOf();
  const world = boot(program);
  const facts: Fact[] = [];
  boot(program, facts);
  while (!facts.some((f) => f.kind === 'message.settled')) step(program, world, facts);
  const chain: string[] = [];
  for (let fact = facts.find((f) => f.kind === 'message.settled'); fact; fact = facts[fact.cause]) chain.unshift(fact.kind);
  expect(chain).toEqual(['message.published', 'message.routed', 'message.delivered', 'work.started', 'message.acked', 'message.settled']);
});

test('drawing chances of one node leaves every other node’s as they were', () => {
  const keysOf = (catalogue: Catalogue) => {
    const program = programOf(pingPong(), catalogue);
    const world = boot(program);
    const facts: Fact[] = [];
    while (step(program, world, facts));
    return facts.filter((f) => f.kind === 'message.published').map((f) => f.data?.['key']);
  };
  const sink = toyCatalogue.kernels.get('toy/sink') as Kernel;
  const greedy = withKernel('toy/sink', {
    receive: (state: unknown, input: Input, x: Context) => {
      x.random(1_000);
      sink.receive(state, input, x);
    },
  });
  expect(keysOf(greedy)).toEqual(keysOf(toyCatalogue));
});

test('the run ends at its end and not before', () => {
  const program = programOf(pingPong({ settings: { until: 20_000 as never } }));
  const world = boot(program);
  const facts: Fact[] = [];
  while (step(program, world, facts));
  expect(facts.at(-1)).toMatchObject({ time: 20_000 });
  expect(step(program, world, facts)).toBe(false);
});

test('a cycle that takes no time halts the run with a fact instead of hanging it', () => {
  const catalogue = withKernel('toy/source', { receive: (_: unknown, __: Input, x: Context) => void x.wake({ name: 'tick' }, 0 as never) });
  const program = programOf(pingPong(), catalogue);
  const world = boot(program);
  const facts: Fact[] = [];
  while (step(program, world, facts));
  expect(world.halted).toBe('stepsAtOnce');
  expect(facts.at(-1)).toMatchObject({ kind: 'limit.reached', at: 'src', data: { limit: 'stepsAtOnce', value: LIMITS.stepsAtOnce } });
});

test('a cycle of hops within one step halts the run as well', () => {
  const catalogue = withKernel('toy/source', {
    receive: (_: unknown, __: Input, x: Context) => void x.send('src', 'src', '', { verb: 'again' }),
  });
  const program = programOf(pingPong({ settings: { hop: 0 as never } }), catalogue);
  const world = boot(program);
  while (step(program, world, []));
  expect(world.halted).toBe('framesPerStep');
});

test('too many flights halt the run', () => {
  const catalogue = withKernel('toy/source', {
    receive: (_: unknown, __: Input, x: Context) => {
      for (let i = 0; i <= LIMITS.flights; i++) x.send('src', 'door', 'src-door', { verb: 'noise' });
    },
  });
  const program = programOf(pingPong(), catalogue);
  const world = boot(program);
  while (step(program, world, []));
  expect(world.halted).toBe('flights');
  expect(world.flights.size).toBe(LIMITS.flights);
});

test('a kernel’s mistake says seed, time and node', () => {
  const catalogue = withKernel('toy/source', {
    receive: () => {
      throw new TypeError('x is undefined');
    },
  });
  const program = programOf(pingPong({ seed: 99 }), catalogue);
  const world = boot(program);
  const run = () => {
    while (step(program, world, []));
  };
  let thrown: unknown;
  try {
    run();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(AssertionError);
  expect(String(thrown)).toMatch(/x is undefined \[seed 99, 10000 µs, step \d+, node src \(toy\/source\)\]/);
});
