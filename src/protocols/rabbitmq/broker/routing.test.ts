import { describe, expect, test } from 'vitest';
import type { Line } from '../../../engine/index.ts';
import { BINDING, EXCHANGE, IMPLICIT, QUEUE } from '../kinds.ts';
import { BrokerBench, refusal } from './broker.testkit.ts';

function line(id: string, from: string, to: string, config: Line['config'] = {}): Line {
  return { id, kind: BINDING, from, to, config };
}

function exchangeBind(bench: BrokerBench, destination: string, source: string, routingKey: string): void {
  bench.do('a', { verb: 'exchange.bind', destination, source, routingKey, arguments: {} });
}

describe('routing', () => {
  test('a queue gets one copy, however many ways lead to it', () => {
    const bench = new BrokerBench();
    for (const name of ['s', 'l', 'r']) bench.exchange('a', name, 'fanout');
    bench.declare('a', 'q');
    for (const [to, from] of [
      ['l', 's'],
      ['r', 's'],
      ['s', 'r'],
      ['s', 's'],
    ] as const)
      exchangeBind(bench, to, from, '');
    for (const from of ['s', 'l', 'r']) bench.bind('a', 'q', from, '');
    bench.publish('s', 'k', 'm1');
    expect(bench.ready('q')).toEqual(['m1']);
  });

  test('the key is matched again at every exchange on the way', () => {
    const bench = new BrokerBench();
    bench.exchange('a', 't', 'topic');
    bench.exchange('a', 'd', 'direct');
    bench.declare('a', 'q');
    exchangeBind(bench, 'd', 't', 'a.#');
    bench.bind('a', 'q', 'd', 'a.b');
    bench.publish('t', 'a.b', 'm1');
    const returned = bench.publish('t', 'a.c', 'm2', {}, true);
    expect(bench.ready('q')).toEqual(['m1']);
    expect(returned[0]).toMatchObject({ verb: 'basic.return', code: 312, text: 'NO_ROUTE' });
  });

  test('the alternate is asked only when no binding of the exchange itself matched', () => {
    const bench = new BrokerBench();
    bench.exchange('a', 'ae', 'fanout');
    bench.exchange('a', 'd', 'direct', { arguments: { 'alternate-exchange': 'ae' } });
    bench.exchange('a', 'dead', 'fanout');
    bench.declare('a', 'un');
    bench.bind('a', 'un', 'ae', '');
    bench.publish('d', 'z', 'm1', {}, true);
    expect(bench.ready('un')).toEqual(['m1']);
    exchangeBind(bench, 'dead', 'd', 'z');
    expect(bench.publish('d', 'z', 'm2', {}, true)[0]?.verb).toBe('basic.return');
    expect(bench.ready('un')).toEqual(['m1']);
  });

  test('a missing alternate is silent, the default exchange as one reaches nothing', () => {
    const bench = new BrokerBench();
    bench.exchange('a', 'g', 'direct', { arguments: { 'alternate-exchange': 'ghost' } });
    bench.exchange('a', 'e', 'direct', { arguments: { 'alternate-exchange': '' } });
    bench.declare('a', 'k');
    expect(bench.publish('g', 'k', 'm1', {}, true)[0]?.verb).toBe('basic.return');
    expect(bench.publish('e', 'k', 'm2', {}, true)[0]?.verb).toBe('basic.return');
  });

  test('CC and BCC add keys; BCC is taken off', () => {
    const bench = new BrokerBench();
    for (const name of ['a', 'b', 'c']) bench.declare('x', name);
    bench.publish('', 'a', 'm1', { headers: { CC: ['b'], BCC: ['c'] } });
    expect([bench.ready('a'), bench.ready('b'), bench.ready('c')]).toEqual([['m1'], ['m1'], ['m1']]);
    expect(bench.state.queues.get('c')?.ready[0]?.message.properties.headers).toEqual({ CC: ['b'] });
  });

  test('CC that is no list is refused', () => {
    const bench = new BrokerBench();
    const refused = bench.publish('', 'a', 'm1', { headers: { CC: 'b' } });
    expect(refusal(refused)).toBe('406 PRECONDITION_FAILED - invalid message: {unacceptable_type_in_header,"CC",longstr}');
  });

  test('a decision is made anew when the topology has changed', () => {
    const bench = new BrokerBench();
    bench.exchange('a', 'f', 'fanout');
    bench.publish('f', 'k', 'm1');
    bench.declare('a', 'q');
    bench.bind('a', 'q', 'f', '');
    bench.publish('f', 'k', 'm2');
    bench.do('a', { verb: 'queue.unbind', queue: 'q', exchange: 'f', routingKey: '', arguments: {} });
    bench.publish('f', 'k', 'm3');
    expect(bench.ready('q')).toEqual(['m2']);
  });

  test('thousands of different keys are not all remembered', () => {
    const bench = new BrokerBench();
    bench.exchange('a', 't', 'topic');
    for (let i = 0; i < 2_000; i++) bench.publish('t', `k${i}`, 'm');
    expect(bench.state.routes.get('t')?.size).toBeLessThanOrEqual(512);
  });
});

