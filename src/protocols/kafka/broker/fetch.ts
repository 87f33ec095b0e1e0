import type { Micros } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { ErrorName, FetchedPartition, FetchedRecord, FetchPartition, FetchRequest } from '../frames.ts';
import { type LogRecord, readLog, visibleRecords } from '../log/index.ts';
import type { KafkaMessage } from '../message.ts';
import { topicOf } from '../message.ts';
import { answer } from './answer.ts';
import { preferredReplica } from './nearest.ts';
import { placeOf } from './places.ts';
import { sweepBy } from './purgatory.ts';
import type { Broker, Return, WaitingFetch } from './state.ts';

/** A limit of the simulation: records that one answer carries of one partition. */
const RECORDS_MAX = 500;

/** A consumer asks for records: answered at once if there are enough or something is wrong, else when there are. */
export function fetch(broker: Broker, request: FetchRequest, back: Return, x: Context): void {
  const found = collect(broker, request, x);
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
  const found = collect(broker, waiting.request, x);
  if (!isEnough(found, waiting.request)) return;
  end(broker, waiting);
  reply(broker, found, waiting.back, x);
}

/** The reader has waited as long as it wanted to. */
export function expireFetch(broker: Broker, waiting: WaitingFetch, x: Context): void {
  end(broker, waiting);
  reply(broker, collect(broker, waiting.request, x), waiting.back, x);
}

export function end(broker: Broker, { id, request }: WaitingFetch): void {
  broker.fetches.delete(id);
  for (const { tp } of request.partitions) {
    const replica = broker.replicas.get(tp);
    if (replica) replica.readers = replica.readers.filter((other) => other !== id);
  }
}

interface Found {
  readonly partitions: readonly FetchedPartition[];
  readonly bytes: number;
}

function isEnough({ partitions, bytes }: Found, { minBytes }: FetchRequest): boolean {
  if (bytes >= minBytes && bytes > 0) return true;
  return partitions.some(({ error, preferredReplica: node }) => error !== '' || node >= 0);
}

function collect(broker: Broker, request: FetchRequest, x: Context): Found {
  let bytes = 0;
  const partitions: FetchedPartition[] = [];
  for (const wanted of request.partitions) {
    const read = readPartition(broker, wanted, request, x);
    bytes += read.bytes;
    partitions.push(read.fetched);
  }
  return { partitions, bytes };
}

const NOTHING = { highWatermark: -1, logStart: -1, records: [], preferredReplica: -1 };

function readPartition(broker: Broker, wanted: FetchPartition, request: FetchRequest, x: Context) {
  const { tp, offset, leaderEpoch, maxBytes } = wanted;
  const failed = (error: ErrorName) => ({ fetched: { tp, error, nextOffset: offset, ...NOTHING }, bytes: 0 });
  const replica = broker.replicas.get(tp);
  if (!replica) return failed(broker.image.topicIds.has(topicOf(tp)) ? 'NOT_LEADER_OR_FOLLOWER' : 'UNKNOWN_TOPIC_OR_PARTITION');
  if (!replica.lead && request.rack === '') return failed('NOT_LEADER_OR_FOLLOWER');
  if (leaderEpoch >= 0 && leaderEpoch !== replica.leaderEpoch)
    return failed(leaderEpoch < replica.leaderEpoch ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH');
  const nearest = replica.lead && request.rack !== '' ? preferredReplica(broker, replica, request.rack, offset, x) : -1;
  const { highWatermark, logStartOffset: logStart } = replica.log;
  if (nearest >= 0) return { fetched: { tp, error: '' as const, nextOffset: offset, highWatermark, logStart, records: [], preferredReplica: nearest }, bytes: 0 };
  const read = readLog(replica.log, { offset, isolation: request.isolation, maxBytes, minOneMessage: true, maxRecords: RECORDS_MAX });
  if (read === 'OFFSET_OUT_OF_RANGE') return { fetched: { ...failed('OFFSET_OUT_OF_RANGE').fetched, logStart, highWatermark }, bytes: 0 };
  const visible = visibleRecords(read.records, read.aborted);
  const fetched: FetchedPartition = {
    ...{ tp, error: '', highWatermark, logStart, nextOffset: read.nextOffset, preferredReplica: -1 },
    records: visible.map(fetchedRecord),
  };
  // What was passed over counts as news, too: the reader goes on behind it.
  return { fetched, bytes: read.nextOffset > offset ? Math.max(1, read.bytes) : 0 };
}

function fetchedRecord(record: LogRecord): FetchedRecord {
  return { offset: record.at, message: record.source };
}

function reply(broker: Broker, { partitions }: Found, back: Return, x: Context): void {
  const told = partitions.filter((one) => one.error !== '' || one.records.length > 0 || one.preferredReplica >= 0);
  const messages: KafkaMessage[] = [];
  for (const { tp, records } of partitions) {
    if (records.length === 0) continue;
    const at = placeOf(topicOf(tp), x);
    const partition = Number(tp.slice(tp.lastIndexOf('-') + 1));
    for (const { offset, message } of records) {
      if (!message) continue;
      messages.push(message);
      x.fact('message.read', at, message.id, back.line, '', { consumer: back.to, partition, offset, tag: offset });
    }
  }
  broker.fetched += messages.length;
  const { correlation } = back;
  if (messages.length > 0) answer(back, { verb: 'FetchResponse', correlation, partitions, messages } as never, x);
  else answer(back, { verb: 'FetchResponse.empty', correlation, partitions: told.length > 0 ? partitions : partitions } as never, x);
}
