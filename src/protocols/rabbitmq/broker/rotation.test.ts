import { describe, expect, test } from 'vitest';
import { BrokerBench } from './broker.testkit.ts';

function benchWithQueue(): BrokerBench {
  const bench = new BrokerBench();
  bench.declare('a', 'q');
  return bench;
}

function burst(bench: BrokerBench, ...bodies: readonly string[]): void {
  for (const body of bodies) bench.publish('', 'q', body);
}

function prefetch(bench: BrokerBench, client: string, prefetchCount: number, global = false): void {
  bench.do(client, { verb: 'basic.qos', prefetchCount, global });
}

function ack(bench: BrokerBench, client: string, deliveryTag: number, multiple = false): void {
  bench.do(client, { verb: 'basic.ack', deliveryTag, multiple });
}

describe('the rotation of consumers', () => {
  test('idle consumers take turns', () => {
    const bench = benchWithQueue();
    bench.consume('c1', 'q');
    bench.consume('c2', 'q');
    burst(bench, 'm1', 'm2', 'm3');
    expect(bench.delivered('c1')).toEqual(['m1', 'm3']);
    expect(bench.delivered('c2')).toEqual(['m2']);
    expect(bench.kinds('message.delivered').map(({ why }) => why)).toEqual(['turn-next', 'turn-next', 'turn-next']);
  });

  test('who comes first to a backlog takes it all', () => {
    const bench = benchWithQueue();
    burst(bench, 'm1', 'm2');
    bench.consume('c1', 'q');
    bench.consume('c2', 'q');
    expect(bench.delivered('c1')).toEqual(['m1', 'm2']);
    expect(bench.kinds('message.delivered')[0]?.why).toBe('turn-only');
  });

  test('a full consumer is passed over until it acknowledges, then joins at the end', () => {
    const bench = benchWithQueue();
    prefetch(bench, 'c1', 1);
    for (const client of ['c1', 'c2', 'c3']) bench.consume(client, 'q');
    burst(bench, 'm1', 'm2', 'm3', 'm4');
    expect(bench.delivered('c1')).toEqual(['m1']);
    ack(bench, 'c1', 1);
    burst(bench, 'm5', 'm6', 'm7');
    expect(bench.delivered('c3')).toEqual(['m3', 'm5']);
    expect(bench.delivered('c2')).toEqual(['m2', 'm4', 'm6']);
    expect(bench.delivered('c1')).toEqual(['m1', 'm7']);
  });

  test('prefetch does not limit a consumer that never acknowledges', () => {
    const bench = benchWithQueue();
    prefetch(bench, 'c1', 1);
    bench.consume('c1', 'q', { noAck: true });
    burst(bench, 'm1', 'm2', 'm3');
    expect(bench.delivered('c1')).toHaveLength(3);
    expect(bench.kinds('message.settled').map(({ why }) => why)).toEqual(['auto-acked', 'auto-acked', 'auto-acked']);
  });

  test('a per-consumer prefetch holds for consumers started later only', () => {
    const bench = benchWithQueue();
    bench.consume('c1', 'q');
    prefetch(bench, 'c1', 1);
    burst(bench, 'm1', 'm2', 'm3');
    expect(bench.delivered('c1')).toHaveLength(3);
  });

  test('the highest priority takes all until it is full', () => {
    const bench = benchWithQueue();
    prefetch(bench, 'c2', 2);
    bench.consume('c1', 'q');
    bench.consume('c2', 'q', { arguments: { 'x-priority': 10 } });
    burst(bench, 'm1', 'm2', 'm3');
    expect(bench.delivered('c2')).toEqual(['m1', 'm2']);
    expect(bench.delivered('c1')).toEqual(['m3']);
    expect(bench.kinds('message.delivered').map(({ why }) => why)).toEqual(['turn-priority', 'turn-priority', 'turn-free']);
  });

  test('a single active consumer has all until it goes', () => {
    const bench = new BrokerBench();
    bench.declare('a', 'q', { arguments: { 'x-single-active-consumer': true } });
    bench.consume('c1', 'q');
    bench.consume('c2', 'q', { arguments: { 'x-priority': 10 } });
    burst(bench, 'm1', 'm2');
    bench.lose('c1');
    expect(bench.delivered('c1')).toEqual(['m1', 'm2']);
    expect(bench.delivered('c2')).toEqual(['m1*', 'm2*']);
    expect(bench.invariants()).toBeUndefined();
  });
});

describe('the limit of a whole channel', () => {
  test('is shared by its consumers', () => {
    const bench = benchWithQueue();
    prefetch(bench, 'x', 3, true);
    bench.consume('x', 'q', { consumerTag: 'c1' });
    bench.consume('x', 'q', { consumerTag: 'c2' });
    burst(bench, 'm1', 'm2', 'm3', 'm4');
    expect(bench.delivered('x')).toEqual(['m1', 'm2', 'm3']);
    ack(bench, 'x', 1);
    expect(bench.delivered('x')).toHaveLength(4);
    expect(bench.invariants()).toBeUndefined();
  });

  test('is taken away by a per-consumer prefetch: who runs already is flooded', () => {
    const bench = benchWithQueue();
    prefetch(bench, 'x', 1, true);
    bench.consume('x', 'q');
    burst(bench, 'm1', 'm2', 'm3');
    expect(bench.delivered('x')).toEqual(['m1']);
    prefetch(bench, 'x', 2);
    expect(bench.delivered('x')).toEqual(['m1', 'm2', 'm3']);
  });

  test('raised, it lets more through at once', () => {
    const bench = benchWithQueue();
    prefetch(bench, 'x', 1, true);
    bench.consume('x', 'q');
    burst(bench, 'm1', 'm2', 'm3');
    prefetch(bench, 'x', 2, true);
    expect(bench.delivered('x')).toEqual(['m1', 'm2']);
  });

  test('goes over several queues', () => {
    const bench = benchWithQueue();
    bench.declare('a', 'r');
    prefetch(bench, 'x', 1, true);
    bench.consume('x', 'q', { consumerTag: 'c1' });
    bench.consume('x', 'r', { consumerTag: 'c2' });
    burst(bench, 'm1');
    bench.publish('', 'r', 'n1');
    expect(bench.delivered('x')).toEqual(['m1']);
    ack(bench, 'x', 1);
    expect(bench.delivered('x')).toEqual(['m1', 'n1']);
  });
});
