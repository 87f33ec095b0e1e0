import { describe, expect, test } from 'vitest';
import { listOf, ProducerBench } from './producer.testkit.ts';

const bodies = (bench: ProducerBench, tp = 'orders-0') => (bench.log.get(tp) ?? []).join('');
const batches = (bench: ProducerBench) =>
  bench.produced().map(({ frame }) => frame.batches.map(({ records }) => records.map(({ body }) => body).join('')).join('|'));

describe('batches', () => {
  test('records that come within linger.ms share a batch, counted from its first record', () => {
    const bench = new ProducerBench({ config: { ...listOf('abcd', 2), lingerMillis: 5 } }).pass(100);
    expect(batches(bench)).toEqual(['abc', 'd']);
    expect(bench.produced()[0]?.at).toBe(15_000);
    expect(bodies(bench)).toBe('abcd');
  });

  test('a full batch goes before its time', () => {
    const bench = new ProducerBench({ config: { ...listOf('abcdef', 1), lingerMillis: 1_000, batchBytes: 300 } }).pass(100);
    expect(batches(bench)).toEqual(['ab', 'cd']);
  });

  test('without linger each record goes by itself until as many requests are on their way as may be', () => {
    const bench = new ProducerBench({ config: { ...listOf('abcdefgh', 0.1), lingerMillis: 0, maxInFlight: 2 } });
    bench.pass(100);
    expect(batches(bench)).toEqual(['a', 'b', 'cdefgh']);
  });

  test('what has piled up while the leader was away goes at once, batch after batch, also where no answer comes', () => {
    const config = { ...listOf('abcdefghijklmnopqrst', 10), acks: '0', idempotence: false, lingerMillis: 0, batchBytes: 300 };
    const bench = new ProducerBench({ config }).pass(15).peer(1, false).pass(100).peer(1, true).pass(10);
    expect([bench.state.sender.acc.waiting, bodies(bench).length]).toEqual([0, Number(bench.figure('published'))]);
    bench.pass(200);
    // Each goes by itself again.
    expect(batches(bench).slice(-4)).toEqual(['q', 'r', 's', 't']);
  });

  test('what else is ready for a broker goes along, one batch a partition', () => {
    const config = { ...listOf('a'), lingerMillis: 50, batchBytes: 200, partitioner: 'default' };
    const bench = new ProducerBench({ config, topics: { orders: [1, 1, 2] }, brokers: 2 }).pass(20);
    bench.publish({ body: 'b', partition: 1, count: 3 }).publish({ body: 'c', partition: 2, count: 1 }).pass(20);
    const first = bench.produced()[0]?.frame;
    expect(first?.batches.map(({ tp, records }) => `${tp}:${records.length}`).sort()).toEqual(['orders-0:1', 'orders-1:1']);
    expect(bench.produced().every(({ frame }) => new Set(frame.batches.map(({ tp }) => tp)).size === frame.batches.length)).toBe(true);
  });
});

describe('partitions', () => {
  test('an explicit partition wins, then the key decides, and the fact says how', () => {
    const bench = new ProducerBench({ config: { mode: 'list', list: [] }, topics: { orders: [1, 1, 1] } }).pass(10);
    bench.publish({ key: 'ab', partition: 1 }).publish({ key: 'ab' }).publish({ isEmptyKey: true }).publish({}).pass(100);
    const published = bench.kinds('message.published').map(({ why, data }) => [why, data?.['partition'], data?.['hash']]);
    expect(published).toEqual([
      ['partition-explicit', 1, undefined],
      ['partition-by-key', 2, 316155434],
      ['partition-by-key', 0, 275646681],
      ['partition-sticky', 0, undefined],
    ]);
  });

  test('a partition that does not exist is waited for, then the record is refused', () => {
    const bench = new ProducerBench({ config: { mode: 'list', list: [], maxBlockMillis: 2_000 } }).pass(10);
    bench.publish({ partition: 3 }).pass(1_000);
    expect(bench.kinds('message.published')).toEqual([]);
    bench.pass(1_500);
    expect(bench.kinds('message.refused').map(({ why }) => why)).toEqual(['no-such-partition']);
  });

  test('partitions that were added are noticed when the metadata is renewed', () => {
    const bench = new ProducerBench({ config: { mode: 'list', list: [], metadataMaxAgeMillis: 5_000 } }).pass(10);
    bench.topics['orders'] = [1, 1, 1];
    bench.publish({ key: 'ab' }).pass(6_000).publish({ key: 'ab' }).pass(10);
    expect(bench.kinds('message.published').map(({ data }) => data?.['partition'])).toEqual([0, 2]);
  });
});

