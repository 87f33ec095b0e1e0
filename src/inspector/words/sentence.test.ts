import { describe, expect, test } from 'vitest';
import { FACT_KINDS, type Fact } from '../../engine/index.ts';
import { en } from '../../i18n/en/index.ts';
import { hasText, LANGUAGES, type Language } from '../../i18n/index.ts';
import * as reasons from '../../protocols/rabbitmq/broker/reasons.ts';
import { drawn, facts, known, SHOP } from '../inspector.testkit.ts';
import { explain, isExplained } from './explain.ts';
import { plain } from './pieces.ts';
import { sentence } from './sentence.ts';

const program = drawn(SHOP);

function said(fact: Omit<Partial<Fact>, 'time'> & { readonly kind: string; readonly at: string }, language: Language = 'en'): string {
  const all = facts([fact]);
  return sentence(all[0] as Fact, { program, timeline: known(all) }, language);
}

describe('routing decisions', () => {
  test('a fanout exchange copies to all', () => {
    const fact = {
      kind: 'message.routed',
      at: 'f',
      message: 3,
      why: 'matched',
      data: { matched: ['f1', 'f2'], unmatched: [], queues: ['q1', 'q2'] },
    };
    expect(said(fact)).toBe('logs (fanout) copies m3 to work and audit');
    expect(said(fact, 'zh-CN')).toBe('logs（fanout）把 m3 复制给 work 和 audit');
  });

  test('a topic exchange tells which keys matched and which did not', () => {
    const data = { matched: ['l1'], unmatched: [{ line: 'l2', why: 'topic-word' }], queues: ['q1'] };
    const fact = { kind: 'message.routed', at: 'e', message: 9, why: 'matched', data };
    expect(said(fact)).toBe('orders (topic) sends m9 to work: order.* matches, audit.# does not');
    expect(said(fact, 'zh-CN')).toBe('orders（topic）把 m9 送往 work：order.* 匹配，audit.# 不匹配');
  });

  test('a message that no binding wants has no way', () => {
    const data = { matched: [], unmatched: [{ line: 'l2', why: 'topic-word' }], queues: [] };
    const fact = { kind: 'message.routed', at: 'e', message: 9, why: 'unroutable', data };
    expect(said(fact)).toBe('orders (topic) finds no way for m9: none of its bindings matches');
  });

  test('a decision of an exchange that is not drawn names the queues as the broker knows them', () => {
    const data = { matched: [], unmatched: [], queues: ['amq.gen-1'] };
    expect(said({ kind: 'message.routed', at: 'b', message: 1, why: 'matched', data })).toBe('rabbit sends m1 to amq.gen-1');
  });
});

describe('the life of a message', () => {
  test('publishing tells exchange and key', () => {
    const fact = { kind: 'message.published', at: 'p', message: 1, line: 'lp', data: { exchange: 'orders', key: 'order.paid' } };
    expect(said(fact)).toBe('shop publishes m1 to orders, routing key order.paid');
    expect(said(fact, 'zh-CN')).toBe('shop 把 m1 发布到 orders，路由键 order.paid');
    expect(said({ ...fact, data: { exchange: 'orders', key: '' } })).toBe('shop publishes m1 to orders, without a routing key');
  });

  test('a place in the queue is counted', () => {
    expect(said({ kind: 'message.stored', at: 'q1', message: 1, data: { ahead: 0 } })).toBe('m1 enters work and is at its head');
    expect(said({ kind: 'message.stored', at: 'q1', message: 1, data: { ahead: 1 } })).toBe('m1 enters work, 1 message before it');
    expect(said({ kind: 'message.stored', at: 'q1', message: 1, data: { ahead: 4 } }, 'zh-CN')).toBe('m1 进入 work，前面还有 4 条');
  });

  test('a redelivery says so', () => {
    const fact = {
      kind: 'message.delivered',
      at: 'q1',
      message: 1,
      line: 'd1',
      why: 'turn-next',
      data: { consumer: 'c1', tag: 2, redelivered: true },
    };
    expect(said(fact)).toBe('work delivers m1 again, to worker-1, marked as redelivered');
  });

  test('the way back to the queue tells why', () => {
    const fact = { kind: 'message.requeued', at: 'q1', message: 1, why: 'connection-closed', data: { ahead: 0 } };
    expect(said(fact)).toBe('m1 goes back to its old place in work, unacknowledged when the connection ended: it is at the head');
    expect(said(fact, 'zh-CN')).toBe('连接断开时 m1 还没有确认，回到 work 中原来的位置，排在队首');
  });

  test('what ended a copy is told, not only that it ended', () => {
    const fact = { kind: 'message.settled', at: 'q1', message: 1, why: 'rejected', data: { outcome: 'dropped' } };
    expect(said(fact)).toBe('work drops m1: it was rejected without requeueing');
    expect(said({ ...fact, why: 'made-up' })).toBe('work drops m1');
  });
});

