import { type BatchMetadata, type CompletedTransaction, type LogBatch, type LogError, NONE, type ProducerEntry } from './types.ts';

/*
 * What a log remembers of its producers (ProducerStateManager, ProducerAppendInfo): enough to know a batch that was sent again,
 * to notice a missing one, and to shut out a producer whose epoch is over.
 */

const BATCHES_RETAINED = 5;
const SEQUENCE_MAX = 2_147_483_647;

/** Sequence numbers go from 0 to 2³¹−1 and then begin again. */
export function addToSequence(sequence: number, count: number): number {
  return sequence > SEQUENCE_MAX - count ? count - (SEQUENCE_MAX - sequence) - 1 : sequence + count;
}

export function lastSequence(baseSequence: number, records: number): number {
  return baseSequence === NONE ? NONE : addToSequence(baseSequence, records - 1);
}

/** The batch as it was appended before, if the producer sends it again: same epoch, same range of sequence numbers. */
export function findDuplicate(
  entry: ProducerEntry | undefined,
  producerEpoch: number,
  first: number,
  last: number,
): BatchMetadata | undefined {
  if (!entry || entry.epoch !== producerEpoch) return undefined;
  for (const batch of entry.batches) if (batch.firstSequence === first && batch.lastSequence === last) return batch;
  return undefined;
}

/**
 * Why a leader refuses a batch of data, or undefined. A coordinator's batches (committed offsets) have no sequence numbers:
 * of those only the epoch is looked at.
 */
export function refusalOf(
  entry: ProducerEntry | undefined,
  batch: { readonly producerEpoch: number; readonly baseSequence: number; readonly isTransactional: boolean },
  origin: 'client' | 'coordinator',
): LogError | undefined {
  if (!entry) return undefined;
  if (batch.producerEpoch < entry.epoch) return 'INVALID_PRODUCER_EPOCH';
  if (origin === 'client' && !isNextSequence(entry, batch)) return 'OUT_OF_ORDER_SEQUENCE_NUMBER';
  if (entry.transactionFirstOffset !== NONE && !batch.isTransactional) return 'INVALID_TXN_STATE';
  return undefined;
}

function isNextSequence(entry: ProducerEntry, batch: { readonly producerEpoch: number; readonly baseSequence: number }): boolean {
  if (entry.epoch === NONE) return true;
  if (batch.producerEpoch !== entry.epoch) return batch.baseSequence === 0;
  const last = entry.batches[entry.batches.length - 1]?.lastSequence ?? NONE;
  return batch.baseSequence === last + 1 || (batch.baseSequence === 0 && last === SEQUENCE_MAX);
}

/** Why a leader refuses a marker, or undefined. */
export function markerRefusalOf(
  entry: ProducerEntry | undefined,
  marker: { readonly producerEpoch: number; readonly coordinatorEpoch: number },
): LogError | undefined {
  if (!entry) return undefined;
  if (marker.producerEpoch < entry.epoch) return 'INVALID_PRODUCER_EPOCH';
  return marker.coordinatorEpoch < entry.coordinatorEpoch ? 'TRANSACTION_COORDINATOR_FENCED' : undefined;
}

function entryInEpoch(entry: ProducerEntry | undefined, batch: LogBatch): ProducerEntry {
  if (entry && entry.epoch === batch.producerEpoch) return entry;
  return {
    producerId: batch.producerId,
    epoch: batch.producerEpoch,
    coordinatorEpoch: entry?.coordinatorEpoch ?? NONE,
    lastTimestamp: entry?.lastTimestamp ?? NONE,
    transactionFirstOffset: entry?.transactionFirstOffset ?? NONE,
    batches: [],
  };
}

/** The producer's entry after a batch of data. Every replica makes one for every batch, so field by field and not frozen. */
export function afterBatch(entry: ProducerEntry | undefined, batch: LogBatch): ProducerEntry {
  const { producerId, epoch, coordinatorEpoch, transactionFirstOffset, batches } = entryInEpoch(entry, batch);
  const { baseOffset, lastOffset, baseSequence, maxTimestamp, isTransactional } = batch;
  const last = lastSequence(baseSequence, lastOffset - baseOffset + 1);
  const added = { firstSequence: baseSequence, lastSequence: last, firstOffset: baseOffset, lastOffset };
  return {
    producerId,
    epoch,
    coordinatorEpoch,
    lastTimestamp: maxTimestamp,
    transactionFirstOffset: isTransactional && transactionFirstOffset === NONE ? baseOffset : transactionFirstOffset,
    batches: window(batches, added),
  };
}

/** A literal takes no more memory than it needs; a list that grows is given room for many. */
function window(batches: readonly BatchMetadata[], added: BatchMetadata): readonly BatchMetadata[] {
  const n = batches.length;
  if (n < BATCHES_RETAINED - 1) return [...batches, added];
  return [
    batches[n - 4] as BatchMetadata,
    batches[n - 3] as BatchMetadata,
    batches[n - 2] as BatchMetadata,
    batches[n - 1] as BatchMetadata,
    added,
  ];
}

/** The producer's entry after a marker, and the transaction that it ends: none, if nothing had been written to this log. */
export function afterMarker(
  entry: ProducerEntry | undefined,
  batch: LogBatch,
): { readonly entry: ProducerEntry; readonly completed: CompletedTransaction | undefined } {
  const known = entryInEpoch(entry, batch);
  const completed =
    known.transactionFirstOffset === NONE
      ? undefined
      : Object.freeze({
          producerId: batch.producerId,
          firstOffset: known.transactionFirstOffset,
          lastOffset: batch.baseOffset,
          isAborted: batch.control?.type === 'ABORT',
        });
  const after = Object.freeze({
    ...known,
    coordinatorEpoch: batch.control?.coordinatorEpoch ?? known.coordinatorEpoch,
    lastTimestamp: batch.maxTimestamp,
    transactionFirstOffset: NONE,
  });
  return { entry: after, completed };
}

/** What a snapshot on disk keeps: of each producer its last batch only. */
export function snapshotOf(producers: ReadonlyMap<number, ProducerEntry>): readonly ProducerEntry[] {
  return Object.freeze(
    [...producers.values()].map((entry) =>
      entry.batches.length > 1 ? Object.freeze({ ...entry, batches: Object.freeze(entry.batches.slice(-1)) }) : entry,
    ),
  );
}

/** Forgets producers that have been silent for `producer.id.expiration.ms`, unless they have a transaction open. */
export function expireProducers(producers: Map<number, ProducerEntry>, now: number, expiration: number): readonly number[] {
  const expired = [...producers.values()]
    .filter((entry) => entry.transactionFirstOffset === NONE && now - entry.lastTimestamp >= expiration)
    .map((entry) => entry.producerId);
  for (const producerId of expired) producers.delete(producerId);
  return expired;
}
