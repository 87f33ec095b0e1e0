/*
 * Defaults of Kafka's own settings that the simulation uses, by Kafka's names, in Kafka's units. A file of vectors holds them against
 * the real ones.
 */

export const PRODUCER_DEFAULTS = Object.freeze({
  acks: 'all',
  'batch.size': 16_384,
  'buffer.memory': 33_554_432,
  'delivery.timeout.ms': 120_000,
  'enable.idempotence': true,
  /** 5 since 4.0, see `lingerDefault`. */
  'linger.ms': 0,
  'max.block.ms': 60_000,
  'max.in.flight.requests.per.connection': 5,
  'max.request.size': 1_048_576,
  'metadata.max.age.ms': 300_000,
  'partitioner.adaptive.partitioning.enable': true,
  'partitioner.availability.timeout.ms': 0,
  'partitioner.ignore.keys': false,
  'reconnect.backoff.max.ms': 1_000,
  'reconnect.backoff.ms': 50,
  'request.timeout.ms': 30_000,
  retries: 2_147_483_647,
  'retry.backoff.max.ms': 1_000,
  'retry.backoff.ms': 100,
  'transaction.timeout.ms': 60_000,
  'transactional.id': null,
});

/** `linger.ms` in milliseconds: KIP-1030 changed it. */
export function lingerDefault(version: { readonly major: number }): number {
  return version.major >= 4 ? 5 : PRODUCER_DEFAULTS['linger.ms'];
}

export const CONSUMER_DEFAULTS = Object.freeze({
  'allow.auto.create.topics': true,
  'auto.commit.interval.ms': 5_000,
  'auto.offset.reset': 'latest',
  'client.rack': '',
  'default.api.timeout.ms': 60_000,
  'enable.auto.commit': true,
  'fetch.max.bytes': 52_428_800,
  'fetch.max.wait.ms': 500,
  'fetch.min.bytes': 1,
  'group.id': null,
  'group.instance.id': null,
  'group.protocol': 'classic',
  'group.remote.assignor': null,
  'heartbeat.interval.ms': 3_000,
  'isolation.level': 'read_uncommitted',
  'max.partition.fetch.bytes': 1_048_576,
  'max.poll.interval.ms': 300_000,
  'max.poll.records': 500,
  'metadata.max.age.ms': 300_000,
  'reconnect.backoff.max.ms': 1_000,
  'reconnect.backoff.ms': 50,
  'request.timeout.ms': 30_000,
  'retry.backoff.max.ms': 1_000,
  'retry.backoff.ms': 100,
  'session.timeout.ms': 45_000,
});

/** Settings of a broker; a topic that says nothing of its own takes them from here (see `TOPIC_DEFAULTS`). */
export const BROKER_DEFAULTS = Object.freeze({
  'group.initial.rebalance.delay.ms': 3_000,
  'group.min.session.timeout.ms': 6_000,
  'group.max.session.timeout.ms': 1_800_000,
  'group.max.size': 2_147_483_647,
  'group.consumer.session.timeout.ms': 45_000,
  'group.consumer.heartbeat.interval.ms': 5_000,
  'group.consumer.assignors': 'uniform,range',
  'offsets.topic.num.partitions': 50,
  'offsets.topic.replication.factor': 3,
  'offsets.retention.minutes': 10_080,
  'offsets.retention.check.interval.ms': 600_000,
  'num.partitions': 1,
  'default.replication.factor': 1,
  'min.insync.replicas': 1,
  'unclean.leader.election.enable': false,
  'replica.lag.time.max.ms': 30_000,
  'replica.fetch.wait.max.ms': 500,
  'replica.fetch.min.bytes': 1,
  'replica.high.watermark.checkpoint.interval.ms': 5_000,
  'auto.leader.rebalance.enable': true,
  'leader.imbalance.check.interval.seconds': 300,
  'leader.imbalance.per.broker.percentage': 10,
  'auto.create.topics.enable': true,
  'log.retention.hours': 168,
  'log.retention.bytes': -1,
  'log.retention.check.interval.ms': 300_000,
  'log.segment.bytes': 1_073_741_824,
  'log.roll.hours': 168,
  'log.cleanup.policy': 'delete',
  'log.cleaner.min.cleanable.ratio': 0.5,
  'log.cleaner.delete.retention.ms': 86_400_000,
  'log.cleaner.min.compaction.lag.ms': 0,
  'message.max.bytes': 1_048_588,
  'transaction.max.timeout.ms': 900_000,
  'transactional.id.expiration.ms': 604_800_000,
  'producer.id.expiration.ms': 86_400_000,
});

/** How brokers and controllers watch one another; the flavour of the cluster decides which of them counts. */
export const KRAFT_DEFAULTS = Object.freeze({
  'broker.session.timeout.ms': 9_000,
  'broker.heartbeat.interval.ms': 2_000,
  'controller.quorum.election.timeout.ms': 1_000,
  'controller.quorum.fetch.timeout.ms': 2_000,
});
export const ZOOKEEPER_DEFAULTS = Object.freeze({ 'zookeeper.session.timeout.ms': 18_000 });

const HOUR_MS = 3_600_000;

/** What a topic has when nothing was set for it, by the names of a topic's settings. */
export const TOPIC_DEFAULTS = Object.freeze({
  'cleanup.policy': BROKER_DEFAULTS['log.cleanup.policy'],
  'delete.retention.ms': BROKER_DEFAULTS['log.cleaner.delete.retention.ms'],
  'max.compaction.lag.ms': Number.MAX_SAFE_INTEGER,
  'max.message.bytes': BROKER_DEFAULTS['message.max.bytes'],
  'message.timestamp.type': 'CreateTime',
  'min.cleanable.dirty.ratio': BROKER_DEFAULTS['log.cleaner.min.cleanable.ratio'],
  'min.compaction.lag.ms': BROKER_DEFAULTS['log.cleaner.min.compaction.lag.ms'],
  'min.insync.replicas': BROKER_DEFAULTS['min.insync.replicas'],
  'retention.bytes': BROKER_DEFAULTS['log.retention.bytes'],
  'retention.ms': BROKER_DEFAULTS['log.retention.hours'] * HOUR_MS,
  'segment.bytes': BROKER_DEFAULTS['log.segment.bytes'],
  'segment.ms': BROKER_DEFAULTS['log.roll.hours'] * HOUR_MS,
  'unclean.leader.election.enable': BROKER_DEFAULTS['unclean.leader.election.enable'],
});
