import type { Json, JsonObject } from '../../../base/index.ts';
import {
  countSticky,
  drawPartition,
  hashOfKey,
  kafkajsHash,
  keyBytes,
  loadOf,
  murmur2,
  newStickiness,
  stickyPartition,
  type TopicInfo,
  toPositive,
} from '../../../protocols/kafka/client/producer/index.ts';
import { differs } from '../../canonical.ts';

const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 50, 100];

/** The result of a trace's `partition`: where each client's partitioner sends a key, by number of partitions. */
export function partitionsOf(key: string): JsonObject {
  const hex = hexOf(key);
  const murmur = remainders(hashOfKey('default', key));
  const legacy = Object.entries(remainders(toPositive(kafkajsHash(key))));
  return {
    key,
    utf8hex: hex,
    murmur2: murmur,
    consistent_crc32: remainders(hashOfKey('crc32', key)),
    fnv1a: remainders(hashOfKey('fnv1a', key)),
    // Only what differs from murmur2 is written down.
    kafkajsLegacy: Object.fromEntries(legacy.filter(([count, partition]) => murmur[count] !== partition)),
  };
}

function remainders(hash: number): { readonly [count: string]: number } {
  return Object.fromEntries(COUNTS.map((count) => [String(count), hash % count]));
}

function hexOf(key: string): string {
  const { bytes, length } = keyBytes(key);
  return Array.from(bytes.subarray(0, length), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/** A key's bytes, its hash and the partitions that follow from it. */
export function playMurmur2(data: JsonObject): string | undefined {
  const hex = String(data['keyBytesHex'] ?? '');
  const hash = murmur2(bytesOf(hex));
  const partitions = (data['partitionByPartitionCount'] ?? {}) as JsonObject;
  const got = Object.fromEntries(Object.keys(partitions).map((count) => [count, toPositive(hash) % Number(count)]));
  const isText = String(data['keyType']).startsWith('string');
  return (
    differs('murmur2', hash, data['murmur2']) ??
    differs('toPositive', toPositive(hash), data['toPositive']) ??
    differs('partitions', got, partitions) ??
    (isText ? differs('UTF-8', hexOf(String(data['key'])), hex) : undefined)
  );
}

/** Records without a key (KIP-794), with the random numbers that the real partitioner drew. */
export function playPartitioner(data: JsonObject): string | undefined {
  switch (data['kind']) {
    case 'adaptive':
      return playAdaptive(data);
    case 'sticky-enable-switch':
      return playSteps(data);
    default:
      return playSticky(data);
  }
}

const numbers = (value: Json | undefined) => (Array.isArray(value) ? value.map(Number) : []);

/** Draws what the list says, from its beginning again when it is used up. */
function scripted(data: JsonObject) {
  const randoms = numbers(data['randoms']);
  const consumed: number[] = [];
  const draw = (below: number) => {
    const random = randoms[consumed.length % Math.max(1, randoms.length)] ?? 0;
    consumed.push(random);
    return random % below;
  };
  return { draw, consumed };
}

function topicOf(data: JsonObject): TopicInfo {
  const count = Number(data['partitions']);
  const leaderless = new Set(numbers(data['leaderless']));
  return { count, available: Array.from({ length: count }, (_, i) => i).filter((i) => !leaderless.has(i)) };
}

function playSticky(data: JsonObject): string | undefined {
  const wanted = numbers(data['expectedPartitionPerRecord']);
  const topic = topicOf(data);
  const batchBytes = Number(data['batch.size']);
  const appended = numbers(data['appendedBytes']);
  const { draw, consumed } = scripted(data);
  const state = newStickiness();
  const got = wanted.map((_, i) => {
    const partition = stickyPartition(state, topic, draw);
    countSticky(state, appended[i] ?? batchBytes, batchBytes, data['allBatchesReady'] !== false, topic, draw);
    return partition;
  });
  const draws = data['randomsConsumed'];
  return differs('partitions', got, wanted) ?? (draws === undefined ? undefined : differs('draws', consumed, draws));
}

function playSteps(data: JsonObject): string | undefined {
  const topic = topicOf(data);
  const { draw } = scripted(data);
  const state = newStickiness();
  for (const [i, step] of ((data['steps'] ?? []) as readonly JsonObject[]).entries()) {
    const partition = stickyPartition(state, topic, draw);
    const isReady = step['batchReady(enableSwitch)'] === true;
    const hasSwitched = countSticky(state, Number(step['bytes']), Number(data['batch.size']), isReady, topic, draw);
    const got = { partition, switchedAfter: hasSwitched };
    const wrong = differs(`step ${i}`, got, { partition: step['partition'] ?? null, switchedAfter: step['switchedAfter'] ?? null });
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function playAdaptive(data: JsonObject): string | undefined {
  const sizes = numbers(data['queueSizes']);
  const all = sizes.map((_, i) => i);
  const load = loadOf(sizes, all);
  const topic = { count: sizes.length, available: all };
  let end = 0;
  const partitionFor = (random: number) =>
    drawPartition(load, topic, (below) => {
      end = below;
      return random % below;
    });
  partitionFor(0);
  return (
    differs('adaptive', load !== undefined, data['adaptiveUsed']) ??
    differs('range', end, data['rangeEnd']) ??
    differs(
      'partitions',
      Array.from({ length: end }, (_, random) => partitionFor(random)),
      data['partitionForRandom_0..rangeEnd-1'],
    )
  );
}
