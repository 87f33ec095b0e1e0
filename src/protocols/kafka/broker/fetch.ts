import type { Micros } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { ErrorName, FetchedPartition, FetchedRecord, FetchPartition, FetchRequest, FetchResponse } from '../frames.ts';
import { type Read, visibleRecords } from '../log/index.ts';
import { type KafkaMessage, topicOf } from '../message.ts';
import { answerFetch, type FetchAnswer } from '../replication/index.ts';
import { answer } from './answer.ts';
import { sweepBy } from './deadline.ts';
import { nearestReplica } from './nearest.ts';
import { placeOf } from './places.ts';
import { type Broker, type Return, type WaitingFetch, without } from './state.ts';

/** A limit of the simulation: records that one answer carries of one partition. */
const RECORDS_MAX = 500;

/** A consumer asks for records: answered at once if there are enough or something is wrong, else when there are. */
export function fetch(broker: Broker, request: FetchRequest, back: Return, x: Context): void {
  const found = collect(broker, request);
  if (isEnough(found, request) || request.maxWait === 0) {
    reply(broker, found, back, x);
    return;
  }
  const waiting: WaitingFetch = { id: broker.next++, back, request, deadline: x.now + request.maxWait };
  broker.fetches.set(waiting.id, waiting);
  for (const { tp } of request.partitions) {
    const replica = broker.replicas.get(tp);
    if (replica) replica.readers = [...replica.readers, waiting.id];
  }
  sweepBy(broker, waiting.deadline as Micros, x);
}

/** There may be more for a request that waits. */
export function tryFetch(broker: Broker, id: number, x: Context): void {
  const waiting = broker.fetches.get(id);
  if (!waiting) return;
  const found = collect(broker, waiting.request);
  if (!isEnough(found, waiting.request)) return;
  endFetch(broker, waiting);
  reply(broker, found, waiting.back, x);
}

/** The reader has waited as long as it wanted to. */
export function expireFetch(broker: Broker, waiting: WaitingFetch, x: Context): void {
  endFetch(broker, waiting);
  reply(broker, collect(broker, waiting.request), waiting.back, x);
}

/** The request waits no longer: it is answered, or the one who asked is gone. */
export function endFetch(broker: Broker, { id, request }: WaitingFetch): void {
  broker.fetches.delete(id);
  for (const { tp } of request.partitions) {
    const replica = broker.replicas.get(tp);
    if (replica) replica.readers = without(replica.readers, id);
  }
}

interface Found {
  readonly partitions: readonly FetchedPartition[];
  readonly bytes: number;
  /** Something must be said at once. */
  readonly isUrgent: boolean;
}

function isEnough({ bytes, isUrgent }: Found, { minBytes }: FetchRequest): boolean {
  return isUrgent || (bytes > 0 && bytes >= minBytes);
}

function collect(broker: Broker, request: FetchRequest): Found {
  let bytes = 0;
  let isUrgent = false;
  const partitions: FetchedPartition[] = [];
  for (const wanted of request.partitions) {
    const { tp, offset } = wanted;
    const nearest = request.rack === '' ? undefined : nearestReplica(broker, wanted, request.rack);
    if (nearest !== undefined) {
      isUrgent = true;
      partitions.push({
        ...{ tp, error: '', highWatermark: -1, logStart: -1, records: [] },
        nextOffset: offset,
        preferredReplica: nearest,
      });
      continue;
    }
    const { error, highWatermark, logStartOffset: logStart, read: found } = read(broker, wanted, request);
    if (error !== 'NONE') isUrgent = true;
    const nextOffset = found ? found.nextOffset : offset;
    // What was passed over (markers, aborted records) is news, too: the reader goes on behind it.
    if (found && nextOffset > offset) bytes += Math.max(1, found.bytes);
    const records = found ? fetchedRecords(found) : [];
    partitions.push({ tp, error: error === 'NONE' ? '' : error, highWatermark, logStart, records, nextOffset, preferredReplica: -1 });
  }
  return { partitions, bytes, isUrgent };
}

function fetchedRecords({ records, aborted }: Read): readonly FetchedRecord[] {
  // The log's own records: whoever reads them shares them with the log. Those that are visible have a source.
  return visibleRecords(records, aborted) as readonly FetchedRecord[];
}

function read(broker: Broker, { tp, offset, leaderEpoch, maxBytes }: FetchPartition, request: FetchRequest): FetchAnswer {
  const replica = broker.replicas.get(tp);
  // A follower serves whoever was sent to it.
  if (!replica || (!replica.lead && (request.rack === '' || replica.leaderNode < 0))) return failed(broker, tp);
  const wanted = { offset, lastFetchedEpoch: -1, currentLeaderEpoch: leaderEpoch };
  return answerFetch(replica.log, replica.leaderEpoch, wanted, request.isolation, {
    maxBytes,
    minOneMessage: true,
    maxRecords: RECORDS_MAX,
  });
}

function failed(broker: Broker, tp: string): FetchAnswer {
  const error: ErrorName = broker.image.topicIds.has(topicOf(tp)) ? 'NOT_LEADER_OR_FOLLOWER' : 'UNKNOWN_TOPIC_OR_PARTITION';
  return { error, read: undefined, divergingEpoch: undefined, highWatermark: -1, lastStableOffset: -1, logStartOffset: -1 };
}

function reply(broker: Broker, { partitions }: Found, back: Return, x: Context): void {
  const messages: KafkaMessage[] = [];
  for (const { tp, records } of partitions) {
    const replica = broker.replicas.get(tp);
    if (records.length === 0 || !replica) continue;
    const { topic, index: partition } = replica;
    const place = placeOf(topic, x);
    for (const { at: offset, source } of records) {
      messages.push(source);
      x.fact('message.read', place, source.id, back.line, '', { consumer: back.to, topic, partition, tag: offset, offset });
    }
  }
  broker.fetched += messages.length;
  const { correlation } = back;
  const response: FetchResponse =
    messages.length > 0
      ? { verb: 'FetchResponse', correlation, partitions, messages }
      : { verb: 'FetchResponse.empty', correlation, partitions };
  answer(back, response, x);
}