test('settings are told as they were at that time', () => {
  const changed = drawn({
    ...SHOP,
    interventions: [{ at: 5_000_000 as Fact['time'], verb: 'reconfigure', target: 'l1', args: { key: 'order.#' } }],
  });
  const data = { matched: ['l1'], unmatched: [{ line: 'l2' }], queues: ['q1'] };
  const all = facts([
    { kind: 'message.routed', at: 'e', message: 1, why: 'matched', data, time: 1_000_000 },
    { kind: 'message.routed', at: 'e', message: 2, why: 'matched', data, time: 6_000_000 },
  ]);
  const [before, after] = all.map((fact) => sentence(fact, { program: changed, timeline: known(all) }, 'en'));
  expect(before).toContain('order.* matches');
  expect(after).toContain('order.# matches');
});

describe('why', () => {
  const all = facts([
    { kind: 'message.published', at: 'p', message: 9, line: 'lp', data: { exchange: 'orders', key: 'order.paid' } },
    {
      kind: 'message.routed',
      at: 'e',
      message: 9,
      why: 'matched',
      data: {
        matched: ['l1'],
        unmatched: [{ line: 'l2', why: 'topic-word', word: 1, fromEnd: false, got: 'order', wanted: 'audit' }],
        queues: ['q1'],
      },
    },
  ]);
  const points = (language: Language) =>
    explain(all[1] as Fact, { program, timeline: known(all) }, language).points.map(({ mark, pieces }) => `${mark}: ${plain(pieces)}`);

  test('a decision is explained binding by binding', () => {
    expect(points('en')).toEqual([
      'plain: A topic exchange compares word by word, parted by dots: * stands for exactly one word, # for any number, none included.',
      'yes: order.* matches order.paid: to work.',
      'no: Word 1 of order.paid is order; the binding key audit.# asks for audit there.',
    ]);
    expect(points('zh-CN')[2]).toBe('no: order.paid 的第 1 个词是 order，绑定键 audit.# 要求它是 audit。');
  });

  test('two bindings to one queue make one copy, and that is said', () => {
    const double = drawn({ ...SHOP, lines: [...SHOP.lines, ['l3', 'x/binding', 'e', 'q1', { key: '#' }]] });
    const [fact] = facts([
      { kind: 'message.routed', at: 'e', message: 9, why: 'matched', data: { matched: ['l1', 'l3'], unmatched: [], queues: ['q1'] } },
    ]);
    const said = explain(fact as Fact, { program: double, timeline: known([]) }, 'en').points.map(({ pieces }) => plain(pieces));
    expect(said.at(-1)).toBe('2 bindings lead to work; it gets one copy all the same.');
  });

  test('what is so from the start is not explained', () => {
    const [declared] = facts([{ kind: 'place.declared', at: 'q1', why: 'booted' }]);
    expect(isExplained(declared as Fact, { program, timeline: known([]) }, 'en')).toBe(false);
  });
});

