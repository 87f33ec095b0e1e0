import { expect, test } from 'vitest';
import { micros } from '../../../../base/index.ts';
import {
  boot,
  brokenInvariant,
  compile,
  copyWorld,
  ENGINE_VERSION,
  type Fact,
  step,
  viewOf,
  type World,
} from '../../../../engine/index.ts';
import type { Config, Intervention, Run, Settings } from '../../../../scenario/index.ts';
import { catalogue } from '../../../catalogue.ts';
import { listOf } from './producer.testkit.ts';

const settings: Settings = {
  latency: micros(5_000),
  hop: micros(0),
  until: micros(60_000_000),
  detect: micros(5_000_000),
  colourBy: 'key',
};

interface Drawn {
  readonly brokers?: number;
  readonly topic?: Config;
  readonly producer: Config;
  readonly deeds?: readonly (readonly [seconds: number, verb: string, target: string])[];
}

function runOf({ brokers = 1, topic = {}, producer, deeds = [] }: Drawn): Run {
  const ids = Array.from({ length: brokers }, (_, i) => `broker-${i + 1}`);
  const at = { x: 0, y: 0 };
  const interventions = deeds.map(([seconds, verb, target]): Intervention => ({ at: micros(seconds * 1_000_000), verb, target, args: {} }));
  const parts = [
    ...ids.map((id) => ({ id, kind: 'kafka/broker', name: id, ...at, config: {} })),
    ...ids.map((id, i) => ({
      id: `orders@${id}`,
      kind: i === 0 ? 'kafka/topic' : 'kafka/replica',
      name: 'orders',
      parent: id,
      ...at,
      config: i === 0 ? { partitions: 1, replicationFactor: brokers, ...topic } : {},
    })),
    { id: 'p', kind: 'kafka/producer', name: 'p', ...at, config: producer },
  ];
  const lines = [{ id: 'l', kind: 'kafka/produce', from: 'p', to: 'orders@broker-1', config: {} }];
  const scenario = { from: '', title: '', intro: '', settings, parts, lines };
  return { scenario, seed: 1, engine: ENGINE_VERSION, interventions };
}

/** Facts of a run to its end; on the way copies must go on as their originals do. */
function factsOf(drawn: Drawn): { readonly facts: readonly Fact[]; readonly world: World; figure(key: string): unknown } {
  const compiled = compile(runOf(drawn), catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const program = compiled.value;
  const facts: Fact[] = [];
  const world = boot(program, facts);
  let copy: World | undefined;
  let steps = 0;
  while (step(program, world, facts)) {
    steps++;
    const broken = brokenInvariant(program, world);
    if (broken !== undefined) throw new Error(JSON.stringify(broken));
    if (steps === 40) copy = copyWorld(program, world);
  }
  if (copy) {
    while (step(program, copy, []));
    expect(copy.digest).toBe(world.digest);
  }
  return { facts, world, figure: (key) => viewOf(program, world, 'p')?.figures.find((figure) => figure.key === key)?.value };
}

const of = (facts: readonly Fact[], kind: string) => facts.filter((fact) => fact.kind === kind);

test('records reach the leader and are confirmed with their offsets', () => {
  const { facts } = factsOf({ producer: listOf('abc', 100) });
  expect(of(facts, 'message.confirmed').map(({ data }) => data)).toMatchObject([0, 1, 2].map((offset) => ({ partition: 0, offset })));
});

test('after its leader has died a producer goes on with the next one, and each record is there once', () => {
  const { facts, figure } = factsOf({ brokers: 3, producer: listOf('abcdefgh', 1_000), deeds: [[3.512, 'crash', 'broker-1']] });
  expect(figure('confirmed')).toBe(8);
  expect(of(facts, 'message.refused')).toEqual([]);
  const offsets = of(facts, 'message.confirmed').map(({ data }) => data?.['offset']);
  expect(offsets).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('while no broker can be reached records wait, and are delivered once when the line is mended', () => {
  for (const healed of [4, 12]) {
    const { facts, figure } = factsOf({
      producer: listOf('abcd', 1_000),
      deeds: [
        [2.512, 'cut', 'l'],
        [healed, 'heal', 'l'],
      ],
    });
    expect(figure('confirmed')).toBe(4);
    expect(of(facts, 'message.appended').map(({ message }) => message)).toEqual([1, 2, 3, 4]);
  }
});

test('a producer that crashes comes back with another id', () => {
  const { figure, facts } = factsOf({
    producer: listOf('abcd', 1_000),
    deeds: [
      [1.5, 'crash', 'p'],
      [2.5, 'restart', 'p'],
    ],
  });
  expect(figure('confirmed')).toBe(4);
  expect(of(facts, 'message.refused')).toEqual([]);
});
