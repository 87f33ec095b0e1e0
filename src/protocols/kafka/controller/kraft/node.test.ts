import { describe, expect, test } from 'vitest';
import {
  copyKraftNode,
  type KraftEffect,
  type KraftNode,
  type KraftNodeSettings,
  kraftDisk,
  type MetadataReplica,
  nextKraftDeadline,
  nextQuorumDeadline,
  partitionOf,
  type QuorumMessage,
  type ReplicaEffect,
  receiveKraft,
  receiveMetadata,
  replayedOffset,
  requestKraft,
  startKraftNode,
  startMetadataReplica,
  tickKraft,
  tickMetadata,
} from '../index.ts';
import { SETTINGS } from './kraft.testkit.ts';

const NODE: KraftNodeSettings = {
  ...SETTINGS,
  quorum: {
    electionTimeout: 1_000,
    fetchTimeout: 2_000,
    electionBackoffMax: 1_000,
    backoffBase: 100,
    requestTimeout: 2_000,
    retryBackoff: 20,
    fetchMaxWait: 500,
    fetchAwaitsHighWatermark: true,
  },
  autoLeaderRebalance: true,
  balanceInterval: 300_000,
  uncleanInterval: 300_000,
};

/** Three controllers and one broker's copy of the metadata, 1 ms apart. */
class Cluster {
  now = 0;
  readonly voters = [1, 2, 3];
  readonly nodes: Map<number, KraftNode>;
  readonly broker: MetadataReplica;
  readonly down = new Set<number>();
  readonly answers = new Map<number, string>();
  private flights: { at: number; from: number; to: number; message: QuorumMessage }[] = [];
  private seed = 3;

  constructor() {
    this.nodes = new Map(this.voters.map((id) => [id, startKraftNode(id, this.voters, NODE, 0, this.random)]));
    this.broker = startMetadataReplica(10, this.voters, NODE.quorum, 0, this.random);
  }

  readonly random = (below: number): number => {
    this.seed = (Math.imul(this.seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return this.seed % below;
  };

  private post(from: number, effects: readonly (KraftEffect | ReplicaEffect)[]): void {
    for (const effect of effects) {
      if (effect.type === 'send') this.flights.push({ at: this.now + 1, from, to: effect.to, message: effect.message });
      if (effect.type === 'answer') this.answers.set(effect.ticket, effect.answer.error);
    }
  }

  run(until: number): void {
    for (; this.now < until; this.now += 1) {
      const due = this.flights.filter(({ at }) => at <= this.now);
      this.flights = this.flights.filter(({ at }) => at > this.now);
      for (const { from, to, message } of due) {
        if (this.down.has(from) || this.down.has(to)) continue;
        const node = this.nodes.get(to);
        if (node) this.post(to, receiveKraft(node, from, message, this.now, this.random));
        else this.post(10, receiveMetadata(this.broker, from, message, this.now, this.random));
      }
      for (const [id, node] of this.nodes)
        if (!this.down.has(id) && nextKraftDeadline(node) <= this.now) this.post(id, tickKraft(node, this.now, this.random));
      if (nextQuorumDeadline(this.broker.quorum) <= this.now) this.post(10, tickMetadata(this.broker, this.now, this.random));
    }
  }

  active(): KraftNode | undefined {
    return [...this.nodes.values()].find((node) => node.active && !this.down.has(node.quorum.id));
  }

  ask(node: KraftNode, ticket: number, request: Parameters<typeof requestKraft>[2]): void {
    this.post(node.quorum.id, requestKraft(node, ticket, request, this.now, this.random));
  }
}

function withTopic(): { readonly cluster: Cluster; readonly active: KraftNode } {
  const cluster = new Cluster();
  cluster.run(5_000);
  const active = cluster.active();
  if (!active) throw new Error('nobody is active');
  cluster.ask(active, 1, { type: 'RegisterBroker', brokerId: 10, incarnationId: 'a', previousBrokerEpoch: -1 });
  cluster.run(5_100);
  beat(cluster, active);
  cluster.run(5_200);
  cluster.ask(active, 2, { type: 'CreateTopic', name: 't', assignments: [[10]] });
  cluster.run(5_300);
  return { cluster, active };
}

function beat(cluster: Cluster, node: KraftNode): void {
  const brokerEpoch = cluster.broker.image.brokers.get(10)?.epoch ?? -1;
  const currentMetadataOffset = replayedOffset(cluster.broker);
  const heartbeat = {
    type: 'BrokerHeartbeat',
    brokerId: 10,
    brokerEpoch,
    currentMetadataOffset,
    wantFence: false,
    wantShutDown: false,
  } as const;
  cluster.ask(node, 100, heartbeat);
}

describe('a cluster with its own controllers', () => {
  test('a broker registers, catches up, is unfenced and learns of its topic from the metadata log', () => {
    const { cluster } = withTopic();
    expect(cluster.answers.get(2)).toBe('NONE');
    expect(cluster.broker.image.brokers.get(10)).toMatchObject({ fenced: false });
    expect(partitionOf(cluster.broker.image, 't', 0)).toMatchObject({ leader: 10, isr: [10] });
  });

  test('a broker whose heartbeats stop is fenced and its partitions go offline', () => {
    const { cluster } = withTopic();
    cluster.run(15_000);
    expect(cluster.broker.image.brokers.get(10)).toMatchObject({ fenced: true });
    expect(partitionOf(cluster.broker.image, 't', 0)).toMatchObject({ leader: -1, isr: [10] });
  });

  test('a new controller has the same metadata and gives every broker its whole session time-out again', () => {
    const { cluster, active } = withTopic();
    beat(cluster, active);
    cluster.down.add(active.quorum.id);
    cluster.run(10_000);
    const next = cluster.active();
    expect(next?.quorum.id).not.toBe(active.quorum.id);
    expect(next?.active?.sessions.get(10)?.lastContact).toBeGreaterThan(6_000);
    expect(next && partitionOf(next.committed, 't', 0)).toMatchObject({ leader: 10 });
  });

  test('without a majority nothing is changed: the request is refused when the controller gives up', () => {
    const { cluster, active } = withTopic();
    for (const id of cluster.voters) if (id !== active.quorum.id) cluster.down.add(id);
    cluster.ask(active, 3, { type: 'CreateTopic', name: 'u', assignments: [[10]] });
    cluster.run(6_000);
    expect(cluster.answers.get(3)).toBeUndefined();
    cluster.run(9_000);
    expect(cluster.answers.get(3)).toBe('NOT_CONTROLLER');
    expect(active.active).toBeUndefined();
    expect(active.committed.topicIds.has('u')).toBe(false);
  });

  test('only the active controller answers', () => {
    const { cluster, active } = withTopic();
    const other = [...cluster.nodes.values()].find((node) => node !== active);
    if (other) cluster.ask(other, 4, { type: 'DeleteTopic', name: 't' });
    expect(cluster.answers.get(4)).toBe('NOT_CONTROLLER');
  });

  test('a copy goes its own way', () => {
    const { cluster, active } = withTopic();
    const copy = copyKraftNode(active);
    requestKraft(copy, 5, { type: 'DeleteTopic', name: 't' }, cluster.now, cluster.random);
    expect(copy.active?.image.topicIds.has('t')).toBe(false);
    expect(active.active?.image.topicIds.has('t')).toBe(true);
    expect(kraftDisk(copy).log.length).toBe(kraftDisk(active).log.length + 1);
  });
});
