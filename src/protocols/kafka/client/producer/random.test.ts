import { expect, test } from 'vitest';
import { nextBelow, type RandomState, randomStream } from '../../../../base/index.ts';
import type { Config } from '../../../../engine/index.ts';
import { defaultsOf } from '../../../../scenario/index.ts';
import { PRODUCER_FIELDS } from '../../fields.ts';
import { kindOf } from './config.ts';
import { ProducerBench } from './producer.testkit.ts';

const ERRORS = ['NOT_ENOUGH_REPLICAS', 'NOT_LEADER_OR_FOLLOWER', 'REQUEST_TIMED_OUT', 'lost', 'unanswered'];
const SECONDS = 30;

/** A run among brokers that fail for half a minute and then recover; records of each partition carry the order of their sending. */
function run(seed: number, guarantees: Config): { readonly bench: ProducerBench; readonly sent: ReadonlyMap<string, readonly string[]> } {
  const random: RandomState = randomStream(seed, 'producer');
  const below = (n: number) => nextBelow(random, n);
  const list = Array.from({ length: 120 }, (_, i) => ({
    body: `${i}`,
    key: below(3) === 0 ? '' : `k${below(5)}`,
    atMillis: below(SECONDS * 1_000),
  }));
  const partitioners = ['default', 'sticky-batch', 'round-robin', 'crc32', 'fnv1a'];
  const config = {
    ...defaultsOf(PRODUCER_FIELDS),
    mode: 'list',
    list: list.map((record) => ({ ...LISTED, ...record })),
    partitioner: partitioners[below(5)] as string,
    lingerMillis: below(3) * 20,
    batchBytes: 150 + below(1_000),
    bufferBytes: 3_000 + below(5_000),
    maxInFlight: 1 + below(5),
    requestTimeoutMillis: 700,
    deliveryTimeoutMillis: 3_600_000,
    maxBlockMillis: 3_600_000,
    ...guarantees,
  };
  const bench = new ProducerBench({ config, topics: { orders: [1, 2, 1, 2] }, brokers: 2 });
  bench.draw = below;
  bench.verdict = () => (below(4) === 0 ? (ERRORS[below(ERRORS.length)] as string) : '');
  bench.refusal = () => (below(6) === 0 ? 'lost' : '');
  for (let second = 0; second < SECONDS; second++) {
    const node = 1 + below(2);
    if (below(5) === 0) bench.peer(node, false).pass(below(1_500)).peer(node, true);
    bench.pass(1_000);
  }
  bench.verdict = () => '';
  bench.refusal = () => '';
  bench.pass(120_000);
  const bodyOf = new Map<number, string>();
  for (const { frame } of bench.produced()) for (const { id, body } of frame.messages) bodyOf.set(id, body);
  const sent = new Map<string, string[]>();
  for (const { message, data } of bench.kinds('message.published')) {
    const tp = `orders-${String(data?.['partition'])}`;
    sent.set(tp, [...(sent.get(tp) ?? []), bodyOf.get(message) ?? '?']);
  }
  return { bench, sent };
}

const LIST_FIELD = PRODUCER_FIELDS.find(({ name }) => name === 'list');
const LISTED = LIST_FIELD?.type === 'list' ? defaultsOf(LIST_FIELD.of) : {};

function expectDone(bench: ProducerBench): void {
  expect([bench.figure('published'), bench.figure('confirmed'), bench.figure('refused')]).toEqual([120, 120, undefined]);
  expect([bench.state.sender.acc.used, bench.state.sender.inFlight.length]).toEqual([0, 0]);
}

test('an idempotent producer writes each record once, in order, whatever brokers and connections do', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const { bench, sent } = run(seed, {});
    expect(kindOf(bench.x.config('p'), bench.x)).toBe('idempotent');
    expectDone(bench);
    for (const [tp, bodies] of sent) expect([seed, tp, bench.log.get(tp)]).toEqual([seed, tp, bodies]);
  }
});

test('without idempotence each record is there at least once', () => {
  let repeated = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const { bench, sent } = run(seed, { idempotence: false });
    expectDone(bench);
    for (const [tp, bodies] of sent) {
      const log = bench.log.get(tp) ?? [];
      expect(new Set(log)).toEqual(new Set(bodies));
      repeated += log.length - bodies.length;
    }
  }
  expect(repeated).toBeGreaterThan(0);
});

test('in transactions each record is written once, too, as long as nothing has to be aborted', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { bench, sent } = run(seed, { transactionalId: 'tx', transactionRecords: 4 });
    expectDone(bench);
    expect(bench.ends.length).toBeGreaterThanOrEqual(30);
    for (const [tp, bodies] of sent) expect([seed, tp, bench.log.get(tp)]).toEqual([seed, tp, bodies]);
  }
});

test('when time to deliver runs out each record is confirmed or refused, and the producer goes on', () => {
  let refused = 0;
  for (let seed = 1; seed <= 30; seed++) {
    const guarantees = [{}, { idempotence: false }, { transactionalId: 'tx', transactionRecords: 3, abortEvery: 4 }][seed % 3] as Config;
    const { bench } = run(seed, { ...guarantees, deliveryTimeoutMillis: 1_500, maxBlockMillis: 2_000 });
    const done = Number(bench.figure('confirmed')) + Number(bench.figure('refused') ?? 0);
    refused += Number(bench.figure('refused') ?? 0);
    expect([seed, done, bench.state.sender.acc.used]).toEqual([seed, 120, 0]);
    const before = bench.figure('confirmed');
    bench.publish({ body: 'last', partition: 1 }).pass(5_000);
    expect([seed, bench.figure('confirmed')]).toEqual([seed, Number(before) + 1]);
  }
  expect(refused).toBeGreaterThan(0);
});
