import { type TransactionMetadata, type TransactionState, VERDICT_DONE, type Verdict } from './types.ts';

/*
 * What a transaction coordinator decides (TransactionCoordinator, TransactionMetadata). It changes nothing itself: a verdict says what is to
 * be written; once that is replicated, it is how the transaction stands. Between the two the transaction is `pending`,
 * and whoever asks something else of it is told to come again.
 */

/** The largest epoch is never given: it belongs to the coordinator, who must be able to fence one more time. */
const EPOCH_MAX = 32_767;
const NO_EPOCH = -1;

function refused(error: string): Verdict {
  return { type: 'refused', error };
}

/** A transactional id that was never seen before. */
export function newTransaction(transactionalId: string, producerId: number, timeout: number, now: number): TransactionMetadata {
  const fresh = { producerId, producerEpoch: NO_EPOCH, lastProducerEpoch: NO_EPOCH, timeout } as const;
  return Object.freeze({ transactionalId, ...fresh, state: 'Empty', partitions: [], startedAt: -1, updatedAt: now });
}

function changed(metadata: TransactionMetadata, change: Partial<TransactionMetadata>, now: number): TransactionMetadata {
  return Object.freeze({ ...metadata, ...change, updatedAt: now });
}

/** Ids and epochs that a producer says it has: one that wants its epoch raised after an error. */
export interface ExpectedProducer {
  readonly producerId: number;
  readonly producerEpoch: number;
}

/**
 * InitProducerId: the producer gets the next epoch, which fences all that had the id before. A transaction of theirs is
 * aborted first, under an epoch of its own; until that is done the new one has to wait.
 */
export function initProducerId(
  metadata: TransactionMetadata,
  isPending: boolean,
  wish: { readonly timeout: number; readonly expected: ExpectedProducer | undefined; newProducerId(): number },
  now: number,
): Verdict {
  if (isPending) return refused('CONCURRENT_TRANSACTIONS');
  const { producerId, producerEpoch, lastProducerEpoch, state } = metadata;
  const { expected, timeout } = wish;
  if (expected && producerEpoch !== NO_EPOCH && expected.producerId !== producerId) return refused('PRODUCER_FENCED');
  if (state === 'PrepareCommit' || state === 'PrepareAbort') return refused('CONCURRENT_TRANSACTIONS');
  if (state === 'Ongoing') return fenced(metadata, now);
  const ended = { state: 'Empty', partitions: [], startedAt: -1, timeout } as const;
  if (producerEpoch >= EPOCH_MAX - 1) {
    const next = { producerId: wish.newProducerId(), producerEpoch: 0, lastProducerEpoch: producerEpoch };
    return { type: 'write', next: changed(metadata, { ...ended, ...next }, now), answer: '' };
  }
  if (!expected) {
    const next = { producerEpoch: producerEpoch + 1, lastProducerEpoch: NO_EPOCH };
    return { type: 'write', next: changed(metadata, { ...ended, ...next }, now), answer: '' };
  }
  if (producerEpoch === NO_EPOCH || expected.producerEpoch === producerEpoch) {
    const next = { producerEpoch: producerEpoch + 1, lastProducerEpoch: producerEpoch };
    return { type: 'write', next: changed(metadata, { ...ended, ...next }, now), answer: '' };
  }
  // The answer to an earlier request of the same producer was lost: it gets the same epoch again.
  if (expected.producerEpoch === lastProducerEpoch) return { type: 'write', next: changed(metadata, ended, now), answer: '' };
  return refused('PRODUCER_FENCED');
}

/** The transaction ends without its producer: the raised epoch, which nobody gets, keeps the producer from writing on. */
function fenced(metadata: TransactionMetadata, now: number): Verdict {
  const producerEpoch = Math.min(EPOCH_MAX, metadata.producerEpoch + 1);
  const next = changed(metadata, { state: 'PrepareAbort', producerEpoch, lastProducerEpoch: NO_EPOCH }, now);
  return { type: 'write', next, answer: 'CONCURRENT_TRANSACTIONS' };
}

/** Why a request of this producer is not even looked at, or ''. */
function identityError(metadata: TransactionMetadata | undefined, who: ExpectedProducer): string {
  if (metadata?.producerId !== who.producerId) return 'INVALID_PRODUCER_ID_MAPPING';
  return metadata.producerEpoch === who.producerEpoch ? '' : 'PRODUCER_FENCED';
}

/** AddPartitionsToTxn: the first ones begin the transaction. */
export function addPartitions(
  metadata: TransactionMetadata | undefined,
  isPending: boolean,
  who: ExpectedProducer,
  partitions: readonly string[],
  now: number,
): Verdict {
  const error = identityError(metadata, who);
  if (error !== '' || !metadata) return refused(error);
  const { state } = metadata;
  if (isPending || state === 'PrepareCommit' || state === 'PrepareAbort') return refused('CONCURRENT_TRANSACTIONS');
  const isOngoing = state === 'Ongoing';
  const added = partitions.filter((tp) => !metadata.partitions.includes(tp));
  if (isOngoing && added.length === 0) return VERDICT_DONE;
  const all = isOngoing ? [...metadata.partitions, ...added] : [...partitions];
  const startedAt = isOngoing ? metadata.startedAt : now;
  return { type: 'write', next: changed(metadata, { state: 'Ongoing', partitions: all, startedAt }, now), answer: '' };
}

/** EndTxn. What was ended before in the same way is well: the answer was lost. */
export function endTransaction(
  metadata: TransactionMetadata | undefined,
  isPending: boolean,
  who: ExpectedProducer,
  isCommit: boolean,
  now: number,
): Verdict {
  const error = identityError(metadata, who);
  if (error !== '' || !metadata) return refused(error);
  if (isPending) return refused('CONCURRENT_TRANSACTIONS');
  const wanted = isCommit ? 'Commit' : 'Abort';
  switch (metadata.state) {
    case 'Ongoing':
      return { type: 'write', next: changed(metadata, { state: `Prepare${wanted}` }, now), answer: '' };
    case `Complete${wanted}`:
      return VERDICT_DONE;
    case `Prepare${wanted}`:
      return refused('CONCURRENT_TRANSACTIONS');
    default:
      return refused('INVALID_TXN_STATE');
  }
}

/** Its producer has not ended it in time: it is aborted, and the producer is fenced. Undefined: there is time yet. */
export function expireTransaction(metadata: TransactionMetadata, isPending: boolean, now: number): TransactionMetadata | undefined {
  if (isPending || metadata.state !== 'Ongoing' || metadata.startedAt + metadata.timeout >= now) return undefined;
  const verdict = fenced(metadata, now);
  return verdict.type === 'write' ? verdict.next : undefined;
}

/** All partitions have their marker. */
export function completed(metadata: TransactionMetadata, now: number): TransactionMetadata {
  const state: TransactionState = metadata.state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort';
  return changed(metadata, { state, partitions: [], startedAt: -1 }, now);
}

/** It is decided how the transaction ends, and the partitions are being told. */
export function isEnding({ state }: TransactionMetadata): boolean {
  return state === 'PrepareCommit' || state === 'PrepareAbort';
}
