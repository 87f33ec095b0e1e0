import { describe, expect, test } from 'vitest';
import { nextBelow, randomStream } from '../../../base/index.ts';
import { boot, compile, type Fact, makeCatalogue, step } from '../../../engine/index.ts';
import type { Run } from '../../../scenario/index.ts';
import { type LogState, lastStableOffset, readLog, visibleRecords } from '../log/index.ts';
import { kafka } from '../pack.ts';
import type { Broker } from './state.ts';

const KEYS = ['a', 'b', 'c', 'd'].map((key) => ({ key }));

/** Two transactional producers; all three brokers and one producer crash and come back, three times each. */
function stormy(seed: number): Run {
  const random = randomStream(seed, 'stormy');
  const below = (count: number) => nextBelow(random, count);
  const at = { x: 0, y: 0 } as const;
  const producers = ['p0', 'p1'];
  const parts = [
    ...[1, 2, 3].map((n) => ({ ...at, id: `b${n}`, kind: 'kafka/broker', name: `b-${n}`, width: 300, height: 200, config: {} })),
    {
      ...at,
      id: 't',
      kind: 'kafka/topic',
      name: 'orders',
      parent: 'b1',
      config: { replicationFactor: 3, minInsyncReplicas: 1 + below(2) },
    },
    ...producers.map((id) => {
      const pace = { limit: 150, everyMillis: 100 + below(200), lingerMillis: below(50), templates: KEYS };
      return { ...at, id, kind: 'kafka/producer', name: id, config: { ...pace, transactionalId: `${id}-${below(99)}`, abortEvery: 3 } };
    }),
  ];
  const lines = producers.map((id) => ({ id: `l${id}`, kind: 'kafka/produce', from: id, to: 't', config: {} }));
  const deeds = ['b1', 'b2', 'b3', 'p0'].flatMap((target) => {
    let time = 2_000_000 + below(10_000_000);
    return [1, 2, 3].flatMap(() => {
      const crash = { at: time, verb: 'crash', target, args: {} };
      time += 300_000 + below(14_000_000);
      const restart = { at: time, verb: 'restart', target, args: {} };
      time += 1_000_000 + below(12_000_000);
      return [crash, restart];
    });
  });
  const interventions = deeds.toSorted((a, b) => a.at - b.at);
  const settings = { latency: 2_000 + below(20_000), hop: below(2) * 50, until: 180_000_000, detect: 10_000_000, colourBy: 'message' };
  return { scenario: { from: 'x', title: '', intro: '', parts, lines, settings }, seed, engine: 1, interventions } as unknown as Run;
}

/** Records that a reader of committed ones gets. */
function committedIn(log: LogState): readonly number[] {
  const found: number[] = [];
  for (let offset = log.logStartOffset; ; ) {
    const read = readLog(log, { offset, isolation: 'read_committed', maxBytes: 1_000_000_000, minOneMessage: true });
    if (read === 'OFFSET_OUT_OF_RANGE' || read.nextOffset === offset) return found;
    found.push(...visibleRecords(read.records, read.aborted).map(({ message }) => message));
    offset = read.nextOffset;
  }
}

/** Records of transactions whose end a producer was told, by that end. */
function endsOf(facts: readonly Fact[]): { readonly committed: readonly number[]; readonly aborted: readonly number[] } {
  const open = new Map<string, number[]>();
  const ends: { [kind: string]: number[] } = { 'transaction.committed': [], 'transaction.aborted': [] };
  for (const { kind, at, message } of facts) {
    if (kind === 'message.confirmed') open.set(at, [...(open.get(at) ?? []), message]);
    ends[kind]?.push(...(open.get(at) ?? []));
    if (kind in ends || kind === 'node.crashed') open.set(at, []);
  }
  return { committed: ends['transaction.committed'] ?? [], aborted: ends['transaction.aborted'] ?? [] };
}

describe('whatever crashes', () => {
  test.each([1, 2])('transactions are seen as a whole or not at all, and all of them end (seed %i)', (seed) => {
    const program = compile(stormy(seed), makeCatalogue([kafka]));
    if (!program.ok) throw new Error(JSON.stringify(program.error));
    const facts: Fact[] = [];
    const world = boot(program.value, facts);
    while (step(program.value, world, facts));
    expect(world.halted).toBe('');
    const brokers = ['b1', 'b2', 'b3'].map((id) => world.nodes.get(id) as Broker);
    const logs = brokers.flatMap(({ replicas }) => [...replicas.values()].filter(({ lead, topic }) => lead && topic === 'orders'));
    expect(logs).toHaveLength(3);
    for (const { log } of logs) expect([lastStableOffset(log), log.highWatermark]).toEqual([log.logEndOffset, log.logEndOffset]);
    const seen = logs.flatMap(({ log }) => committedIn(log));
    expect(new Set(seen).size).toBe(seen.length);
    const { committed, aborted } = endsOf(facts);
    expect(committed.length).toBeGreaterThan(100);
    expect(committed.filter((id) => !seen.includes(id))).toEqual([]);
    expect(aborted.filter((id) => seen.includes(id))).toEqual([]);
    const states = brokers.flatMap(({ transactions }) => [...transactions.byId.values()]);
    expect(states.filter(({ metadata, pending }) => pending !== undefined || metadata.state.startsWith('Prepare'))).toEqual([]);
  });
});
