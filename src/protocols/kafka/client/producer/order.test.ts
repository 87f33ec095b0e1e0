import { describe, expect, test } from 'vitest';
import { listOf, ProducerBench } from './producer.testkit.ts';

const bodies = (bench: ProducerBench, tp = 'orders-0') => (bench.log.get(tp) ?? []).join('');
const quick = { lingerMillis: 0 };

/** The first batch fails once with an error that passes. */
function stumbling(config: object): ProducerBench {
  const bench = new ProducerBench({ config: { ...listOf('abc', 0.5), ...quick, ...config } });
  let isFirst = true;
  bench.verdict = () => {
    const verdict = isFirst ? 'NOT_ENOUGH_REPLICAS' : '';
    isFirst = false;
    return verdict;
  };
  return bench.pass(3_000);
}

describe('order', () => {
  test('without idempotence a retry comes behind what was on its way', () => {
    expect(bodies(stumbling({ idempotence: false }))).toBe('bca');
  });

  test('with idempotence the broker refuses what is not next, and the order stays', () => {
    const bench = stumbling({});
    expect(bodies(bench)).toBe('abc');
    expect(bench.kinds('batch.retried').map(({ why }) => why)).toContain('out-of-order-sequence-number');
  });

  test('one request at a time keeps the order, too', () => {
    expect(bodies(stumbling({ idempotence: false, maxInFlight: 1 }))).toBe('abc');
  });

  test('a connection that breaks turns batches round without idempotence, and does not with it', () => {
    for (const [idempotence, wanted] of [
      [false, 'cba'],
      [true, 'abc'],
    ] as const) {
      const bench = new ProducerBench({ config: { ...listOf('abc', 0.5), ...quick, idempotence } });
      bench.verdict = () => 'lost';
      bench.pass(12);
      bench.peer(1, false).pass(100);
      bench.verdict = () => '';
      bench.peer(1, true).pass(3_000);
      expect(bodies(bench)).toBe(wanted);
    }
  });

  test('after a batch of unknown fate the epoch is raised and numbers begin anew', () => {
    const bench = new ProducerBench({ config: { ...listOf('a'), ...quick, deliveryTimeoutMillis: 2_000, requestTimeoutMillis: 500 } });
    bench.verdict = () => 'lost';
    bench.pass(3_000);
    expect(bench.kinds('message.refused').map(({ why }) => why)).toEqual(['delivery-timeout']);
    bench.verdict = () => '';
    bench.publish({ body: 'b' }).pass(1_000);
    const last = bench.produced().at(-1)?.frame.batches[0];
    expect([last?.producerEpoch, last?.baseSequence]).toEqual([1, 0]);
    expect(bodies(bench)).toBe('b');
  });

  test('a batch that is refused for good makes the epoch rise, and what follows is not stuck', () => {
    const bench = new ProducerBench({ config: { ...listOf('abc', 0.5), ...quick } });
    bench.verdict = ({ records }) => (records[0]?.body === 'a' ? 'INVALID_RECORD' : '');
    bench.pass(5_000);
    expect(bodies(bench)).toBe('bc');
    expect(bench.figure('producerEpoch')).toBe(1);
  });

  test('idempotence that its other settings rule out is off', () => {
    for (const config of [{ acks: '1' }, { maxInFlight: 6 }, { retries: 0 }]) {
      const bench = new ProducerBench({ config: { ...listOf('a'), ...config } }).pass(100);
      expect(bench.produced()[0]?.frame.batches[0]?.baseSequence).toBe(-1);
    }
  });
});

describe('transactions', () => {
  const transactional = { ...quick, transactionalId: 'tx', transactionRecords: 2 };
  const verbs = (bench: ProducerBench) => bench.sent.flatMap(({ frame }) => (frame.verb === 'Metadata' ? [] : [frame.verb]));

  test('the coordinator hears of a partition before its first record comes, and of the end after the last', () => {
    const bench = new ProducerBench({ config: { ...listOf('ab', 10), ...transactional } }).pass(1_000);
    expect(verbs(bench)).toEqual(['FindCoordinator', 'InitProducerId', 'AddPartitionsToTxn', 'Produce', 'Produce', 'EndTxn']);
    expect(bench.ends).toEqual(['commit']);
    expect(bench.kinds('transaction.committed').length).toBe(1);
  });

  test('every so many-th is aborted; the last one is ended even when it is not full', () => {
    const bench = new ProducerBench({ config: { ...listOf('abcde', 10), ...transactional, abortEvery: 2 } }).pass(1_000);
    expect(bench.ends).toEqual(['commit', 'abort', 'commit']);
    expect([bench.figure('committed'), bench.figure('aborted')]).toEqual([2, 1]);
    expect(bench.kinds('transaction.aborted').map(({ why }) => why)).toEqual(['planned']);
  });

  test('an error of one batch aborts all, and the next transaction has a higher epoch', () => {
    const bench = new ProducerBench({ config: { ...listOf('abcd', 10), ...transactional } });
    bench.verdict = ({ records }) => (records[0]?.body === 'a' ? 'INVALID_RECORD' : '');
    bench.pass(1_000);
    expect(bench.ends).toEqual(['abort', 'commit', 'commit']);
    expect(bench.kinds('transaction.aborted').map(({ why }) => why)).toEqual(['invalid-record']);
    expect(bench.figure('producerEpoch')).toBe(1);
  });

  test('a fenced producer sends nothing any more', () => {
    const bench = new ProducerBench({ config: { ...listOf('abcd', 10), ...transactional } });
    bench.refusal = ({ verb }) => (verb === 'EndTxn' ? 'PRODUCER_FENCED' : '');
    bench.pass(1_000);
    expect(bench.kinds('client.failed').map(({ why }) => why)).toEqual(['producer-fenced']);
    expect(bodies(bench)).toBe('ab');
    expect(bench.figure('failed')).toBe(true);
  });

  test('a coordinator that has moved is looked for', () => {
    const bench = new ProducerBench({ config: { ...listOf('ab', 10), ...transactional } });
    let left = 2;
    bench.refusal = ({ verb }) => (verb === 'EndTxn' && left-- > 0 ? 'NOT_COORDINATOR' : '');
    bench.pass(2_000);
    expect(verbs(bench).filter((verb) => verb === 'FindCoordinator').length).toBe(3);
    expect(bench.ends).toEqual(['commit']);
  });
});
