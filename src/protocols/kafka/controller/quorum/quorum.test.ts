import { describe, expect, test } from 'vitest';
import type { QuorumMessage, QuorumSettings, QuorumState } from '../index.ts';
import {
  appendToQuorum,
  copyQuorum,
  nextQuorumDeadline,
  quorumDisk,
  receiveQuorum,
  resignQuorum,
  startQuorum,
  tickQuorum,
} from '../index.ts';
import { logEnd } from './log.ts';

const SETTINGS: QuorumSettings = {
  electionTimeout: 1_000,
  fetchTimeout: 2_000,
  electionBackoffMax: 1_000,
  backoffBase: 100,
  requestTimeout: 2_000,
  retryBackoff: 20,
  fetchMaxWait: 500,
  fetchAwaitsHighWatermark: false,
};

/** Members that talk over a network with 1 ms of latency; whoever is in `down` neither hears nor speaks. */
class Network {
  now = 0;
  readonly down = new Set<number>();
  readonly members = new Map<number, QuorumState>();
  private readonly flights: { at: number; from: number; to: number; message: QuorumMessage }[] = [];

  constructor(
    readonly voters: readonly number[],
    observers: readonly number[] = [],
    readonly settings = SETTINGS,
    private seed = 7,
  ) {
    for (const id of [...voters, ...observers]) this.members.set(id, startQuorum(id, voters, settings, 0, this.random));
  }

