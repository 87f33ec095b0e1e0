import { describe, expect, test } from 'vitest';
import { BINDING, EXCHANGE, QUEUE } from '../kinds.ts';
import { BrokerBench } from './broker.testkit.ts';
import { copyBroker } from './copy.ts';
import { brokerInvariants } from './invariants.ts';

const PERSISTENT = { deliveryMode: 2 } as const;

describe('a crash of the broker', () => {
  test('leaves durable places and persistent messages in their order, all marked redelivered', () => {
    const bench = new BrokerBench();
    bench.exchange('a', 'e', 'direct', { durable: true });
    bench.exchange('a', 'gone', 'direct');
    bench.declare('a', 'q', { durable: true });
    bench.declare('a', 'transient');
    bench.bind('a', 'q', 'e', 'k');
    bench.bind('a', 'q', 'gone', 'k');
    for (const body of ['m1', 'm2', 'm3']) bench.publish('e', 'k', body, PERSISTENT);
    bench.publish('e', 'k', 'lost');
    bench.publish('', 'transient', 'lost', PERSISTENT);
    bench.do('c', { verb: 'basic.qos', prefetchCount: 1, global: false });
    bench.consume('c', 'q');
    bench.crash();
    bench.restart();
    expect(bench.ready('q')).toEqual(['m1*', 'm2*', 'm3*']);
    expect([...bench.state.queues.keys()]).toEqual(['q']);
    expect(bench.state.exchanges.has('gone')).toBe(false);
    bench.publish('e', 'k', 'm4', PERSISTENT);
    expect(bench.ready('q')).toEqual(['m1*', 'm2*', 'm3*', 'm4']);
    expect(bench.kinds('message.settled').map(({ why }) => why)).toEqual(['crashed', 'crashed']);
    expect(bench.invariants()).toBeUndefined();
  });

  test('what is drawn is declared again, transient queues empty', () => {
    const bench = new BrokerBench({
      places: [
        { id: 'e', kind: EXCHANGE, config: { type: 'fanout', durable: false } },
        { id: 'q', kind: QUEUE, config: { durable: false } },
      ],
      lines: [{ id: 'l', kind: BINDING, from: 'e', to: 'q', config: {} }],
    });
    bench.publish('e', '', 'm1', PERSISTENT);
    bench.crash();
    expect(bench.describe().get('q')?.status).toBe('absent');
    bench.restart();
    bench.publish('e', '', 'm2');
    expect(bench.ready('q')).toEqual(['m2']);
  });
});

describe('a copy of a broker', () => {
  function busy(): BrokerBench {
    const bench = new BrokerBench();
    bench.declare('a', 'q');
    bench.declare('a', 'r', { arguments: { 'x-single-active-consumer': true } });
    for (const client of ['c1', 'c2', 'c3']) {
      bench.do(client, { verb: 'basic.qos', prefetchCount: 2, global: client === 'c3' });
      bench.consume(client, 'q');
      bench.consume(client, 'r', { consumerTag: `${client}r` });
    }
    for (let i = 1; i <= 12; i++) bench.publish('', i % 2 ? 'q' : 'r', `m${i}`);
    return bench;
  }

  function goOn(bench: BrokerBench): readonly unknown[] {
    const before = bench.sent.length;
    bench.do('c1', { verb: 'basic.nack', deliveryTag: 1, multiple: true, requeue: true });
    bench.do('c3', { verb: 'basic.ack', deliveryTag: 0, multiple: true });
    bench.publish('', 'q', 'n');
    bench.lose('c2');
    return bench.sent.slice(before).map(({ to, frame }) => [to, frame.verb, 'message' in frame ? frame.message.body : '']);
  }

  test('goes on exactly as the other, and leaves it alone', () => {
    const one = busy();
    const copy = copyBroker(one.state);
    const original = one.state;
    one.state = copy;
    const fromCopy = goOn(one);
    one.state = original;
    expect(brokerInvariants(original)).toBeUndefined();
    expect(goOn(one)).toEqual(fromCopy);
    expect(brokerInvariants(copy)).toBeUndefined();
  });
});

describe('what is shown of a broker', () => {
  test('a queue shows ready and unacked apart, and who consumes', () => {
    const bench = new BrokerBench({ places: [{ id: 'q', kind: QUEUE, name: 'tasks' }] });
    bench.do('c', { verb: 'basic.qos', prefetchCount: 1, global: false });
    bench.consume('c', 'tasks');
    for (const body of ['m1', 'm2', 'm3']) bench.publish('', 'tasks', body);
    const view = bench.describe().get('q');
    expect(view?.store).toMatchObject({ readyCount: 2, unackedCount: 1 });
    expect(view?.store?.unacked.map(({ message }) => message)).toEqual([1]);
    expect(view?.details.find(({ key }) => key === 'consumers')?.rows).toEqual([['c', 'full', 1, 1, 0, false]]);
  });

  test('an argument that does nothing here is said, in the view and at once', () => {
    const bench = new BrokerBench({
      places: [{ id: 'q', kind: QUEUE, config: { queueType: 'stream', arguments: { 'x-max-age': '1h' } } }],
    });
    expect(
      bench
        .describe()
        .get('q')
        ?.details.find(({ key }) => key === 'notModelled')?.rows,
    ).toEqual([['q', 'x-max-age']]);
    expect(bench.kinds('feature.omitted').map(({ why }) => why)).toEqual(['rabbitmq.stream-retention']);
  });
});