/** Arguments of each mismatch as the broker gives them. */
const MISMATCHES: readonly reasons.Mismatch[] = [
  { why: 'direct-differs', got: 'a', wanted: 'b' },
  { why: 'topic-word', word: 1, fromEnd: false, got: 'a', wanted: 'b' },
  { why: 'topic-word', word: 2, fromEnd: true, got: 'a', wanted: 'b' },
  { why: 'topic-too-short', got: 0, wanted: 2 },
  { why: 'topic-too-long', got: 3, wanted: 2 },
  { why: 'topic-middle', wanted: 'b' },
  { why: 'header-missing', header: 'format' },
  { why: 'header-differs', header: 'format', got: 'a', wanted: 'b' },
  { why: 'header-none', count: 2 },
];
const REASONS: readonly string[] = [
  ...reasons.ROUTED_WHY,
  ...reasons.TURN_WHY,
  ...reasons.REQUEUED_WHY,
  ...reasons.SETTLED_WHY,
  ...reasons.GONE_WHY,
  ...reasons.DECLARED_WHY,
  ...reasons.CLOSED_WHY,
  ...['down', 'cut', 'gone', 'absent', 'unchanged', 'ambiguous', 'heartbeat'],
];
/** A placeholder that was not filled, or a key instead of its text. */
const RAW = /[{}]|\b(fact|why|words|explain)\.[a-z]|undefined|\[object/;

describe.each(LANGUAGES)('in %s', (language) => {
  test.each([...FACT_KINDS])('%s has a sentence, whatever its data are', (kind) => {
    expect(hasText(`fact.${kind}`)).toBe(true);
    for (const [line, message] of [
      ['', 0],
      ['l1', 7],
    ] as const) {
      const text = said({ kind, at: 'q1', line, message }, language);
      expect(text).not.toMatch(RAW);
      expect(text.length).toBeGreaterThan(1);
    }
  });

  test.each([...new Set(REASONS)])('the reason %s is explained', (why) => {
    for (const kind of [
      'message.settled',
      'message.requeued',
      'message.delivered',
      'consumer.cancelled',
      'command.refused',
      'frame.lost',
    ]) {
      const all = facts([{ kind, at: 'q1', message: 1, why, data: { consumer: 'c1', outcome: 'dropped' } }]);
      const { points } = explain(all[0] as Fact, { program, timeline: known(all) }, language);
      for (const { pieces } of points) expect(plain(pieces)).not.toMatch(RAW);
    }
  });

  test.each(MISMATCHES)('a binding missed by $why is explained', (mismatch) => {
    const all = facts([
      {
        kind: 'message.routed',
        at: 'e',
        message: 1,
        why: 'unroutable',
        data: { matched: [], unmatched: [{ line: 'l2', ...mismatch }], queues: [] },
      },
    ]);
    const miss = explain(all[0] as Fact, { program, timeline: known(all) }, language).points.find(({ mark }) => mark === 'no');
    expect(plain(miss?.pieces ?? [])).not.toMatch(RAW);
    expect(plain(miss?.pieces ?? []).length).toBeGreaterThan(10);
  });
});

test('no other catalogue has a key of the inspector’s', async () => {
  const [{ app }, { editor }, { stage }, { rabbitmq }, { gallery }, { problems }, { inspector }] = await Promise.all([
    import('../../i18n/en/app.ts'),
    import('../../i18n/en/editor.ts'),
    import('../../i18n/en/stage.ts'),
    import('../../i18n/en/rabbitmq.ts'),
    import('../../i18n/en/gallery.ts'),
    import('../../i18n/en/problems.ts'),
    import('../../i18n/en/inspector.ts'),
  ]);
  const others = [app, editor, stage, rabbitmq, gallery, problems].flatMap((catalogue) => Object.keys(catalogue));
  expect(others.filter((key) => key in inspector)).toEqual([]);
  expect(Object.keys(en).length).toBeGreaterThan(Object.keys(inspector).length);
});
