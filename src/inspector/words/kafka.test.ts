import { describe, expect, test } from 'vitest';
import { describeNode, type Fact, type PartView } from '../../engine/index.ts';
import { hasText, LANGUAGES } from '../../i18n/index.ts';
import { catalogue } from '../../protocols/catalogue.ts';
import { PLAYED } from '../kafkaRuns.testkit.ts';
import { explain, isExplained } from './explain.ts';
import { plain } from './pieces.ts';
import { sentence } from './sentence.ts';

/** A placeholder that was not filled, a key instead of its text, or something that is no text. */
const RAW = /[{}]|\b(fact|why|words|value|phase)\.[a-z]|undefined|\[object|NaN/;
const kinds = new Set(PLAYED.flatMap(({ facts }) => facts.map(({ kind }) => kind)));
/** Reasons that the sentence itself has told. */
const SAID = new Set(['booted', 'client', 'operator', 'acked']);
const missing = (keys: Iterable<string>) => [...new Set(keys)].filter((key) => !hasText(key)).sort();
const systemOf = ({ program }: (typeof PLAYED)[number], { at }: Fact) => program.parts.get(at)?.kind.split('/')[0];

/** Settings whose values are words of the kernel rather than names: a table shows them in the reader's language. */
function valuesIn({ figures, details }: PartView): readonly string[] {
  const words = details.flatMap(({ columns, rows }) =>
    rows.flatMap((row) => row.filter((_, i) => columns[i] === 'state').map((value) => `value.${value}`)),
  );
  const states = figures.filter(({ key }) => /State$|Role$|^transaction$/.test(key));
  return [...words, ...states.map(({ value }) => `value.${value}`)];
}

test('the runs show most of what can happen', () => {
  expect(PLAYED.flatMap(({ facts }) => facts).length).toBeGreaterThan(1_000);
  expect(kinds.size).toBeGreaterThan(40);
});

describe.each(PLAYED.map(({ name }, i) => [name, i] as const))('%s', (_, i) => {
  const run = PLAYED[i] as (typeof PLAYED)[number];
  test.each(LANGUAGES)('is said in %s without a raw key, and explained wherever one may ask why', (language) => {
    const raw = run.facts.flatMap((fact) => {
      const said = [sentence(fact, run, language)];
      if (isExplained(fact, run, language)) said.push(...explain(fact, run, language).points.map(({ pieces }) => plain(pieces)));
      return said.filter((text) => RAW.test(text) || text.length < 3).map((text) => `${fact.kind} ${fact.why}: ${text}`);
    });
    expect([...new Set(raw)]).toEqual([]);
  });

  test('has words of its own for every kind of fact and every reason', () => {
    const facts = run.facts.filter(({ kind }) => !kind.startsWith('limit.'));
    expect(missing(facts.map(({ kind }) => `fact.${kind}`))).toEqual([]);
    const unexplained = facts.filter((fact) => {
      const system = systemOf(run, fact);
      return (
        fact.why !== '' && missing([`why.${fact.why}`, `why.${system}.${fact.why}`, `why.${system}.${fact.kind}.${fact.why}`]).length === 3
      );
    });
    expect([...new Set(unexplained.map(({ kind, why }) => `${kind}: ${why}`))]).toEqual([]);
  });

  test('answers “why?” for every fact', () => {
    const facts = run.facts.filter(({ why }) => !SAID.has(why));
    const silent = facts.filter((fact) => !isExplained(fact, run, 'en')).map(({ kind, why }) => `${kind}: ${why}`);
    expect([...new Set(silent)]).toEqual([]);
  });

  test('has words for all figures, tables, columns and states at any time', () => {
    const { program, timeline } = run;
    const keys = [0, 0.1, 0.25, 0.5, 0.75, 1].flatMap((share) => {
      timeline.seek(Math.floor(program.end * share) as typeof program.end);
      const views = program.nodes.flatMap((node) => [...describeNode(program, timeline.world, node).values()]);
      return views.flatMap((view) => [
        ...view.figures.map(({ key }) => `figure.${key}`),
        ...view.details.flatMap(({ key, columns }) => [`detail.${key}`, ...columns.map((column) => `column.${column}`)]),
        ...valuesIn(view),
      ]);
    });
    expect(missing(keys)).toEqual([]);
  });
});

test('every kind of part and line has a name, every deed a word', () => {
  const kafka = [...catalogue.parts.values(), ...catalogue.lines.values()].filter(({ kind }) => kind.startsWith('kafka/'));
  expect(missing(kafka.map(({ kind }) => `kind.${kind.replaceAll('/', '.')}`))).toEqual([]);
  const parts = [...catalogue.parts.values()].filter(({ kind }) => kind.startsWith('kafka/'));
  expect(missing(parts.flatMap(({ verbs }) => verbs.flatMap((verb) => [`editor.deed.${verb}`, `words.deed.${verb}`])))).toEqual([]);
  const palette = parts.filter(({ palette }) => palette.length > 0);
  expect(missing(palette.map(({ kind }) => `palette.${kind.replaceAll('/', '.')}`))).toEqual([]);
});

/** Reasons that no run here comes to, as types and tables of the pack have them. */
const RARE = [
  ...['member-rejoined', 'leader-rejoined', 'metadata-changed', 'static-member-replaced', 'left', 'sync-expired', 'over-capacity'],
  ...['rebalance-expired', 'replaced', 'group-full', 'unloaded', 'never-joined', 'away', 'topics-changed', 'removed', 'retention-bytes'],
  ...['not-enough-replicas', 'not-enough-replicas-after-append', 'request-timed-out', 'out-of-order-sequence-number', 'same-sequence'],
  ...['duplicate-sequence-number', 'unknown-producer-id', 'invalid-producer-epoch', 'producer-fenced', 'invalid-txn-state'],
  ...['concurrent-transactions', 'invalid-record', 'message-too-large', 'not-coordinator', 'coordinator-load-in-progress'],
  ...['coordinator-not-available', 'leader-not-available', 'unknown-topic-or-partition', 'fenced-leader-epoch', 'unknown-leader-epoch'],
  ...['no-metadata', 'record-too-large', 'buffer-exhausted', 'client-failed', 'transaction-aborted', 'delivery-timeout', 'closed'],
  ...['unknown-member-id', 'illegal-generation', 'fenced-instance-id', 'fenced-member-epoch', 'rebalance-in-progress', 'unsubscribed'],
  ...['in-transaction', 'fenced', 'timed-out', 'release', 'lock-expired', 'member-gone', 'reject', 'delivery-limit', 'log-start-moved'],
  ...[
    'above-watermark',
    'diverging-epoch',
    'out-of-range',
    'log-start',
    'deleted',
    'reassigned',
    'partition-sticky-batch',
    'partition-unknown',
  ],
  ...[
    'INCONSISTENT_GROUP_PROTOCOL',
    'UNRELEASED_INSTANCE_ID',
    'UNSUPPORTED_ASSIGNOR',
    'GROUP_MAX_SIZE_REACHED',
    'OffsetOutOfRangeException',
  ],
];

test('what seldom happens has its reason, too', () => {
  expect(missing(RARE.map((why) => `why.kafka.${why}`))).toEqual([]);
});

/** Kinds of facts without a reason of their own, whether or not a run here comes to them. */
const UNREASONED = [
  ...['message.appended', 'message.replicated', 'watermark.advanced', 'message.confirmed', 'message.read', 'message.received'],
  ...['message.acquired', 'message.accepted', 'message.acked', 'message.rejected', 'work.started', 'work.finished', 'work.failed'],
  ...['group.loaded', 'group.leader', 'group.generation', 'group.assigned', 'group.step', 'phase.began', 'phase.ended'],
  ...['partition.assigned', 'partition.revoked', 'partition.lost', 'reading.stopped', 'reading.resumed', 'offset.expired'],
  ...['broker.fenced', 'broker.unfenced', 'quorum.role', 'transaction.state', 'transaction.marked', 'transaction.committed'],
  ...['node.crashed', 'node.restarted', 'node.resumed', 'part.joined', 'part.left', 'part.reconfigured', 'line.cut', 'line.healed'],
  ...['Empty', 'PreparingRebalance', 'CompletingRebalance', 'Stable', 'Assigning', 'Reconciling', 'Dead'].map((s) => `group.state.${s}`),
];

test('every kind that gives no reason has one as a kind', () => {
  expect(missing(UNREASONED.map((kind) => `why.kafka.${kind}`))).toEqual([]);
});

describe('what learners often have wrong', () => {
  const [run] = PLAYED as [(typeof PLAYED)[number]];
  const why = (isIt: (fact: Fact) => boolean, language: 'en' | 'zh-CN' = 'en') => {
    const fact = run.facts.find(isIt) as Fact;
    return [sentence(fact, run, language), ...explain(fact, run, language).points.map(({ pieces }) => plain(pieces))];
  };

  test('a key decides by its hash', () => {
    const isFirst = ({ kind, why }: Fact) => kind === 'message.published' && why === 'partition-by-key';
    expect(why(isFirst)).toEqual([
      'shop sends m1 to orders: partition 1, key a',
      'murmur2 of the key a is 584102524; modulo 3 partitions that gives 1. So equal keys meet in one partition, until there are more partitions.',
    ]);
    expect(why(isFirst, 'zh-CN')[0]).toBe('shop 把 m1 发往 orders 的分区 1，键为 a');
  });

  test('a new leader is elected, and that is told otherwise than in other systems', () => {
    const [said, because] = why(({ kind, why, data }) => kind === 'replica.role' && why === 'elected' && data?.['role'] === 'leader');
    expect(said).toMatch(/^b\d leads orders-\d from now on, leader epoch \d$/);
    expect(because).toContain('in the ISR');
  });

  test('the high watermark is the least of those in sync, and only then may be read', () => {
    const [, because] = why(({ kind }) => kind === 'watermark.advanced');
    expect(because).toContain('smallest log end among the replicas in sync');
    expect(why(({ kind }) => kind === 'watermark.advanced', 'zh-CN')[1]).toContain('同步副本中最小的日志末端');
  });

  test('a state that a group comes to is explained by itself', () => {
    const stable = why(({ kind, data }) => kind === 'group.state' && data?.['to'] === 'Stable');
    const joining = why(({ kind, data }) => kind === 'group.state' && data?.['to'] === 'PreparingRebalance');
    expect(stable[1]).not.toBe(joining[1]);
    expect(joining[1]).toContain('join again');
  });

  test('what is committed is the next offset', () => {
    expect(why(({ kind, why }) => kind === 'offset.committed' && why === 'sync')[1]).toContain('next offset to read');
  });
});

test.each([
  ['FetchResponse.metadata', 'A Fetch response to', 'Fetch 响应丢失'],
  ['Fetch.replica', 'A Fetch request to', 'Fetch 请求丢失'],
  ['FetchResponse.idle', 'A Fetch response to', 'Fetch 响应丢失'],
  ['OffsetCommitResponse', 'An OffsetCommit response to', 'OffsetCommit 响应丢失'],
  ['zk.create', 'A create to', 'create 丢失'],
  ['basic.publish', 'A basic.publish to', 'basic.publish 丢失'],
])('a lost %s is called by the name that its protocol has for it', (verb, begin, end) => {
  const run = PLAYED[0] as (typeof PLAYED)[number];
  const [any] = run.facts;
  const fact = { ...(any as Fact), kind: 'frame.lost', message: 0, why: 'down', data: { verb } };
  expect(sentence(fact, run, 'en').startsWith(begin)).toBe(true);
  expect(sentence(fact, run, 'zh-CN').endsWith(end)).toBe(true);
});

test('no frame that is lost in a run is told by the name that we have for it', () => {
  const lost = PLAYED.flatMap((run) => run.facts.filter(({ kind }) => kind === 'frame.lost').map((fact) => sentence(fact, run, 'en')));
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.filter((text) => /Response|\b[A-Z]\w+\.[a-z]/.test(text))).toEqual([]);
});
