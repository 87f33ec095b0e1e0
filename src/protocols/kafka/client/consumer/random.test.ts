import { describe, expect, test } from 'vitest';
import { fromMillis, micros, nextBelow, type PartId, randomStream } from '../../../../base/index.ts';
import {
  boot,
  brokenInvariant,
  type Config,
  compile,
  ENGINE_VERSION,
  type Fact,
  type Intervention,
  type Part,
  step,
  viewOf,
} from '../../../../engine/index.ts';
import { catalogue } from '../../../catalogue.ts';

/*
 * Consumers, brokers and lines fail as chance will have it for a minute, then everything is put right: in the end each
 * partition is read to its end by one member alone, and no record that was confirmed has been left out.
 */

const FAULTS = 20;
const CHAOS = 60_000;
const CALM = 65_000;
const END = 120_000;

const GROUP = { maxPollIntervalMillis: 8_000, sessionTimeoutMillis: 9_000 };
const PROTOCOLS: { readonly [name: string]: Config } = {
  range: { ...GROUP, assignor: 'range,cooperative-sticky' },
  sticky: { ...GROUP, assignor: 'sticky' },
  'cooperative-sticky': { ...GROUP, assignor: 'cooperative-sticky' },
  consumer: { ...GROUP, protocol: 'consumer' },
};
const MEMBERS = ['c1', 'c2', 'c3'];
const BROKERS = ['b1', 'b2', 'b3'];

const DEEDS: readonly (readonly [verb: string, target: string])[] = [
  ...[...MEMBERS, 'b1', 'b2'].flatMap((id) => [['crash', id] as const, ['restart', id] as const]),
  ...MEMBERS.flatMap((id) => [['stop', id] as const, ['freeze', id] as const, ['resume', id] as const]),
  ...[['pause', 'c1'] as const, ['cut', 'b1-b2'] as const, ['heal', 'b1-b2'] as const],
];

function deedsOf(seed: number): readonly Intervention[] {
  const random = randomStream(seed, 'consumer');
  const deed = (millis: number, verb: string, target: string): Intervention => ({ at: fromMillis(millis), verb, target, args: {} });
  const faults = Array.from({ length: FAULTS }, () => {
    const [verb, target] = DEEDS[nextBelow(random, DEEDS.length)] as (typeof DEEDS)[number];
    return deed(nextBelow(random, CHAOS), verb, target);
  });
  const calm = [...BROKERS, ...MEMBERS].map((id) => deed(CALM, 'restart', id));
  return [...faults, ...calm, deed(CALM, 'heal', 'b1-b2'), ...MEMBERS.map((id) => deed(CALM, 'resume', id))].sort((a, b) => a.at - b.at);
}

function runOf(group: Config, commit: string, seed: number) {
  const part = (id: string, kind: string, config: Config, parent?: string, name = id): Part => ({
    ...{ id, kind: `kafka/${kind}`, name, x: 0, y: 0, config },
    ...(parent === undefined ? {} : { parent }),
  });
  const line = (kind: string, from: string, to: string) => ({ id: `${from}-${to}`, kind: `kafka/${kind}`, from, to, config: {} });
  const keys = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => ({ key }));
  const parts = [
    ...BROKERS.map((id) => part(id, 'broker', {})),
    part('orders', 'topic', { partitions: 4, replicationFactor: 3, minInsyncReplicas: 2 }, 'b1'),
    part('orders2', 'replica', {}, 'b2', 'orders'),
    part('orders3', 'replica', {}, 'b3', 'orders'),
    part('producer', 'producer', { everyMillis: 200, limit: 250, templates: keys }),
    part('group', 'group', group),
    ...MEMBERS.map((id, i) =>
      part(
        id,
        'consumer',
        { workMillis: 50, offsetReset: 'earliest', maxPollRecords: 3 + 20 * i, commit, instanceId: i === 2 ? 'static' : '' },
        'group',
      ),
    ),
  ];
  const lines = [
    line('produce', 'producer', 'orders'),
    line('subscribe', 'orders', 'group'),
    line('link', 'b1', 'b2'),
    line('link', 'b2', 'b3'),
  ];
  const settings = { latency: fromMillis(20), hop: micros(0), until: fromMillis(END), detect: fromMillis(3_000), colourBy: 'key' as const };
  const scenario = { from: '', title: '', intro: '', parts, lines, settings };
  return { scenario, seed, engine: ENGINE_VERSION, interventions: deedsOf(seed) };
}

function play(group: Config, commit: string, seed: number) {
  const compiled = compile(runOf(group, commit, seed), catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const program = compiled.value;
  const facts: Fact[] = [];
  const world = boot(program, facts);
  while (step(program, world, facts));
  expect(world.halted).toBe('');
  expect(brokenInvariant(program, world)).toBeUndefined();
  const view = (id: PartId) => viewOf(program, world, id);
  const leaders = ['orders', 'orders2', 'orders3'].flatMap((id) => view(id)?.lanes ?? []).filter(({ isLeader }) => isLeader);
  const positions = MEMBERS.flatMap((id) => view(id)?.pointers ?? []);
  const done = new Set(facts.filter(({ kind }) => kind === 'work.finished').map(({ message }) => message));
  const confirmed = facts.filter(({ kind }) => kind === 'message.confirmed').map(({ message }) => message);
  return {
    ends: leaders.map(({ key, end }) => `${key}:${end}`).sort(),
    positions: positions.map(({ lane, at }) => `${lane}:${at}`).sort(),
    leftOut: confirmed.filter((message) => !done.has(message)),
  };
}

describe.each(Object.keys(PROTOCOLS))('whatever fails, in the end everything is read: %s', (name) => {
  test.each([
    ['after', 1],
    ['auto', 2],
  ])('committing %s', (commit, seed) => {
    const { ends, positions, leftOut } = play(PROTOCOLS[name] as Config, commit, seed);
    expect(ends).toHaveLength(4);
    expect(positions).toEqual(ends);
    expect(leftOut).toEqual([]);
  });
});
