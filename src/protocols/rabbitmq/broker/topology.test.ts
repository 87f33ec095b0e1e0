import { describe, expect, test } from 'vitest';
import { BINDING, EXCHANGE, QUEUE } from '../kinds.ts';
import { BrokerBench, refusal } from './broker.testkit.ts';

describe('declaring', () => {
  test.each<[string, { readonly [name: string]: string | number | boolean }, string]>([
    ['x-overflow', { 'x-overflow': 'bogus' }, 'invalid_overflow'],
    ['x-max-length', { 'x-max-length': 'ten' }, '"expected integer, got longstr"'],
    ['x-max-length', { 'x-max-length': -1 }, '{value_negative,-1}'],
    ['x-expires', { 'x-expires': 0 }, '{value_zero,0}'],
    ['x-queue-type', { 'x-queue-type': 'bogus' }, '"unsupported queue type \'bogus\'"'],
    ['x-single-active-consumer', { 'x-single-active-consumer': 'yes' }, '{unacceptable_type,longstr}'],
    ['x-max-priority', { 'x-max-priority': 256 }, '{max_value_exceeded,256}'],
    ['x-dead-letter-routing-key', { 'x-dead-letter-routing-key': 'k' }, 'routing_key_but_no_dlx_defined'],
    ['x-queue-version', { 'x-queue-version': 3 }, '"unsupported queue version \'3\'"'],
  ])('refuses a bad %s', (key, args, term) => {
    const bench = new BrokerBench();
    const refused = bench.declare('a', 'q', { arguments: args });
    expect(refusal(refused)).toBe(`406 PRECONDITION_FAILED - invalid arg '${key}' for queue 'q' in vhost '/': ${term}`);
  });

  test('again with the same is fine, with something else is refused', () => {
    const bench = new BrokerBench();
    bench.declare('a', 'q', { arguments: { 'x-max-length': 5 } });
    const wide = bench.declare('a', 'q', { arguments: { 'x-max-length': { '!': 'int64', value: 5 }, foo: 'bar' } });
    expect(wide[0]?.verb).toBe('queue.declare-ok');
    expect(refusal(bench.declare('b', 'q'))).toContain("received none but current is the value '5' of type 'byte'");
    expect(refusal(bench.declare('c', 'q', { durable: true, arguments: { 'x-max-length': 5 } }))).toContain(
      "inequivalent arg 'durable' for queue 'q' in vhost '/': received 'true' but current is 'false'",
    );
    expect(refusal(bench.declare('d', 'q', { exclusive: true, arguments: { 'x-max-length': 5 } }))).toMatch(/^405 RESOURCE_LOCKED/);
  });

  test('an empty name asks for one, and stands for it afterwards', () => {
    const bench = new BrokerBench();
    const [declared] = bench.declare('a', '', { exclusive: true });
    expect(declared).toMatchObject({ verb: 'queue.declare-ok', queue: expect.stringMatching(/^amq\.gen-[\w-]{22}$/) });
    bench.exchange('a', 'f', 'fanout');
    bench.bind('a', '', 'f', '');
    bench.publish('f', '', 'm1');
    expect(bench.do('a', { verb: 'queue.purge', queue: '' })[0]).toMatchObject({ messageCount: 1 });
    expect(refusal(bench.do('b', { verb: 'queue.purge', queue: '' }))).toBe('404 NOT_FOUND - no previously declared queue');
  });

  test('reserved names and the default exchange are refused', () => {
    const bench = new BrokerBench();
    expect(refusal(bench.declare('a', 'amq.q'))).toBe("403 ACCESS_REFUSED - queue name 'amq.q' contains reserved prefix 'amq.*'");
    expect(refusal(bench.exchange('b', 'amq.x', 'direct'))).toMatch(/^403/);
    expect(refusal(bench.exchange('c', '', 'direct'))).toBe('403 ACCESS_REFUSED - operation not permitted on the default exchange');
    expect(refusal(bench.exchange('d', 'x', 'nosuch'))).toBe("503 COMMAND_INVALID - unknown exchange type 'nosuch'");
    expect(bench.state.connections.get('d')?.closing).toBe(true);
  });
});