  readonly random = (below: number): number => {
    this.seed = (Math.imul(this.seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return this.seed % below;
  };

  at(id: number): QuorumState {
    const member = this.members.get(id);
    if (!member) throw new Error('no such member');
    return member;
  }

  private post(from: number, effects: ReturnType<typeof tickQuorum>): void {
    for (const effect of effects)
      if (effect.type === 'send') this.flights.push({ at: this.now + 1, from, to: effect.to, message: effect.message });
  }

  append(id: number, count = 1): void {
    const records = Array.from({ length: count }, () => ({ type: 'NoOpRecord' }) as const);
    this.post(id, appendToQuorum(this.at(id), records, this.now, this.random)?.effects ?? []);
  }

  resign(id: number): void {
    this.post(id, resignQuorum(this.at(id), this.now, this.random));
  }

  restart(id: number): void {
    this.down.delete(id);
    this.members.set(id, startQuorum(id, this.voters, this.settings, this.now, this.random, quorumDisk(this.at(id))));
  }

  run(until: number): void {
    for (; this.now < until; this.now += 1) {
      const due = this.flights.filter(({ at }) => at <= this.now);
      this.flights.splice(0, this.flights.length, ...this.flights.filter(({ at }) => at > this.now));
      for (const { from, to, message } of due)
        if (!this.down.has(from) && !this.down.has(to)) this.post(to, receiveQuorum(this.at(to), from, message, this.now, this.random));
      for (const [id, member] of this.members)
        if (!this.down.has(id) && nextQuorumDeadline(member) <= this.now) this.post(id, tickQuorum(member, this.now, this.random));
    }
  }

  leaders(): readonly number[] {
    return [...this.members.values()].filter(({ id, role }) => role.name === 'leader' && !this.down.has(id)).map(({ id }) => id);
  }

  leader(): number {
    const [leader] = this.leaders();
    if (leader === undefined) throw new Error('nobody leads');
    return leader;
  }
}

describe('the metadata quorum', () => {
  test('one voter alone leads at once and commits what it writes', () => {
    const net = new Network([1]);
    net.run(2);
    net.append(1, 3);
    expect(net.at(1)).toMatchObject({ epoch: 1, leaderId: 1, highWatermark: 4 });
  });

  test('three voters elect one, and everybody follows it', () => {
    const net = new Network([1, 2, 3], [10]);
    net.run(5_000);
    expect(net.leaders()).toHaveLength(1);
    expect([...net.members.values()].map(({ leaderId }) => leaderId)).toEqual(Array(4).fill(net.leader()));
  });

  test('observers learn what is committed, but their fetches commit nothing', () => {
    const net = new Network([1, 2, 3], [10]);
    net.run(5_000);
    const leader = net.leader();
    for (const id of net.voters) if (id !== leader) net.down.add(id);
    net.append(leader);
    net.run(5_100);
    expect(logEnd(net.at(10).log)).toBe(2);
    expect(net.at(10).highWatermark).toBe(1);
  });

  test('a write is committed when a majority has it', () => {
    const net = new Network([1, 2, 3]);
    net.run(5_000);
    const leader = net.leader();
    const [first = 0] = net.voters.filter((id) => id !== leader);
    net.down.add(first);
    net.append(leader);
    net.run(5_020);
    expect(net.at(leader).highWatermark).toBe(2);
  });

  test('followers hear of the new high watermark with the next batch or when their held fetch ends, since 4.1 at once', () => {
    const lag = (settings: QuorumSettings): number => {
      const net = new Network([1, 2, 3], [], settings);
      net.run(5_000);
      const other = net.voters.find((id) => id !== net.leader()) ?? 0;
      net.append(net.leader());
      for (let now = 5_001; ; now += 1) {
        net.run(now);
        if (net.at(other).highWatermark === 2) return now - 5_000;
      }
    };
    expect(lag(SETTINGS)).toBeGreaterThan(400);
    expect(lag({ ...SETTINGS, fetchAwaitsHighWatermark: true })).toBeLessThan(10);
  });

  test('when the leader dies, the others elect another in a later epoch, with everything that was committed', () => {
    const net = new Network([1, 2, 3]);
    net.run(5_000);
    const old = net.leader();
    net.append(old, 2);
    net.run(6_000);
    const { epoch } = net.at(old);
    net.down.add(old);
    net.run(12_000);
    expect(net.leaders()).toHaveLength(1);
    expect(net.at(net.leader()).epoch).toBeGreaterThan(epoch);
    expect(net.at(net.leader()).highWatermark).toBeGreaterThanOrEqual(4);
  });

  test('without a majority nobody leads: the leader resigns, and the one that is left is never elected', () => {
    const net = new Network([1, 2, 3]);
    net.run(5_000);
    const leader = net.leader();
    for (const id of net.voters) if (id !== leader) net.down.add(id);
    net.append(leader);
    net.run(8_100);
    expect(net.leaders()).toEqual([]);
    net.run(20_000);
    expect(net.leaders()).toEqual([]);
    expect(net.at(leader).highWatermark).toBe(1);
  });

  test('a returning leader cuts off what it wrote alone', () => {
    const net = new Network([1, 2, 3]);
    net.run(5_000);
    const old = net.leader();
    const others = net.voters.filter((id) => id !== old);
    for (const id of others) net.down.add(id);
    net.append(old, 5);
    net.run(5_010);
    net.down.add(old);
    for (const id of others) net.restart(id);
    net.run(12_000);
    net.append(net.leader());
    net.run(12_100);
    net.restart(old);
    net.run(20_000);
    expect(net.at(old).log).toEqual(net.at(net.leader()).log);
    expect(logEnd(net.at(old).log)).toBe(net.at(old).highWatermark);
  });

  test('a voter gives one vote an epoch, and none to a log that lacks something', () => {
    const net = new Network([1, 2, 3]);
    net.run(5_000);
    const voter = copyQuorum(net.at(net.voters.find((id) => id !== net.leader()) ?? 0));
    const candidates = net.voters.filter((id) => id !== voter.id);
    const epoch = voter.epoch + 1;
    const vote = (candidate: number, offset: number) => {
      const request = { type: 'Vote', epoch, candidate, end: { offset, epoch: 1 } } as const;
      const effects = receiveQuorum(voter, candidate, request, net.now, net.random);
      return effects.flatMap((e) => (e.type === 'send' && e.message.type === 'VoteAnswer' ? [e.message.granted] : []))[0];
    };
    const [a = 0, b = 0] = candidates;
    expect(vote(a, 0)).toBe(false);
    expect(vote(b, logEnd(voter.log))).toBe(true);
    expect(vote(a, logEnd(voter.log))).toBe(false);
    expect(vote(b, logEnd(voter.log))).toBe(true);
  });

  test('a leader that stops names its successors, so that the next election begins at once', () => {
    const net = new Network([1, 2, 3]);
    net.run(5_000);
    const old = net.leader();
    net.resign(old);
    net.down.add(old);
    net.down.delete(old);
    net.run(5_200);
    expect(net.leaders()).toHaveLength(1);
    expect(net.leaders()).not.toEqual([old]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('whatever crashes, an epoch has one leader and what was committed stays (seed %i)', (seed) => {
    const net = new Network([1, 2, 3], [10], SETTINGS, seed);
    const ledBy = new Map<number, number>();
    let committed: QuorumState['log'] = [];
    for (let until = 500; until <= 30_000; until += 500) {
      net.run(until);
      for (const leader of net.leaders()) {
        const { epoch } = net.at(leader);
        expect(ledBy.get(epoch) ?? leader).toBe(leader);
        ledBy.set(epoch, leader);
        net.append(leader, 1 + net.random(3));
      }
      for (const { log, highWatermark } of net.members.values()) {
        const known = log.filter((batch) => batch.baseOffset < highWatermark);
        const both = Math.min(known.length, committed.length);
        expect(known.slice(0, both)).toEqual(committed.slice(0, both));
        if (known.length > committed.length) committed = known;
      }
      const victim = 1 + net.random(3);
      if (net.down.has(victim)) net.restart(victim);
      else if (net.random(3) === 0) net.down.add(victim);
    }
    expect(committed.length).toBeGreaterThan(3);
  });
});