describe('acknowledgements', () => {
  test('each record is confirmed with its offset', () => {
    const bench = new ProducerBench({ config: listOf('abc', 1) }).pass(100);
    expect(bench.kinds('message.confirmed').map(({ data }) => data?.['offset'])).toEqual([0, 1, 2]);
    expect([bench.figure('published'), bench.figure('confirmed')]).toEqual([3, 3]);
  });

  test('with acks=0 a record is done when it is sent, whatever becomes of it', () => {
    const bench = new ProducerBench({ config: { ...listOf('a'), acks: '0' } });
    bench.verdict = () => 'lost';
    bench.pass(100);
    expect(bench.kinds('message.confirmed').map(({ data }) => data?.['offset'])).toEqual([-1]);
    expect(bodies(bench)).toBe('');
  });

  test('an error that passes is tried again after a pause that doubles', () => {
    const bench = new ProducerBench({ config: { ...listOf('a'), lingerMillis: 0 } });
    let left = 4;
    bench.verdict = () => (left-- > 0 ? 'NOT_ENOUGH_REPLICAS' : '');
    bench.pass(5_000);
    const times = bench.produced().map(({ at }) => at);
    expect(times.slice(1).map((at, i) => at - (times[i] as number))).toEqual([102_000, 202_000, 402_000, 802_000]);
    expect(bench.kinds('batch.retried').map(({ why, data }) => [why, data?.['attempts']])).toEqual(
      [1, 2, 3, 4].map((n) => ['not-enough-replicas', n]),
    );
    expect(bodies(bench)).toBe('a');
  });

  test('an error that does not pass refuses the records at once', () => {
    const bench = new ProducerBench({ config: listOf('a') });
    bench.verdict = () => 'INVALID_RECORD';
    bench.pass(1_000);
    expect(bench.kinds('message.refused').map(({ why }) => why)).toEqual(['invalid-record']);
  });

  test('a new leader is found and tried without a pause', () => {
    const bench = new ProducerBench({ config: { mode: 'list', list: [] }, brokers: 2 });
    bench.pass(500).publish({ body: 'a' });
    bench.topics['orders'] = [2];
    bench.epoch = 1;
    bench.verdict = (_, node) => (node === 1 ? 'NOT_LEADER_OR_FOLLOWER' : '');
    bench.pass(100);
    expect(bench.produced().map(({ node }) => node)).toEqual([1, 2]);
    expect((bench.produced()[1]?.at ?? 0) - (bench.produced()[0]?.at ?? 0)).toBeLessThan(10_000);
  });
});

