import { fromMillis } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { ErrorName, ProduceBatch, ProduceRequest, WriteTxnMarkersRequest } from '../../frames.ts';
import { endTransaction } from '../../group/index.ts';
import { appendMarker } from '../../log/index.ts';
import { isInternal, topicOf } from '../../message.ts';
import { OFFSETS_TOPIC, replicate } from '../internal.ts';
import { isEnoughFor, noteLevel } from '../partition.ts';
import { placeOf } from '../places.ts';
import type { Broker, PendingResult, Replica } from '../state.ts';

/** How long a leader waits for its followers to have a marker (request.timeout.ms of brokers), in µs. */
export const MARKERS_TIMEOUT = fromMillis(30_000);

/** Why a batch of a transaction is refused before it comes to the log; '' = it is not. */
export function transactionRefusal(request: ProduceRequest, batch: ProduceBatch): ErrorName {
  return batch.isTransactional && request.transactionalId === '' ? 'INVALID_TXN_STATE' : '';
}

/** A transaction's coordinator has its end written here; each marker is to be replicated like a record with acks=all. */
export function writeMarkers(broker: Broker, request: WriteTxnMarkersRequest, coordinator: string, x: Context): readonly PendingResult[] {
  return request.partitions.map((tp) => {
    const replica = broker.replicas.get(tp);
    if (!replica?.lead) return failed(tp, broker.image.topicIds.has(topicOf(tp)) ? 'NOT_LEADER_OR_FOLLOWER' : 'UNKNOWN_TOPIC_OR_PARTITION');
    return isEnoughFor(replica) ? writeMarker(broker, replica, request, coordinator, x) : failed(tp, 'NOT_ENOUGH_REPLICAS');
  });
}

function failed(tp: string, error: ErrorName): PendingResult {
  return { result: { tp, error, baseOffset: -1 }, wanted: undefined };
}

function writeMarker(broker: Broker, replica: Replica, request: WriteTxnMarkersRequest, coordinator: string, x: Context): PendingResult {
  const { producerId, producerEpoch, coordinatorEpoch, isCommit } = request;
  const { tp, log, leaderEpoch, settings, topic, index } = replica;
  const control = { type: isCommit ? 'COMMIT' : 'ABORT', coordinatorEpoch } as const;
  noteLevel(broker, replica);
  const appended = appendMarker(log, { producerId, producerEpoch, control, coordinator }, { leaderEpoch, now: x.now, settings });
  if (appended.status === 'refused') return failed(tp, appended.error);
  const { baseOffset } = appended;
  const outcome = isCommit ? 'commit' : 'abort';
  if (!isInternal(topic)) x.fact('transaction.marked', placeOf(topic, x), 0, '', '', { partition: index, index: baseOffset, outcome });
  // Offsets that were committed in the transaction count from now on, or never did.
  if (topic === OFFSETS_TOPIC) endTransaction(broker.coordinators.groups, producerId, isCommit);
  replicate(broker, replica, x);
  return { result: { tp, error: '', baseOffset }, wanted: baseOffset + 1 };
}
