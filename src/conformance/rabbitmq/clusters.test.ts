import { describe, expect, test } from 'vitest';
import type { Json } from '../../base/index.ts';
import { parseTruth } from '../format.ts';
import { playTrace } from './player.ts';

/*
 * What clusters, transactions and streams do beyond the recordings, written down in their form. Each follows from the
 * broker's documentation or source; the recordings hold the rules that these combine.
 */
type Step = { readonly [key: string]: Json };

function hold(nodes: number, steps: readonly Step[]): void {
  const names = Object.fromEntries(Array.from({ length: nodes }, (_, i) => [i + 1, `rmq${i + 1}`]));
  const trace = { format: 'mq-truth/1', broker: 'rabbitmq', version: '3.10.8', name: 'n', topic: 't', title: '', nodes: names };
  const parsed = parseTruth(JSON.stringify({ ...trace, steps: steps.map((step, i) => ({ i, ...step })) }));
  if (!parsed.ok || parsed.value.kind !== 'trace') throw new Error('not a recording');
  expect(playTrace(parsed.value)).toEqual({ status: 'passed' });
}

const P = 'P@1!';
const confirmed = (...bodies: readonly string[]) => ({ [P]: bodies.map((m) => ({ ev: 'confirmed', m })) });
const delivered = (m: string, tag: number, more: Step = {}) => ({
  ev: 'deliver',
  m,
  tag,
  redelivered: false,
  exchange: '',
  key: 'q',
  ...more,
});
const got = (m: string, more: Step = {}) => ({ m, redelivered: false, exchange: '', key: 'q', ...more });
const counted = (m: string, count = 0) => got(m, { redelivered: count > 0, headers: { 'x-delivery-count': count } });
const publish = (m: string, more: Step = {}) => ({ op: 'publish', ch: P, exchange: '', key: 'q', m, persistent: true, ...more });
const node = (n: number, what: string, more: Step = {}) => ({ op: 'node', n, do: what, ...more });
const wait = { op: 'wait', ms: 2_000 };
const quorum = (ch: string) => ({ op: 'queue', ch, name: 'q', durable: true, args: { 'x-queue-type': 'quorum' } });

describe('a quorum queue on three nodes', () => {
  test('goes on with another leader when its own is killed', () => {
    hold(3, [
      quorum('A@2'),
      publish('m1', { seen: confirmed('m1') }),
      node(2, 'kill', { seen: { 'A@2': [{ ev: 'connection-lost' }] } }),
      wait,
      publish('m2', { seen: confirmed('m2') }),
      { op: 'drain', queue: 'q', result: [counted('m1'), counted('m2')] },
    ]);
  });

  test('stands still without most of its members, and confirms what waited when one is back', () => {
    hold(3, [
      quorum('A@1'),
      publish('m1', { seen: confirmed('m1') }),
      node(2, 'stop'),
      node(3, 'stop'),
      publish('m2'),
      { op: 'depth', queue: 'q', result: { ready: 1, consumers: 0 } },
      node(2, 'start', { seen: confirmed('m2') }),
      { op: 'drain', queue: 'q', result: [counted('m1'), counted('m2')] },
    ]);
  });

  test('is known to be there while nobody leads it', () => {
    hold(3, [
      quorum('A@2'),
      node(2, 'stop', { seen: { 'A@2': [{ ev: 'connection-lost' }] } }),
      node(3, 'kill'),
      { op: 'depth', queue: 'q', result: { ready: 0, consumers: 0 } },
      publish('m1'),
      node(3, 'boot'),
      { ...wait, seen: confirmed('m1') },
      { op: 'drain', queue: 'q', result: [counted('m1')] },
    ]);
  });

  test('gives what the clients of its lost leader held to another consumer', () => {
    hold(3, [
      quorum('A@2'),
      { op: 'qos', ch: 'C2@2', count: 1 },
      { op: 'consume', ch: 'C2@2', as: 'c2', queue: 'q' },
      publish('m1', { seen: { ...confirmed('m1'), c2: [delivered('m1', 1)] } }),
      { op: 'consume', ch: 'C1@1', as: 'c1', queue: 'q' },
      node(2, 'kill', { seen: { 'A@2': [{ ev: 'connection-lost' }], 'C2@2': [{ ev: 'connection-lost' }] } }),
      { ...wait, seen: { c1: [delivered('m1', 1, { redelivered: true, headers: { 'x-delivery-count': 1 } })] } },
    ]);
  });

  test('loses nothing when a member that was away leads next', () => {
    hold(3, [
      quorum('A@1'),
      node(2, 'stop'),
      publish('m1', { seen: confirmed('m1') }),
      node(2, 'start'),
      wait,
      node(3, 'kill'),
      wait,
      publish('m2', { seen: confirmed('m2') }),
      { op: 'close', conn: P },
      node(1, 'kill', { seen: { A: [], 'A@1': [{ ev: 'connection-lost' }] } }),
      node(3, 'boot'),
      wait,
      { op: 'drain', ch: 'D@2', queue: 'q', result: [counted('m1'), counted('m2')] },
    ]);
  });

  test('hears from another node what its consumers settled while nobody led', () => {
    hold(3, [
      quorum('A@2'),
      { op: 'qos', ch: 'C@1', count: 1 },
      { op: 'consume', ch: 'C@1', as: 'c', queue: 'q' },
      publish('m1', { seen: { ...confirmed('m1'), c: [delivered('m1', 1)] } }),
      {
        op: 'batch',
        steps: [
          { op: 'node', n: 2, do: 'kill' },
          { op: 'ack', consumer: 'c', m: 'm1' },
        ],
        seen: { 'A@2': [{ ev: 'connection-lost' }] },
      },
      wait,
      publish('m2', { seen: { ...confirmed('m2'), c: [delivered('m2', 2)] } }),
      { op: 'depth', queue: 'q', result: { ready: 0, consumers: 1 } },
    ]);
  });
});

