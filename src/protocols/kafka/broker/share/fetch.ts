import type { Micros } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { ErrorName, ShareFetchRequest, ShareFetchResponse } from '../../frames.ts';
import { acquire, canAcquire, nextFetchOffset } from '../../group/index.ts';
import { type LogRecord, readLog, visibleRecords } from '../../log/index.ts';
import { topicOf } from '../../message.ts';
import { sweepBy } from '../deadline.ts';
import type { Broker, Replica, Return } from '../state.ts';
import { takeAcknowledgements, wakeLocks } from './acknowledge.ts';
import { tellShare } from './facts.ts';
import { shareSettings } from './settings.ts';
import { memberKey, type SharedPartition, type WaitingShareFetch } from './state.ts';
import { answerWhenWritten, sharedOf } from './store.ts';

/** A limit of the simulation: records that are looked at for one answer. */
const RECORDS_MAX = 500;
const BYTES_MAX = 1_048_576;

type Fetched = ShareFetchResponse['partitions'][number];

/** A member of a share group acknowledges what it had, and asks for more: answered as soon as there is something. */
export function shareFetch(broker: Broker, request: ShareFetchRequest, back: Return, x: Context): void {
  const { group, memberId, acknowledgements, maxWait } = request;
  broker.shares.members.set(memberKey(group, memberId), back.to);
  const { needs, errors } = takeAcknowledgements(broker, group, memberId, acknowledgements, x);
  const id = broker.next++;
  const waiting: WaitingShareFetch = { id, back, request, deadline: x.now + maxWait, needs, acknowledgeErrors: errors };
  broker.shares.fetches.set(id, waiting);
  if (tryShareFetch(broker, waiting, x)) return;
  if (maxWait === 0 || Object.keys(errors).length > 0) expireShareFetch(broker, waiting, x);
  else sweepBy(broker, waiting.deadline as Micros, x);
}

/** Something has changed in a partition: records came, or came back. */
export function tryShareFetches(broker: Broker, tp: string, x: Context): void {
  for (const waiting of [...broker.shares.fetches.values()]) if (waiting.request.partitions.includes(tp)) tryShareFetch(broker, waiting, x);
}

export function expireShareFetch(broker: Broker, waiting: WaitingShareFetch, x: Context): void {
  reply(broker, waiting, [], x);
}

/** True: it is answered. */
function tryShareFetch(broker: Broker, waiting: WaitingShareFetch, x: Context): boolean {
  const { id, request } = waiting;
  const { partitions, maxRecords } = request;
  const found: Fetched[] = [];
  let left = maxRecords;
  // No partition is always the first.
  const begin = id % Math.max(1, partitions.length);
  for (const tp of [...partitions.slice(begin), ...partitions.slice(0, begin)]) {
    const replica = broker.replicas.get(tp);
    if (!replica?.lead) {
      const error: ErrorName = broker.image.topicIds.has(topicOf(tp)) ? 'NOT_LEADER_OR_FOLLOWER' : 'UNKNOWN_TOPIC_OR_PARTITION';
      found.push({ tp, error, records: [] });
      continue;
    }
    const records = take(broker, sharedOf(broker, request.group, replica, x), replica, waiting, left, x);
    if (records.length > 0) found.push({ tp, error: '', records });
    left -= records.length;
  }
  if (found.length === 0) return false;
  reply(broker, waiting, found, x);
  return true;
}

/** Acquires what a partition has for this member. */
function take(
  broker: Broker,
  shared: SharedPartition,
  { log }: Replica,
  { request }: WaitingShareFetch,
  max: number,
  x: Context,
): Fetched['records'] {
  const { partition, group } = shared;
  const settings = shareSettings(group, x);
  if (!partition || max <= 0 || !canAcquire(partition, settings)) return [];
  const from = { offset: nextFetchOffset(partition), isolation: 'read_uncommitted', maxBytes: BYTES_MAX } as const;
  const read = readLog(log, { ...from, minOneMessage: true, maxRecords: RECORDS_MAX });
  if (read === 'OFFSET_OUT_OF_RANGE') return [];
  const byOffset = new Map<number, LogRecord>();
  for (const record of visibleRecords(read.records, undefined)) if (record.at >= from.offset) byOffset.set(record.at, record);
  const { changes } = acquire(partition, request.memberId, [...byOffset.keys()], max, settings, x.now);
  if (changes.length === 0) return [];
  tellShare(broker, shared, changes, x);
  wakeLocks(broker, x.now + settings.lockDuration, x);
  return changes.flatMap(({ offset: at, deliveryCount }) => {
    const source = byOffset.get(at)?.source;
    return source ? [{ at, source, deliveryCount }] : [];
  });
}

function reply(broker: Broker, waiting: WaitingShareFetch, partitions: readonly Fetched[], x: Context): void {
  const { id, back, needs, acknowledgeErrors } = waiting;
  broker.shares.fetches.delete(id);
  const messages = partitions.flatMap(({ records }) => records.map(({ source }) => source));
  broker.fetched += messages.length;
  const hasErrors = Object.keys(acknowledgeErrors).length > 0;
  const common = { correlation: back.correlation, error: '', partitions, ...(hasErrors ? { acknowledgeErrors } : {}) } as const;
  const response: ShareFetchResponse =
    messages.length > 0 ? { verb: 'ShareFetchResponse', ...common, messages } : { verb: 'ShareFetchResponse.empty', ...common };
  answerWhenWritten(broker, needs, back, response, x);
}
