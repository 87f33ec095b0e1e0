import { expect, test } from 'vitest';
import { boot, compile, type Fact, step } from '../../../engine/index.ts';
import { catalogue } from '../../../protocols/catalogue.ts';
import { type Run, sidesOf } from '../../../scenario/index.ts';
import { KAFKA } from './index.ts';

const runOf = (id: string) => KAFKA.find((entry) => entry.id === id)?.run as Run;

function factsOf(run: Run): readonly Fact[] {
  const compiled = compile(run, catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const facts: Fact[] = [];
  const world = boot(compiled.value, facts);
  while (step(compiled.value, world, facts));
  return facts;
}
const told = (id: string) => factsOf(runOf(id));
const seconds = (fact: Fact | undefined) => (fact?.time ?? Number.NaN) / 1_000_000;

/** Offsets that a consumer has been handed, in order. */
const received = (facts: readonly Fact[], at: string) => facts.filter((f) => f.kind === 'message.received' && f.at === at).map(offsetOf);
const offsetOf = ({ data }: Fact) => data?.['offset'];
/** What a consumer has done the work of, by message, in order. */
const worked = (facts: readonly Fact[], at: string) =>
  facts.filter((f) => f.kind === 'work.finished' && f.at === at).map(({ message }) => message);
const twice = (messages: readonly number[]) => [...new Set(messages.filter((m, i) => messages.indexOf(m) < i))];
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);
const lists = (facts: readonly Fact[], kind: string, at: string) =>
  facts.filter((f) => f.kind === kind && f.at === at).map(({ data }) => data?.['partitions']);
const electedAt = (facts: readonly Fact[], at: string) => seconds(facts.find((f) => f.at === at && f.why.startsWith('elected')));
const logOf = (facts: readonly Fact[], at: string) =>
  facts.filter((f) => f.kind === 'message.appended' && f.at === at).map(({ message }) => message);

test('log-not-queue: both groups read everything, one of them twice, and nothing is gone', () => {
  const facts = told('log-not-queue');
  expect(received(facts, 'c1')).toEqual(upTo(8));
  expect(received(facts, 'c2')).toEqual([...upTo(8), ...upTo(8)]);
  expect(facts.filter(({ kind }) => kind === 'message.removed')).toEqual([]);
});

test('keys-partitions: the same key goes to the same partition until there are more of them', () => {
  const facts = told('keys-partitions');
  const published = facts.filter(({ kind }) => kind === 'message.published');
  const of = (key: string) => published.filter((f) => f.data?.['key'] === key).map((f) => f.data?.['partition']);
  // The last but one of 小明 names its partition itself.
  expect(of('小明')).toEqual([0, 0, 2, 3]);
  expect(of('小红')).toEqual([0, 0, 4]);
  expect(of('Ben')).toEqual([1, 1, 0]);
  expect(of('Anna')).toEqual([2, 2, 2]);
  expect(new Set(of('')).size).toBe(1);
  const read = facts.filter((f) => f.kind === 'message.received').map(({ message, data }) => [message, data?.['partition']] as const);
  expect(read).toHaveLength(15);
  const order = read.map(([message]) => message);
  expect(order).not.toEqual([...order].sort((a, b) => a - b));
  for (const partition of upTo(5)) {
    const own = read.filter(([, of]) => of === partition).map(([message]) => message);
    expect(own).toEqual([...own].sort((a, b) => a - b));
  }
});

test('group-sizes: each partition has one reader in each group, and the fourth of four has none', () => {
  const facts = told('group-sizes');
  const assigned = upTo(10, 1).map((n) => (lists(facts, 'partition.assigned', `c${n}`).at(-1) as readonly string[]).length);
  expect(assigned).toEqual([3, 2, 1, 1, 1, 1, 1, 1, 1, 0]);
});

test('rebalance-eager: everyone gives up everything, cooperatively only what moves, and with the new protocol nobody waits', () => {
  const runs = ['rebalance-eager', 'rebalance-coop', 'rebalance-kip848'].map(told);
  const revoked = runs.map((facts) => ['c1', 'c2', 'c3'].map((at) => lists(facts, 'partition.revoked', at).flat().length));
  expect(revoked).toEqual([
    [2, 3, 1],
    [0, 1, 0],
    [2, 1, 0],
  ]);
  // Partitions that nobody reads while the third joins: all four, one, one.
  const stopped = runs.map((facts) => facts.filter((f) => f.kind === 'reading.stopped' && seconds(f) > 13 && seconds(f) < 27).length);
  expect(stopped).toEqual([4, 1, 1]);
  for (const facts of runs) {
    const left = seconds(facts.find((f) => f.kind === 'member.left' && f.why === 'session-expired'));
    expect(left).toBeGreaterThan(31);
    expect(left).toBeLessThan(35);
    const readers = new Map<string, string>();
    for (const { kind, at, data } of facts) {
      if (kind === 'reading.resumed') readers.set(String(data?.['lane']), at);
    }
    expect([...readers.values()].sort()).toEqual(['c2', 'c2', 'c3', 'c3']);
  }
});