describe('a classic queue on another node', () => {
  const queue = { op: 'queue', ch: 'A@2', name: 'q', durable: true };
  test('is used as if it were here: prefetch, acknowledgement, rejection, cancel', () => {
    hold(2, [
      queue,
      { op: 'qos', ch: 'C@1', count: 1 },
      { op: 'consume', ch: 'C@1', as: 'c', queue: 'q' },
      publish('m1', { seen: { ...confirmed('m1'), c: [delivered('m1', 1)] } }),
      publish('m2', { seen: confirmed('m2') }),
      { op: 'nack', consumer: 'c', m: 'm1', requeue: true, seen: { c: [delivered('m1', 2, { redelivered: true })] } },
      { op: 'ack', consumer: 'c', m: 'm1', seen: { c: [delivered('m2', 3)] } },
      { op: 'cancel', as: 'c' },
      { op: 'depth', queue: 'q', result: { ready: 0, consumers: 0 } },
      { op: 'close', ch: 'C@1' },
      { op: 'drain', queue: 'q', result: [got('m2', { redelivered: true })] },
    ]);
  });

  test('says no across the nodes', () => {
    hold(2, [
      { ...queue, exclusive: false },
      {
        op: 'ack',
        ch: 'C@1',
        tag: 7,
        seen: { 'C@1': [{ ev: 'channel-closed', code: 406, text: 'PRECONDITION_FAILED - unknown delivery tag 7' }] },
      },
      { op: 'delete', ch: 'E@1', queue: 'q', result: { messages: 0 } },
      { op: 'exists', queue: 'q', result: { code: 404, text: "NOT_FOUND - no queue 'q' in vhost '/'" } },
    ]);
  });

  test('is missed while its node is down, and is back with its messages', () => {
    hold(2, [
      queue,
      publish('m1', { seen: confirmed('m1') }),
      { op: 'qos', ch: 'C@1', count: 1 },
      { op: 'consume', ch: 'C@1', as: 'c', queue: 'q', seen: { c: [delivered('m1', 1)] } },
      node(2, 'stop', { seen: { 'A@2': [{ ev: 'connection-lost' }], c: [{ ev: 'cancelled' }] } }),
      {
        op: 'exists',
        queue: 'q',
        result: { code: 404, text: "NOT_FOUND - home node 'rmq2' of durable queue 'q' in vhost '/' is down or inaccessible" },
      },
      publish('m2', {
        mandatory: true,
        seen: {
          [P]: [
            { ev: 'returned', m: 'm2', code: 312, text: 'NO_ROUTE', exchange: '', key: 'q' },
            { ev: 'confirmed', m: 'm2' },
          ],
        },
      }),
      node(2, 'start'),
      { op: 'drain', queue: 'q', result: [got('m1', { redelivered: true })] },
    ]);
  });
});

test('a mirror that is not synchronised takes over after a crash, with what it has', () => {
  hold(2, [
    { op: 'queue', ch: 'A@2', name: 'q', durable: true },
    publish('m1', { seen: confirmed('m1') }),
    { op: 'policy', name: 'ha', pattern: '^q$', def: { 'ha-mode': 'all' } },
    publish('m2', { seen: confirmed('m2') }),
    node(2, 'kill', { seen: { 'A@2': [{ ev: 'connection-lost' }] } }),
    { op: 'drain', queue: 'q', result: [got('m2', { redelivered: true })] },
  ]);
});

