import { describe, expect, test } from 'vitest';
import type { JsonObject, Micros } from '../base/index.ts';
import type { Fact } from '../engine/index.ts';
import { Charts, Conservation, checkOracles, FirstInFirstOut } from './index.ts';

const NODE_OF: ReadonlyMap<string, string> = new Map([
  ['src', 'src'],
  ['box', 'box'],
  ['door', 'box'],
  ['shelf', 'box'],
  ['other', 'box'],
  ['sink', 'sink'],
]);

const DRAWING = { nodeOf: NODE_OF, parts: new Map<string, { kind: string }>() };

type Line = readonly [kind: string, at: string, message?: number, data?: JsonObject, why?: string];

function factsOf(lines: readonly Line[]): readonly Fact[] {
  return lines.map(([kind, at, message = 0, data, why = ''], seq) => ({
    seq,
    time: (10 * seq) as Micros,
    cause: seq - 1,
    kind,
    at,
    message,
    line: '',
    why,
    data,
  }));
}
const complaintOf = (...lines: readonly Line[]) => checkOracles(factsOf(lines), DRAWING);

const PUBLISHED: Line = ['message.published', 'src', 1];
const ROUTED: Line = ['message.routed', 'door', 1, { queues: ['shelf'] }];
const STORED: Line = ['message.stored', 'shelf', 1];
const DELIVERED: Line = ['message.delivered', 'shelf', 1, { consumer: 'sink' }];
const ACKED: Line = ['message.settled', 'shelf', 1, { outcome: 'acked' }, 'acked'];
const CRASHED: Line = ['node.crashed', 'box'];
const RESTARTED: Line = ['node.restarted', 'box'];

describe('a life as it should be is no complaint', () => {
  test.each<readonly [string, readonly Line[]]>([
    ['stored, delivered, acked', [PUBLISHED, ROUTED, STORED, DELIVERED, ACKED]],
    ['requeued and delivered again', [PUBLISHED, ROUTED, STORED, DELIVERED, ['message.requeued', 'shelf', 1], DELIVERED, ACKED]],
    [
      'a copy in each of two places',
      [
        PUBLISHED,
        ['message.routed', 'door', 1, { queues: ['shelf', 'other'] }],
        STORED,
        ['message.stored', 'other', 1],
        DELIVERED,
        ACKED,
        ['message.settled', 'other', 1, { outcome: 'dropped' }, 'purged'],
      ],
    ],
    [
      'routed to nobody',
      [PUBLISHED, ['message.routed', 'door', 1, { queues: [] }], ['message.settled', 'door', 1, { outcome: 'dropped' }]],
    ],
    ['lost on its way', [PUBLISHED, ['frame.lost', 'door', 1, { verb: 'put' }, 'down']]],
    ['kept over a crash and delivered again', [PUBLISHED, ROUTED, STORED, DELIVERED, CRASHED, RESTARTED, DELIVERED, ACKED]],
    [
      'gone in a crash while handed out',
      [PUBLISHED, ROUTED, STORED, DELIVERED, CRASHED, ['message.settled', 'shelf', 1, { outcome: 'dropped' }]],
    ],
    ['handed over without being stored', [PUBLISHED, ['message.delivered', 'box', 1], ['message.settled', 'box', 1, { outcome: 'acked' }]]],
    ['gone with its node', [PUBLISHED, ROUTED, STORED, ['part.left', 'box'], ['message.settled', 'shelf', 1, { outcome: 'dropped' }]]],
  ])('%s', (_, lines) => {
    expect(complaintOf(...lines)).toBeUndefined();
  });
});

describe('what can not be is a complaint', () => {
  test.each<readonly [string, readonly Line[], string]>([
    ['a message from nowhere', [STORED], 'nobody has published'],
    ['a message published twice', [PUBLISHED, PUBLISHED], 'published once'],
    ['stored without being routed there', [PUBLISHED, STORED], 'not on its way'],
    ['stored once more than routed', [PUBLISHED, ROUTED, STORED, STORED], 'not on its way'],
    ['delivered twice at once', [PUBLISHED, ROUTED, STORED, DELIVERED, DELIVERED], 'not ready'],
    ['delivered after its end', [PUBLISHED, ROUTED, STORED, DELIVERED, ACKED, DELIVERED], 'not ready'],
    ['acked without being delivered', [PUBLISHED, ROUTED, STORED, ACKED], 'not handed out'],
    [
      'ended twice',
      [PUBLISHED, ROUTED, STORED, DELIVERED, ACKED, ['message.settled', 'shelf', 1, { outcome: 'dropped' }]],
      'nothing of it is left',
    ],
    ['requeued without being delivered', [PUBLISHED, ROUTED, STORED, ['message.requeued', 'shelf', 1]], 'not handed out'],
    ['work that ends without having begun', [PUBLISHED, ['work.finished', 'sink', 1]], 'a worker that is idle'],
    ['a crashed consumer that answers', [PUBLISHED, ['node.crashed', 'sink'], ['message.acked', 'sink', 1]], 'a worker that is crashed'],
    ['an end that nobody knows', [PUBLISHED, ROUTED, STORED, ['message.settled', 'shelf', 1, { outcome: 'melted' }]], 'no known way'],
  ])('%s', (_, lines, text) => {
    expect(complaintOf(...lines)).toContain(text);
  });

  test('a missing fact, time that runs backwards, an effect before its cause', () => {
    const [a, b] = factsOf([PUBLISHED, ROUTED]) as [Fact, Fact];
    expect(checkOracles([a, { ...b, seq: 2 }], DRAWING)).toContain('fact 1 is missing');
    expect(
      checkOracles(
        [
          { ...a, time: 7 as Micros },
          { ...b, time: 5 as Micros },
        ],
        DRAWING,
      ),
    ).toContain('time was 7');
    expect(checkOracles([{ ...a, cause: 3 }], DRAWING)).toContain('its cause is 3');
  });
});