test('static-member: only the group without names rebalances', () => {
  const facts = told('static-member').filter((f) => seconds(f) > 5);
  expect(facts.filter((f) => f.kind === 'phase.began' && f.at === 'g1')).toEqual([]);
  expect(facts.filter((f) => f.kind === 'phase.began' && f.at === 'g2')).toHaveLength(1);
  expect(facts.find((f) => f.kind === 'member.joined' && f.at === 'g1')?.why).toBe('replaced');
  expect(lists(facts, 'partition.revoked', 'c2')).toEqual([]);
});

test('offsets: committed after the work comes twice, before the work never', () => {
  const facts = told('offsets');
  expect(twice(worked(facts, 'c1'))).toEqual([7]);
  expect(twice(worked(facts, 'c2'))).toEqual([5, 6, 7, 8, 9]);
  expect(twice(worked(facts, 'c3'))).toEqual([]);
  const done = new Set(worked(facts, 'c3'));
  expect(upTo(10, 1).filter((message) => !done.has(message))).toEqual([8]);
  for (const at of ['c1', 'c2']) expect(new Set(worked(facts, at)).size).toBe(10);
});

test('ack-covers: the failed record comes again only if nothing behind it was committed', () => {
  const facts = told('ack-covers');
  expect(facts.filter((f) => f.kind === 'work.failed').map((f) => [f.at, f.message])).toEqual([
    ['c1', 2],
    ['c2', 2],
  ]);
  expect(worked(facts, 'c1')).toEqual([1, 2, 3, 4, 5]);
  expect(worked(facts, 'c2')).toEqual([1, 3, 4, 5]);
});

test('offset-reset: a rule for those that have nothing committed, or what is no longer there', () => {
  const facts = told('offset-reset');
  const resets = facts.filter((f) => f.kind === 'position.reset').map((f) => [f.at, f.why, f.data?.['cause'], offsetOf(f)]);
  expect(resets).toEqual([
    ['c4', 'earliest', 'no-committed-offset', 0],
    ['c3', 'none-error', 'NoOffsetForPartitionException', -1],
    ['c1', 'earliest', 'no-committed-offset', 0],
    ['c2', 'latest', 'no-committed-offset', 4],
    ['c4', 'earliest', 'out-of-range', 4],
  ]);
  expect(facts.filter((f) => f.kind === 'client.failed').map((f) => f.at)).toEqual(['c3']);
  // After its crash it goes on where it has committed, not at the start.
  expect(received(facts, 'c1')).toEqual([0, 1, 2, 3, 4, 5, 4, 5, 6, 7]);
  expect(received(facts, 'c2')).toEqual([4, 5, 6, 7]);
  expect(received(facts, 'c4')).toEqual([0, 1, 4, 5, 6, 7]);
});

test('replication: nobody reads what a replica in sync does not have', () => {
  const facts = told('replication');
  const shrunk = facts.find((f) => f.why === 'fell-behind');
  expect(shrunk?.data?.['isr']).toEqual([1, 2]);
  const reads = facts.filter((f) => f.kind === 'message.received').map(seconds);
  expect(reads.filter((time) => time > 11.4 && time < seconds(shrunk))).toEqual([]);
  expect(reads.filter((time) => time > 20 && time < 24).length).toBeGreaterThan(4);
  expect(facts.findLast((f) => f.kind === 'isr.changed')).toMatchObject({ why: 'caught-up', data: { isr: [1, 2, 3] } });
});

test('leader-dies: without unclean elections the partition waits, with them acknowledged records are lost', () => {
  const [clean, unclean] = sidesOf(runOf('leader-dies')).map(factsOf) as [readonly Fact[], readonly Fact[]];
  for (const facts of [clean, unclean]) {
    expect(electedAt(facts, 'b2')).toBeLessThan(13);
    expect(facts.find((f) => f.kind === 'log.truncated')).toMatchObject({ at: 't', data: { index: 3, count: 1 } });
    expect(facts.filter((f) => f.kind === 'message.confirmed' && f.message === 4)).toHaveLength(1);
  }
  const offline = clean.find((f) => f.why === 'no-leader' && f.at === 'b1');
  expect(seconds(offline)).toBeGreaterThan(37);
  expect(clean.filter((f) => f.kind === 'message.appended' && seconds(f) > 34 && seconds(f) < 46)).toEqual([]);
  expect(clean.filter((f) => f.kind === 'log.truncated')).toHaveLength(1);
  expect(electedAt(unclean, 'b1')).toBeLessThan(42);
  expect(unclean.filter((f) => f.why === 'elected-unclean').map((f) => f.at)).toContain('b1');
  // The last leader comes back after a crash: nobody knows what it had not written to disk.
  expect(clean.filter((f) => f.why === 'elected-unclean').map((f) => f.at)).toEqual(['b2']);
  const cut = unclean.findLast((f) => f.kind === 'log.truncated');
  expect(cut?.at).toBe('r');
  expect(Number(cut?.data?.['count'])).toBeGreaterThan(4);
});