describe('the end of places', () => {
  test('an auto-delete queue goes with its last consumer, not before its first', () => {
    const bench = new BrokerBench();
    bench.declare('a', 'q', { autoDelete: true });
    bench.consume('c1', 'q');
    bench.consume('c2', 'q');
    bench.do('c1', { verb: 'basic.cancel', consumerTag: 'c1' });
    expect(bench.state.queues.has('q')).toBe(true);
    bench.lose('c2');
    expect(bench.state.queues.has('q')).toBe(false);
    expect(bench.kinds('place.deleted')[0]?.why).toBe('auto-delete');
  });

  test('auto-delete exchanges fall one after the other', () => {
    const bench = new BrokerBench();
    for (const name of ['x', 'y']) bench.exchange('a', name, 'fanout', { autoDelete: true });
    bench.declare('a', 'q');
    bench.do('a', { verb: 'exchange.bind', destination: 'y', source: 'x', routingKey: '', arguments: {} });
    bench.bind('a', 'q', 'y', '');
    bench.do('a', { verb: 'queue.delete', queue: 'q', ifUnused: false, ifEmpty: false });
    expect([...bench.state.exchanges.keys()].filter((name) => !name.startsWith('amq.') && name !== '')).toEqual([]);
  });

  test('an exclusive queue goes with its connection', () => {
    const bench = new BrokerBench();
    bench.declare('k', 'mine', { exclusive: true });
    expect(refusal(bench.consume('e', 'mine'))).toMatch(/^405 RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'mine'/);
    bench.do('k', { verb: 'connection.close', channel: 0, code: 200, text: '' });
    expect(bench.state.queues.has('mine')).toBe(false);
  });

  test('consumers hear that their queue has gone; acks of its messages are ignored', () => {
    const bench = new BrokerBench();
    bench.declare('a', 'q');
    bench.consume('c', 'q');
    bench.publish('', 'q', 'm1');
    bench.do('a', { verb: 'queue.delete', queue: 'q', ifUnused: false, ifEmpty: false });
    expect(bench.sent.at(-1)).toMatchObject({ to: 'c', frame: { verb: 'basic.cancel', consumerTag: 'c' } });
    expect(bench.do('c', { verb: 'basic.ack', deliveryTag: 1, multiple: false })).toEqual([]);
    expect(bench.kinds('message.settled')[0]?.why).toBe('deleted');
  });

  test('delete only if empty, only if unused', () => {
    const bench = new BrokerBench();
    bench.declare('a', 'q');
    bench.publish('', 'q', 'm1');
    expect(refusal(bench.do('a', { verb: 'queue.delete', queue: 'q', ifUnused: false, ifEmpty: true }))).toContain('not empty');
    bench.consume('c', 'q');
    expect(refusal(bench.do('b', { verb: 'queue.delete', queue: 'q', ifUnused: true, ifEmpty: false }))).toContain('in use');
  });
});

describe('channels and connections', () => {
  test('behind a channel error everything is lost until the channel is opened anew', () => {
    const bench = new BrokerBench();
    bench.declare('p', 'q');
    bench.publish('ghost', 'k', 'm1');
    bench.publish('', 'q', 'm2');
    expect(bench.ready('q')).toEqual([]);
    bench.frame('p', { verb: 'channel.close-ok', channel: 1 });
    bench.publish('', 'q', 'm3');
    expect(bench.ready('q')).toEqual(['m3']);
  });

  test('a consumer tag twice on a channel closes the connection', () => {
    const bench = new BrokerBench();
    bench.declare('a', 'q');
    bench.consume('c', 'q');
    expect(refusal(bench.consume('c', 'q'))).toBe("530 NOT_ALLOWED - attempt to reuse consumer tag 'c'");
    expect(bench.state.queues.get('q')?.consumers).toBe(0);
  });

  test('a method on a channel that was never opened closes the connection', () => {
    const bench = new BrokerBench();
    bench.declare('a', 'q');
    const refused = bench.frame('a', { verb: 'basic.get', channel: 9, queue: 'q', noAck: true });
    expect(refusal(refused)).toBe("504 CHANNEL_ERROR - expected 'channel.open'");
  });

  test('a frame of nobody is lost', () => {
    const bench = new BrokerBench();
    bench.frame('x', { verb: 'basic.get', channel: 1, queue: 'q', noAck: true });
    expect(bench.kinds('frame.lost')[0]?.why).toBe('gone');
  });

  test('a client that connects anew leaves its old connection behind', () => {
    const bench = new BrokerBench();
    bench.declare('a', 'q');
    bench.consume('c', 'q');
    bench.publish('', 'q', 'm1');
    bench.frame('c', { verb: 'connection.open', channel: 0 });
    expect(bench.ready('q')).toEqual(['m1*']);
  });
});

