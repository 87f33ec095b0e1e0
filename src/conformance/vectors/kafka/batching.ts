import { type JsonObject, micros } from '../../../base/index.ts';
import {
  append,
  clusterOf,
  contentBytes,
  newSender,
  type Pass,
  placeFor,
  type Sender,
  type SendSettings,
  sendPass,
  sentForGood,
  type TopicLeaders,
} from '../../../protocols/kafka/client/producer/index.ts';
import type { KafkaMessage } from '../../../protocols/kafka/message.ts';
import { differs } from '../../canonical.ts';

const TOPIC = 'topic';
const MILLI = 1_000;

interface Bench {
  readonly sender: Sender;
  readonly settings: SendSettings;
  readonly cluster: ReturnType<typeof clusterOf>;
}

/** What an accumulator does with records, and what each turn of the sender takes out of it. */
export function playBatching(data: JsonObject): string | undefined {
  const bench = benchOf((data['config'] ?? {}) as JsonObject);
  for (const [i, step] of ((data['steps'] ?? []) as readonly JsonObject[]).entries()) {
    const wrong = playStep(bench, step);
    if (wrong !== undefined) return `step ${i}, ${String(step['op'])}: ${wrong}`;
  }
  return undefined;
}

function benchOf(config: JsonObject): Bench {
  const leaders = ((config['partitionLeaders'] ?? []) as readonly number[]).map((leader) => ({
    leader,
    leaderEpoch: 0,
    replicas: [],
    isr: [],
  }));
  const settings: SendSettings = {
    partitioner: 'default',
    batchBytes: Number(config['batch.size']),
    bufferBytes: Number(config['buffer.memory']),
    requestBytes: 1_048_576,
    linger: Number(config['linger.ms']) * MILLI,
    retries: 0,
    retryBackoff: 100 * MILLI,
    retryBackoffMax: 1_000 * MILLI,
    requestTimeout: 30_000 * MILLI,
    deliveryTimeout: 120_000 * MILLI,
    maxInFlight: Number.MAX_SAFE_INTEGER,
  };
  const nodes = [...new Set(leaders.map(({ leader }) => leader))];
  return { sender: newSender('plain'), settings, cluster: clusterOf(nodes, { [TOPIC]: leaders }) };
}

function playStep(bench: Bench, step: JsonObject): string | undefined {
  const now = Number(step['t'] ?? 0) * MILLI;
  if (step['op'] === 'append') return playAppend(bench, step, now);
  if (step['op'] === 'flush()') {
    bench.sender.acc.isFlushing = true;
    return undefined;
  }
  const { requests, delay } = loop(bench, now);
  const sent = requests.flatMap(({ node, batches }) =>
    batches.map((batch) => ({ toBroker: node, partition: batch.partition, records: batch.records.length, batchBytes: batch.bytes })),
  );
  return (
    differs(
      'readyBrokers',
      requests.map(({ node }) => node).sort((a, b) => a - b),
      step['readyBrokers'],
    ) ??
    differs('nextCheckDelayMs', Number.isFinite(delay) ? delay / MILLI : null, step['nextCheckDelayMs']) ??
    differs('sentBatches', sent, step['sentBatches'])
  );
}

function loop({ sender, settings, cluster }: Bench, now: number): Pass {
  const pass = sendPass(sender, settings, cluster, { isReachable: () => true, mayGo: () => true, mustHurry: false }, now);
  for (const { batches } of pass.requests) for (const batch of batches) sentForGood(sender, batch);
  return pass;
}

function playAppend({ sender, settings, cluster }: Bench, step: JsonObject, now: number): string | undefined {
  const partition = Number(step['partition'] ?? -1);
  const message: KafkaMessage = {
    id: 0,
    key: '',
    producer: '',
    body: '',
    weight: 1,
    isKeyNull: true,
    isTombstone: false,
    topic: TOPIC,
    partition,
    headers: undefined,
    bytes: Number(step['valueBytes']),
    timestamp: micros(now),
  };
  const content = contentBytes(message);
  const info = cluster.topics.get(TOPIC) as TopicLeaders;
  const place = placeFor(sender.acc, settings, TOPIC, info, partition, content, now, () => 0);
  const { isNewBatch, isBatchFull } = append(sender.acc, settings, place, message, content, info, now, () => 0);
  return differs('newBatchCreated', isNewBatch, step['newBatchCreated']) ?? differs('aBatchIsFull', isBatchFull, step['aBatchIsFull']);
}