test('acks-matrix: only acks=all with two in-sync replicas loses nothing that was acknowledged', () => {
  const facts = told('acks-matrix');
  const lost = upTo(4).map((row) => {
    const confirmed = facts.filter((f) => f.kind === 'message.confirmed' && f.at === `p${row}`).map(({ message }) => message);
    expect(confirmed).toHaveLength(3);
    return confirmed.filter((message) => !kept(facts, row).includes(message)).length;
  });
  expect(lost).toEqual([2, 2, 1, 0]);
});

/** Messages that both brokers have at the end, in one of the matrix's topics. */
function kept(facts: readonly Fact[], row: number): readonly number[] {
  const logs = ['t', 'r'].map((letter) => {
    const log: number[] = [];
    for (const { kind, at, message, data } of facts) {
      if (at !== `${letter}${row}`) continue;
      if (kind === 'log.truncated') log.length = Number(data?.['index']);
      else if (kind === 'message.appended' || kind === 'message.replicated') log[Number(data?.['index'])] = message;
    }
    return log;
  });
  expect(logs[0]).toEqual(logs[1]);
  return logs[0] as readonly number[];
}

test('controller-zk: with its session the nodes of the dead controller go, watches fire, and another one takes over', () => {
  const facts = told('controller-zk').filter((f) => seconds(f) > 10);
  const expired = facts.find((f) => f.kind === 'session.expired');
  expect(seconds(expired)).toBeGreaterThan(15);
  expect(facts.filter((f) => f.kind === 'znode.deleted').map((f) => f.data?.['path'])).toEqual(['/brokers/ids/1', '/controller']);
  expect(facts.filter((f) => f.kind === 'watch.fired' && f.data?.['type'] === 'NODE_DELETED').map((f) => f.data?.['client'])).toEqual([
    'b2',
    'b3',
  ]);
  const controller = facts.find((f) => f.kind === 'controller.role' && f.why === 'elected');
  const leader = facts.find((f) => f.kind === 'replica.role' && f.why === 'elected');
  expect(seconds(controller)).toBeGreaterThan(seconds(expired));
  expect(leader?.data).toMatchObject({ queue: 'orders-0', leader: 2 });
  expect(seconds(leader)).toBeGreaterThan(seconds(controller));
  expect(facts.filter((f) => f.why === 'caught-up')).toHaveLength(3);
});

test('controller-kraft: a new controller is elected soon, a new leader once the session is over', () => {
  const facts = told('controller-kraft');
  const controller = facts.find((f) => f.kind === 'controller.role' && f.why === 'elected' && seconds(f) > 10);
  const leader = facts.find((f) => f.kind === 'replica.role' && f.why === 'elected' && seconds(f) > 10);
  expect(controller?.at).not.toBe('b1');
  expect(seconds(controller)).toBeLessThan(15);
  expect(leader?.data).toMatchObject({ queue: 'orders-0', leader: 2 });
  expect(seconds(leader) - seconds(controller)).toBeGreaterThan(5);
  expect(facts.filter((f) => f.why === 'caught-up')).toHaveLength(3);
});

test('retention-compaction: segments leave whole, by age and by size; of each key the newest stays', () => {
  const facts = told('retention-compaction');
  const gone = (at: string) => facts.filter((f) => f.kind === 'message.removed' && f.at === at);
  expect(new Set(gone('t1').map((f) => f.why))).toEqual(new Set(['retention-ms']));
  expect(new Set(gone('t2').map((f) => f.why))).toEqual(new Set(['retention-bytes']));
  expect(gone('t1')).toHaveLength(24);
  const times = gone('t2').map((f) => f.time);
  for (const time of times) expect(times.filter((other) => other === time)).toHaveLength(3);
  const compacted = new Set(gone('t3').map(({ message }) => message));
  const left = facts.filter((f) => f.kind === 'message.published' && f.at === 'p2' && !compacted.has(f.message));
  expect(left.map((f) => f.data?.['key'])).toEqual(['salt', 'tea', 'rice', 'salt']);
});

test('idempotence: twice and in the wrong order without, once and in order with it', () => {
  const [plain, sequenced] = sidesOf(runOf('idempotence')).map(factsOf) as [readonly Fact[], readonly Fact[]];
  expect(logOf(plain, 't')).toEqual([1, 2, 2, 4, 3, 5]);
  expect(logOf(sequenced, 't')).toEqual([1, 2, 3, 4, 5]);
  expect(sequenced.filter((f) => f.kind === 'message.duplicate').map(({ message }) => message)).toEqual([2]);
});

test('lag: it grows with one member and shrinks with four; the fifth has nothing to do', () => {
  const facts = told('lag');
  const lagAt = (time: number) => {
    const until = facts.filter((f) => seconds(f) <= time);
    return (
      until.filter((f) => f.kind === 'message.appended').length -
      new Set(until.flatMap((f) => (f.kind === 'work.finished' ? [f.message] : []))).size
    );
  };
  expect(lagAt(10)).toBeGreaterThan(lagAt(5));
  expect(lagAt(16)).toBeGreaterThan(lagAt(10));
  expect(lagAt(55)).toBeLessThan(lagAt(35) / 2);
  expect(lists(facts, 'partition.assigned', 'c5').flat()).toEqual([]);
  expect(worked(facts, 'c5')).toEqual([]);
});