describe('the drawing while it runs', () => {
  const exchange = { id: 'e', kind: EXCHANGE, config: { type: 'direct' } };
  const queue = { id: 'q', kind: QUEUE };
  const line = { id: 'l', kind: BINDING, from: 'e', to: 'q', config: { key: 'k' } };

  test('is declared at boot, but for exclusive queues', () => {
    const bench = new BrokerBench({ places: [exchange, queue, { id: 'x', kind: QUEUE, config: { exclusive: true } }], lines: [line] });
    expect(bench.kinds('place.declared').map(({ at, why }) => [at, why])).toEqual([
      ['e', 'booted'],
      ['q', 'booted'],
    ]);
    expect(bench.describe().get('x')?.status).toBe('absent');
    bench.declare('c', 'x', { exclusive: true });
    expect(bench.describe().get('x')?.status).toBe('up');
  });

  test('a queue and its line join, change and leave', () => {
    const bench = new BrokerBench({ places: [exchange] });
    bench.redraw('joined', { id: 'q', kind: QUEUE, name: 'q', x: 0, y: 0, parent: 'b', config: {} });
    bench.redraw('joined', line);
    bench.publish('e', 'k', 'm1');
    bench.redraw('reconfigured', line, { key: 'other' });
    bench.publish('e', 'k', 'm2');
    bench.publish('e', 'other', 'm3');
    expect(bench.ready('q')).toEqual(['m1', 'm3']);
    bench.redraw('left', line);
    bench.publish('e', 'other', 'm4');
    expect(bench.ready('q')).toEqual(['m1', 'm3']);
    bench.redraw('left', { id: 'q', kind: QUEUE, name: 'q', x: 0, y: 0, parent: 'b', config: {} });
    expect(bench.state.queues.size).toBe(0);
    expect(bench.kinds('message.settled').filter(({ why }) => why === 'deleted')).toHaveLength(2);
  });

  test('two lines with one key are one binding until both are gone', () => {
    const twin = { ...line, id: 'l2' };
    const bench = new BrokerBench({ places: [exchange, queue], lines: [line, twin] });
    bench.redraw('left', line);
    bench.publish('e', 'k', 'm1');
    expect(bench.ready('q')).toEqual(['m1']);
    bench.redraw('left', twin);
    bench.publish('e', 'k', 'm2');
    expect(bench.ready('q')).toEqual(['m1']);
  });

  test('a binding that a client makes is seen on the drawn line of the same key', () => {
    const bench = new BrokerBench({
      places: [exchange, { id: 'x', kind: QUEUE, config: { exclusive: true } }],
      lines: [{ ...line, to: 'x' }],
    });
    bench.declare('c', 'x', { exclusive: true });
    bench.bind('c', 'x', 'e', 'k');
    bench.do('c', {
      verb: 'basic.publish',
      message: { id: 1, key: 'k', producer: 'c', body: 'm', weight: 1, exchange: 'e', mandatory: false, properties: {} },
    });
    expect(bench.kinds('message.routed')[0]?.data?.['matched']).toEqual(['l']);
  });

  test('a person publishes to an exchange and purges a queue', () => {
    const bench = new BrokerBench({ places: [exchange, queue], lines: [line] });
    bench.command('publish', 'e', { key: 'k', count: 3, persistent: true });
    expect(bench.ready('q')).toHaveLength(3);
    bench.command('purge', 'q');
    expect(bench.ready('q')).toEqual([]);
    expect(bench.kinds('place.purged')[0]?.data).toEqual({ count: 3 });
    expect(bench.kinds('message.settled').map(({ why }) => why)).toEqual(['purged', 'purged', 'purged']);
  });
});