describe('what a drawn exchange tells', () => {
  const places = [
    { id: 'e', kind: EXCHANGE, config: { type: 'topic' } },
    { id: 'q1', kind: QUEUE },
    { id: 'q2', kind: QUEUE },
  ];
  const lines = [line('l1', 'e', 'q1', { key: 'order.*' }), line('l2', 'e', 'q2', { key: 'audit.#' })];

  test('which lines matched, and why the others did not', () => {
    const bench = new BrokerBench({ places, lines });
    bench.publish('e', 'order.new', 'm1', {}, false, 'e');
    expect(bench.kinds('message.routed')[0]).toMatchObject({
      at: 'e',
      why: 'matched',
      data: {
        matched: ['l1'],
        unmatched: [{ line: 'l2', why: 'topic-word', word: 1, fromEnd: false, got: 'order', wanted: 'audit' }],
        queues: ['q1'],
      },
    });
    expect(bench.kinds('message.stored')[0]).toMatchObject({ at: 'q1', line: 'l1', data: { ahead: 0 } });
  });

  test('that nothing took it', () => {
    const bench = new BrokerBench({ places, lines });
    bench.publish('e', 'x', 'm1', {}, false, 'e');
    expect(bench.kinds('message.routed')[0]?.why).toBe('unroutable');
    expect(bench.kinds('message.settled')[0]).toMatchObject({ at: 'e', why: 'unroutable', data: { outcome: 'dropped' } });
  });

  test('the default exchange leads along implied lines', () => {
    const bench = new BrokerBench({
      places: [
        { id: 'd', kind: EXCHANGE, name: 'whatever', config: { type: 'default' } },
        { id: 'q1', kind: QUEUE, name: 'tasks' },
      ],
      lines: [{ id: 'd>q1', kind: IMPLICIT, from: 'd', to: 'q1', config: {} }],
    });
    bench.publish('', 'tasks', 'm1', {}, false, 'd');
    expect(bench.kinds('message.routed')[0]).toMatchObject({ at: 'd', data: { matched: ['d>q1'], queues: ['q1'] } });
    bench.publish('', 'task', 'm2', {}, false, 'd');
    expect(bench.kinds('message.routed')[1]?.data?.['unmatched']).toEqual([
      { line: 'd>q1', why: 'direct-differs', got: 'task', wanted: 'tasks' },
    ]);
  });

  test('a queue keeps the order of decisions where ways differ in length', () => {
    const bench = new BrokerBench({
      hop: 100,
      places: [
        { id: 'e', kind: EXCHANGE, config: { type: 'topic' } },
        { id: 'f', kind: EXCHANGE, config: { type: 'fanout' } },
        { id: 'g', kind: EXCHANGE, config: { type: 'fanout' } },
        { id: 'q', kind: QUEUE },
      ],
      lines: [line('ef', 'e', 'f', { key: 'far' }), line('fg', 'f', 'g'), line('gq', 'g', 'q'), line('eq', 'e', 'q', { key: 'near' })],
    });
    const order: string[] = [];
    for (const [i, key] of ['far', 'near', 'far', 'near', 'near'].entries()) {
      bench.publish('e', key, `m${i}`, {}, false, 'e');
      order.push(`m${i}`);
      bench.pass(40);
    }
    bench.pass(1_000);
    expect(bench.ready('q')).toEqual(order);
  });
});

describe('direct replies', () => {
  const consumeReplies = (bench: BrokerBench, noAck: boolean) => bench.consume('r', 'amq.rabbitmq.reply-to', { noAck });

  test('go straight to the channel that asked', () => {
    const bench = new BrokerBench();
    bench.declare('a', 'rpc');
    consumeReplies(bench, true);
    const message = { id: 90, key: 'rpc', producer: 'r', body: 'ask', weight: 1, exchange: '', mandatory: false };
    bench.do('r', { verb: 'basic.publish', message: { ...message, properties: { replyTo: 'amq.rabbitmq.reply-to' } } });
    const address = bench.state.queues.get('rpc')?.ready[0]?.message.properties.replyTo ?? '';
    expect(address).toMatch(/^amq\.rabbitmq\.reply-to\.g1/);
    bench.publish('', address, 'answer');
    expect(bench.delivered('r')).toEqual(['answer']);
  });

  test('a reply consumer must not acknowledge, and must be there', () => {
    const bench = new BrokerBench();
    expect(refusal(consumeReplies(bench, false))).toBe('406 PRECONDITION_FAILED - reply consumer cannot acknowledge');
    const asked = bench.publish('', 'q', 'm', { replyTo: 'amq.rabbitmq.reply-to' });
    expect(refusal(asked)).toBe('406 PRECONDITION_FAILED - fast reply consumer does not exist');
  });
});

describe('confirms', () => {
  test('come when every queue has its copy; for the unroutable after the return', () => {
    const bench = new BrokerBench();
    bench.exchange('a', 'f', 'fanout');
    bench.do('p', { verb: 'confirm.select' });
    expect(bench.publish('f', '', 'm1', {}, true).map(({ verb }) => verb)).toEqual(['basic.return', 'basic.ack']);
    for (const name of ['q1', 'q2']) {
      bench.declare('a', name);
      bench.bind('a', name, 'f', '');
    }
    expect(bench.publish('f', '', 'm2')).toEqual([{ verb: 'basic.ack', channel: 1, deliveryTag: 2, multiple: false }]);
  });
});