describe('time-outs', () => {
  test('a request without an answer is repeated after request.timeout.ms; with idempotence it is written once', () => {
    const bench = new ProducerBench({ config: { ...listOf('a'), requestTimeoutMillis: 1_000 } });
    let isFirst = true;
    bench.verdict = () => {
      const verdict = isFirst ? 'unanswered' : '';
      isFirst = false;
      return verdict;
    };
    bench.pass(3_000);
    expect(bench.produced().length).toBe(2);
    expect([bodies(bench), bench.kinds('message.confirmed').length]).toEqual(['a', 1]);
  });

  test('without idempotence the repetition is written twice', () => {
    const bench = new ProducerBench({ config: { ...listOf('a'), requestTimeoutMillis: 1_000, idempotence: false } });
    let isFirst = true;
    bench.verdict = () => {
      const verdict = isFirst ? 'unanswered' : '';
      isFirst = false;
      return verdict;
    };
    bench.pass(3_000);
    expect(bodies(bench)).toBe('aa');
  });

  test('records that can not be delivered in time are refused, and the buffer is empty again', () => {
    const bench = new ProducerBench({ config: { ...listOf('ab', 100), deliveryTimeoutMillis: 3_000 } }).pass(5);
    bench.peer(1, false).pass(2_900);
    expect(bench.figure('buffered')).toBe(2);
    bench.pass(500);
    expect(bench.kinds('message.refused').map(({ why }) => why)).toEqual(['delivery-timeout', 'delivery-timeout']);
    expect(bench.state.sender.acc.used).toBe(0);
    bench.peer(1, true).publish({ body: 'c' }).pass(2_000);
    expect(bodies(bench)).toBe('c');
  });

  test('the same when the brokers have been away for longer than metadata may be old', () => {
    const config = { ...listOf('abcd', 500), metadataMaxAgeMillis: 2_000, deliveryTimeoutMillis: 3_000, requestTimeoutMillis: 2_000 };
    const bench = new ProducerBench({ config: { ...config, acks: '1', idempotence: false } }).pass(700).peer(1, false).pass(20_000);
    expect(bench.kinds('message.refused').length).toBeGreaterThan(0);
    expect(bench.state.sender.acc.waiting).toBe(0);
  });

  test('a full buffer keeps send() waiting, and the schedule with it', () => {
    const config = { ...listOf('abcdef', 10), batchBytes: 1_000, bufferBytes: 2_000, bytes: 900, maxBlockMillis: 60_000 };
    const bench = new ProducerBench({ config: { ...config, ...listOf('abcdef', 10, { bytes: 900 }) } }).pass(5);
    bench.peer(1, false).pass(1_000);
    expect([bench.figure('published'), bench.state.sends.length]).toEqual([2, 1]);
    bench.peer(1, true).pass(1_000);
    expect([bodies(bench), bench.figure('confirmed')]).toEqual(['abcdef', 6]);
  });

  test('send() gives up after max.block.ms', () => {
    const config = { ...listOf('abc', 10, { bytes: 900 }), batchBytes: 1_000, bufferBytes: 2_000, maxBlockMillis: 500 };
    const bench = new ProducerBench({ config }).pass(5);
    bench.peer(1, false).pass(1_000);
    expect(bench.kinds('message.refused').map(({ why }) => why)).toEqual(['buffer-exhausted']);
  });
});

describe('what a person does', () => {
  test('a crash loses what was never sent and says so; the schedule goes on where it was', () => {
    const bench = new ProducerBench({ config: { ...listOf('abc', 100), lingerMillis: 50 } }).pass(20).crash();
    expect(bench.kinds('message.refused').map(({ why }) => why)).toEqual(['crashed']);
    bench.input({ type: 'restarted' });
    bench.pass(1_000);
    expect(bodies(bench)).toBe('bc');
  });

  test('a pause stops the schedule alone', () => {
    const bench = new ProducerBench({ config: listOf('abc', 100) }).pass(50);
    bench.input({ type: 'command', verb: 'pause', target: 'p', args: {} });
    bench.publish({ body: 'x' }).pass(1_000);
    expect(bodies(bench)).toBe('ax');
    bench.input({ type: 'command', verb: 'resume', target: 'p', args: {} });
    bench.pass(1_000);
    expect(bodies(bench)).toBe('axbc');
  });

  test('a scheduled record goes to each topic, along its own line', () => {
    const bench = new ProducerBench({ config: listOf('ab', 100), topics: { orders: [1], audit: [1] } }).pass(1_000);
    expect([bodies(bench), bodies(bench, 'audit-0')]).toEqual(['ab', 'ab']);
    expect(bench.produced().length).toBe(4);
  });

  test('other guarantees make another producer; nothing is lost on the way', () => {
    const config = listOf('abcd', 100);
    const bench = new ProducerBench({ config }).pass(150);
    bench.reconfigure({ ...config, acks: '1' }).pass(1_000);
    expect(bodies(bench)).toBe('abcd');
    expect(bench.produced().map(({ frame }) => frame.acks)).toEqual([-1, -1, 1, 1]);
  });
});
