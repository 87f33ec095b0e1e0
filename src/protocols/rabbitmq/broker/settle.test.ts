import { describe, expect, test } from 'vitest';
import { BrokerBench, refusal } from './broker.testkit.ts';

function withDeliveries(count: number): BrokerBench {
  const bench = new BrokerBench();
  bench.declare('a', 'q');
  bench.consume('c', 'q');
  for (let i = 1; i <= count; i++) bench.publish('', 'q', `m${i}`);
  return bench;
}

describe('settling deliveries', () => {
  test('acks in any order; the rest comes back in its place, redelivered', () => {
    const bench = withDeliveries(4);
    bench.do('c', { verb: 'basic.ack', deliveryTag: 3, multiple: false });
    bench.do('c', { verb: 'basic.ack', deliveryTag: 1, multiple: false });
    bench.lose('c');
    expect(bench.ready('q')).toEqual(['m2*', 'm4*']);
    expect(bench.kinds('message.requeued').map(({ why, data }) => [why, data?.['ahead']])).toEqual([
      ['connection-closed', 0],
      ['connection-closed', 1],
    ]);
  });

  test('tag 0 with multiple means all', () => {
    const bench = withDeliveries(3);
    bench.do('c', { verb: 'basic.ack', deliveryTag: 0, multiple: true });
    expect(bench.kinds('message.settled')).toHaveLength(3);
    expect(bench.state.queues.get('q')?.unacked).toBe(0);
  });

  test('multiple needs the named tag itself to be outstanding', () => {
    const bench = withDeliveries(3);
    bench.do('c', { verb: 'basic.ack', deliveryTag: 2, multiple: false });
    const refused = bench.do('c', { verb: 'basic.ack', deliveryTag: 2, multiple: true });
    expect(refusal(refused)).toBe('406 PRECONDITION_FAILED - unknown delivery tag 2');
    expect(bench.ready('q')).toEqual(['m1*', 'm3*']);
  });

  test('rejected for good, a message is dropped', () => {
    const bench = withDeliveries(1);
    bench.do('c', { verb: 'basic.reject', deliveryTag: 1, requeue: false });
    expect(bench.kinds('message.settled')[0]).toMatchObject({ why: 'rejected', data: { outcome: 'dropped' } });
  });

  test('requeued, it goes back between those that stayed', () => {
    const bench = withDeliveries(3);
    bench.do('c', { verb: 'basic.cancel', consumerTag: 'c' });
    bench.publish('', 'q', 'm4');
    bench.do('c', { verb: 'basic.nack', deliveryTag: 3, multiple: false, requeue: true });
    bench.do('c', { verb: 'basic.nack', deliveryTag: 1, multiple: false, requeue: true });
    expect(bench.ready('q')).toEqual(['m1*', 'm3*', 'm4']);
  });

  test('recover brings back all that a channel holds, gets included', () => {
    const bench = new BrokerBench();
    bench.declare('a', 'q');
    bench.publish('', 'q', 'm1');
    bench.do('g', { verb: 'basic.get', queue: 'q', noAck: false });
    const answers = bench.do('g', { verb: 'basic.recover', requeue: true });
    expect(answers.map(({ verb }) => verb)).toEqual(['basic.recover-ok']);
    expect(bench.ready('q')).toEqual(['m1*']);
    expect(bench.kinds('message.requeued')[0]?.why).toBe('recovered');
  });

  test('get tells how many are left, and that there is none', () => {
    const bench = new BrokerBench();
    bench.declare('a', 'q');
    bench.publish('', 'q', 'm1');
    bench.publish('', 'q', 'm2');
    expect(bench.do('g', { verb: 'basic.get', queue: 'q', noAck: true })[0]).toMatchObject({ verb: 'basic.get-ok', messageCount: 1 });
    bench.do('g', { verb: 'basic.get', queue: 'q', noAck: true });
    expect(bench.do('g', { verb: 'basic.get', queue: 'q', noAck: true })[0]?.verb).toBe('basic.get-empty');
  });

  test('cancelled under the same tag and started again, old acks add to the new credit', () => {
    const bench = new BrokerBench();
    bench.declare('a', 'q');
    bench.do('c', { verb: 'basic.qos', prefetchCount: 1, global: false });
    bench.consume('c', 'q');
    for (const body of ['m1', 'm2', 'm3', 'm4']) bench.publish('', 'q', body);
    bench.do('c', { verb: 'basic.cancel', consumerTag: 'c' });
    bench.consume('c', 'q');
    expect(bench.delivered('c')).toEqual(['m1', 'm2']);
    bench.do('c', { verb: 'basic.ack', deliveryTag: 1, multiple: false });
    expect(bench.delivered('c')).toEqual(['m1', 'm2', 'm3']);
  });

  test('thousands of acks keep the books straight', () => {
    const bench = withDeliveries(3_000);
    for (let tag = 1; tag <= 2_000; tag++) bench.do('c', { verb: 'basic.ack', deliveryTag: tag, multiple: false });
    expect(bench.state.queues.get('q')?.unacked).toBe(1_000);
    expect(bench.invariants()).toBeUndefined();
    bench.lose('c');
    expect(bench.ready('q')).toHaveLength(1_000);
    expect(bench.ready('q')[0]).toBe('m2001*');
  });
});