test('conservation says what is where, what is on its way and what has vanished', () => {
  const watcher = new Conservation(DRAWING);
  const watch = (...lines: readonly Line[]) => {
    for (const fact of factsOf(lines)) expect(watcher.watch(fact)).toBeUndefined();
  };
  watch(PUBLISHED);
  expect(watcher.underWay()).toEqual([1]);
  watch(ROUTED, STORED);
  expect([watcher.underWay(), watcher.copiesAt('shelf')]).toEqual([[], { ready: 1, unacked: 0 }]);
  watch(DELIVERED);
  expect(watcher.copiesAt('shelf')).toEqual({ ready: 0, unacked: 1 });
  watch(['message.published', 'src', 2], ['message.routed', 'door', 2, { queues: [] }]);
  expect(watcher.vanished()).toEqual([2]);
});

test('the charts tell the state that a drawing of them would light', () => {
  const charts = new Charts(DRAWING);
  const states = [...factsOf([PUBLISHED, ROUTED, STORED, DELIVERED, ['work.started', 'sink', 1], ['node.crashed', 'sink'], ACKED])].map(
    (fact) => {
      expect(charts.watch(fact)).toBeUndefined();
      return [charts.copyState('shelf', 1), charts.workerState('sink')].join(' ');
    },
  );
  expect(states).toEqual([' idle', 'routed idle', 'ready idle', 'unacked idle', 'unacked working', 'unacked crashed', ' crashed']);
});

describe('the channels of a client', () => {
  const drawing = { nodeOf: NODE_OF, parts: new Map([['sink', { kind: 'rabbitmq/consumer' }]]) };
  const CONNECTED: Line = ['connection.opened', 'box', 0, { client: 'sink' }];
  const opened = (channel: number): Line => ['channel.opened', 'box', 0, { client: 'sink', channel }];
  const failed = (channel: number): Line => ['channel.closed', 'box', 0, { client: 'sink', channel, code: 406 }, 'error'];
  const DISCONNECTED: Line = ['connection.closed', 'box', 0, { client: 'sink' }, 'farewell'];

  test('an error closes one alone; with the connection all are gone, and numbers begin anew', () => {
    const lives: string[] = [];
    const charts = new Charts(drawing, ({ detail }, { to }) => lives.push(`${detail} ${to}`));
    for (const fact of factsOf([CONNECTED, opened(1), failed(1), opened(2), DISCONNECTED, CONNECTED, opened(1)]))
      expect(charts.watch(fact)).toBeUndefined();
    expect(lives).toEqual([
      ...['box 1 opening', 'box 1 open', 'box 1 refused', 'box 2 opening', 'box 2 open'],
      ...['box 1 closed', 'box 2 closed', 'box 1 opening', 'box 1 open'],
    ]);
  });

  test.each<readonly [string, readonly Line[], string]>([
    ['opened twice', [CONNECTED, opened(1), opened(1)], 'a channel that is open'],
    ['closed twice', [CONNECTED, opened(1), failed(1), failed(1)], 'a channel that is refused'],
  ])('%s is a complaint', (_, lines, text) => {
    expect(checkOracles(factsOf(lines), drawing)).toContain(text);
  });
});

test('a plain queue that lets one pass is out of order', () => {
  const watcher = new FirstInFirstOut();
  const facts = factsOf([STORED, ['message.stored', 'shelf', 2], ['message.delivered', 'shelf', 2], DELIVERED]);
  expect(facts.map((fact) => watcher.watch(fact)).filter(Boolean)).toEqual([expect.stringContaining('handed out before it')]);
  const again = factsOf([['message.delivered', 'shelf', 1, { redelivered: true }]]);
  expect(watcher.watch(again[0] as Fact)).toBeUndefined();
});