test('of several policies the highest that fits holds alone', () => {
  hold(1, [
    { op: 'queue', ch: 'A', name: 'q' },
    { op: 'policy', name: 'all', pattern: '.*', def: { 'max-length': 1 } },
    {
      op: 'policy',
      name: 'q',
      pattern: '^(?!amq).*$',
      priority: 1,
      applyTo: 'queues',
      def: { overflow: 'reject-publish', 'max-length': 2 },
    },
    { op: 'policy', name: 'x', pattern: 'q', priority: 9, applyTo: 'exchanges', def: { 'max-length': 0 } },
    ...['m1', 'm2'].map((m) => publish(m, { ch: 'P!', seen: { 'P!': [{ ev: 'confirmed', m }] } })),
    publish('m3', { ch: 'P!', seen: { 'P!': [{ ev: 'nacked', m: 'm3' }] } }),
    { op: 'drain', queue: 'q', result: [got('m1'), got('m2')] },
  ]);
});

describe('a transaction', () => {
  const tx = (what: string, more: Step = {}) => ({ op: 'tx', ch: 'T', do: what, ...more });
  test('publishes and acknowledges with its commit, and forgets with its rollback', () => {
    hold(1, [
      { op: 'queue', name: 'q' },
      { op: 'publish', exchange: '', key: 'q', m: 'm0' },
      tx('select'),
      { op: 'consume', ch: 'T', as: 'c', queue: 'q', seen: { c: [delivered('m0', 1)] } },
      { op: 'cancel', as: 'c' },
      { op: 'publish', ch: 'T', exchange: '', key: 'q', m: 'm1' },
      { op: 'ack', consumer: 'c', m: 'm0' },
      { op: 'depth', queue: 'q', result: { ready: 0, consumers: 0 } },
      tx('rollback'),
      { op: 'publish', ch: 'T', exchange: '', key: 'q', m: 'm2' },
      { op: 'reject', consumer: 'c', m: 'm0', requeue: true },
      { op: 'depth', queue: 'q', result: { ready: 0, consumers: 0 } },
      tx('commit'),
      { op: 'drain', queue: 'q', result: [got('m0', { redelivered: true }), got('m2')] },
    ]);
  });

  test('does not go together with confirms, and needs to be begun', () => {
    const closed = (ch: string, text: string) => ({
      result: { error: { code: 406, text: `PRECONDITION_FAILED - ${text}` } },
      seen: { [ch]: [{ ev: 'channel-closed', code: 406, text: `PRECONDITION_FAILED - ${text}` }] },
    });
    hold(1, [
      { op: 'tx', ch: 'U', do: 'commit', ...closed('U', 'channel is not transactional') },
      { op: 'tx', ch: 'V!', do: 'select', ...closed('V!', 'cannot switch from confirm to tx mode') },
    ]);
  });
});

describe('a stream', () => {
  const stream = { op: 'queue', name: 'q', durable: true, args: { 'x-queue-type': 'stream' } };
  const at = (m: string, tag: number, offset: number) => delivered(m, tag, { headers: { 'x-stream-offset': offset } });
  test('is read by everyone from an offset of his own, and is not emptied', () => {
    hold(1, [
      stream,
      { op: 'publish', exchange: '', key: 'q', msgs: ['m0', 'm1', 'm2'] },
      { op: 'qos', ch: 'C1', count: 2 },
      { op: 'qos', ch: 'C2', count: 9 },
      { op: 'qos', ch: 'C3', count: 9 },
      {
        op: 'consume',
        ch: 'C1',
        as: 'c1',
        queue: 'q',
        args: { 'x-stream-offset': 'first' },
        seen: { c1: [at('m0', 1, 0), at('m1', 2, 1)] },
      },
      { op: 'consume', ch: 'C2', as: 'c2', queue: 'q', args: { 'x-stream-offset': 1 }, seen: { c2: [at('m1', 1, 1), at('m2', 2, 2)] } },
      { op: 'consume', ch: 'C3', as: 'c3', queue: 'q' },
      { op: 'ack', consumer: 'c1', m: 'm0', seen: { c1: [at('m2', 3, 2)] } },
      { op: 'publish', exchange: '', key: 'q', m: 'm3', seen: { c2: [at('m3', 3, 3)], c3: [at('m3', 1, 3)] } },
      { op: 'depth', queue: 'q', result: { ready: 4, consumers: 0 } },
    ]);
  });

  test('wants a prefetch and acknowledgements, and cannot be fetched from', () => {
    const gone = { result: { error: { text: 'closed before a reply came' } } };
    const connection = (ch: string, text: string) => ({
      ...gone,
      seen: { [ch]: [{ ev: 'connection-closed', code: 540, text: `NOT_IMPLEMENTED - ${text}` }] },
    });
    const refusal = "PRECONDITION_FAILED - consumer prefetch count is not set for 'queue 'q' in vhost '/''";
    hold(1, [
      stream,
      {
        op: 'consume',
        ch: 'C1',
        as: 'c1',
        queue: 'q',
        result: { error: { code: 406, text: refusal } },
        seen: { C1: [{ ev: 'channel-closed', code: 406, text: refusal }] },
      },
      { op: 'get', ch: 'G', queue: 'q', ...connection('G', "basic.get not supported by stream queues queue 'q' in vhost '/'") },
    ]);
  });
});
