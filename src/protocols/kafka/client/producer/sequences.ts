import { type Batch, hasSequence, lastSequence, type PartitionQueue } from './batch.ts';

/** What makes a producer idempotent: its id and epoch, under which every partition's batches are numbered. */
export interface ProducerIds {
  /** -1 = not given yet. */
  id: number;
  epoch: number;
  readonly isTransactional: boolean;
  /** The epoch is to be raised; queues that ask for it have their open batches numbered anew then. */
  isBumpDue: boolean;
  /** Some queue has an open question (`unresolvedSequence`). */
  hasUnresolved: boolean;
}

export function newProducerIds(isTransactional: boolean): ProducerIds {
  return { id: -1, epoch: -1, isTransactional, isBumpDue: false, hasUnresolved: false };
}

/** Epochs are 16 bits with a sign. */
const EPOCH_MAX = 32_767;

/** Batches that have a number and no fate: sent, or waiting to be sent again. Lowest number first. */
function openBatches(queue: PartitionQueue): readonly Batch[] {
  const waiting = queue.waiting.filter(hasSequence);
  return (waiting.length === 0 ? queue.sent.slice() : [...queue.sent, ...waiting]).sort((a, b) => a.baseSequence - b.baseSequence);
}

function hasOpenBatches({ sent, waiting }: PartitionQueue): boolean {
  if (sent.length > 0) return true;
  for (const batch of waiting) if (hasSequence(batch)) return true;
  return false;
}

function isStale(queue: PartitionQueue, ids: ProducerIds): boolean {
  return queue.producerId !== ids.id || queue.producerEpoch !== ids.epoch;
}

/** True when the next batch of a queue has to wait so that the numbers stay in order. */
export function mustHold(queue: PartitionQueue, first: Batch, ids: ProducerIds): boolean {
  if (ids.id < 0) return true;
  const isOpen = hasOpenBatches(queue);
  if (!hasSequence(first)) return (isOpen && isStale(queue, ids)) || queue.unresolvedSequence >= 0;
  return isOpen && openBatches(queue)[0] !== first;
}

/** Gives a batch its place in the order, once: it is sent under the same numbers again. */
export function number(queue: PartitionQueue, batch: Batch, ids: ProducerIds): void {
  if (hasSequence(batch)) return;
  if (isStale(queue, ids) && !hasOpenBatches(queue)) startAtZero(queue, ids);
  batch.producerId = ids.id;
  batch.producerEpoch = ids.epoch;
  batch.baseSequence = queue.nextSequence;
  queue.nextSequence += batch.records.length;
}

function startAtZero(queue: PartitionQueue, ids: ProducerIds): void {
  let sequence = 0;
  for (const batch of openBatches(queue)) {
    batch.producerId = ids.id;
    batch.producerEpoch = ids.epoch;
    batch.baseSequence = sequence;
    batch.isRenumbered = true;
    sequence += batch.records.length;
  }
  queue.producerId = ids.id;
  queue.producerEpoch = ids.epoch;
  queue.nextSequence = sequence;
  queue.lastAckedSequence = -1;
}

/** Puts a batch back in front, behind those with lower numbers. */
export function insertInOrder(waiting: Batch[], batch: Batch): void {
  let at = 0;
  while (at < waiting.length) {
    const other = waiting[at] as Batch;
    if (!hasSequence(other) || other.baseSequence >= batch.baseSequence) break;
    at++;
  }
  waiting.splice(at, 0, batch);
}

export function acked(queue: PartitionQueue, batch: Batch): void {
  queue.lastAckedSequence = Math.max(queue.lastAckedSequence, lastSequence(batch));
}

/** Errors about numbers that are no reason to give up: see `mayRetry`. */
export function mayRetryNumbers(queue: PartitionQueue, batch: Batch, error: string, ids: ProducerIds): boolean {
  if (error === 'UNKNOWN_PRODUCER_ID') {
    if (ids.isTransactional) return batch.isRenumbered;
    if (!batch.isRenumbered) requestBump(queue, ids);
    return true;
  }
  if (error !== 'OUT_OF_ORDER_SEQUENCE_NUMBER') return false;
  const isResolved = queue.unresolvedSequence < 0;
  // An earlier batch is still open: this one will fit behind it.
  if (isResolved && (batch.isRenumbered || batch.baseSequence !== queue.lastAckedSequence + 1)) return true;
  if (ids.isTransactional) return false;
  if (isResolved || batch.baseSequence === queue.unresolvedSequence) requestBump(queue, ids);
  return true;
}

function requestBump(queue: PartitionQueue, ids: ProducerIds): void {
  ids.isBumpDue = true;
  queue.isRewriteDue = true;
}

/** A batch was given up. If the broker certainly has not taken it (`isRefused`) its numbers go to the next ones. */
export function failed(queue: PartitionQueue, batch: Batch, error: string, isRefused: boolean, ids: ProducerIds): void {
  if (error === 'UNKNOWN_PRODUCER_ID') forgetNumbers(queue);
  else if (!ids.isTransactional && (error === 'OUT_OF_ORDER_SEQUENCE_NUMBER' || isRefused)) requestBump(queue, ids);
  else if (isRefused && hasSequence(batch)) closeGap(queue, batch);
}

function closeGap(queue: PartitionQueue, batch: Batch): void {
  const { length } = batch.records;
  queue.nextSequence -= length;
  for (const other of openBatches(queue)) {
    if (other.baseSequence < batch.baseSequence) continue;
    other.baseSequence -= length;
    other.isRenumbered = true;
  }
}

/** A batch that was sent before ran out of time: whether the broker has it nobody knows, so nothing new may follow yet. */
export function markUnresolved(queue: PartitionQueue, batch: Batch, ids: ProducerIds): void {
  ids.hasUnresolved = true;
  queue.unresolvedSequence = Math.max(queue.unresolvedSequence, lastSequence(batch) + 1);
}

/**
 * Looks at queues with an open question. When all their batches have a fate, either later ones were acknowledged and
 * all is well, or the epoch must be raised. True when a transactional producer has to abort for it.
 */
export function resolve(queues: Iterable<PartitionQueue>, ids: ProducerIds): boolean {
  let mustAbort = false;
  if (!ids.hasUnresolved) return mustAbort;
  ids.hasUnresolved = false;
  for (const queue of queues) {
    if (queue.unresolvedSequence < 0) continue;
    if (hasOpenBatches(queue)) {
      ids.hasUnresolved = true;
      continue;
    }
    queue.unresolvedSequence = -1;
    if (queue.nextSequence === queue.lastAckedSequence + 1) continue;
    if (ids.isTransactional) {
      ids.isBumpDue = true;
      mustAbort = true;
    } else requestBump(queue, ids);
  }
  return mustAbort;
}

/** Raises the epoch by itself if that is due: without transactions no broker needs to be asked. */
export function bumpIfDue(queues: Iterable<PartitionQueue>, ids: ProducerIds): boolean {
  if (!ids.isBumpDue || ids.isTransactional || ids.id < 0) return false;
  ids.isBumpDue = false;
  const isSpent = ids.epoch === EPOCH_MAX;
  if (isSpent) ids.id = -1;
  ids.epoch = isSpent ? -1 : ids.epoch + 1;
  for (const queue of queues) {
    if (!queue.isRewriteDue) continue;
    queue.isRewriteDue = false;
    queue.unresolvedSequence = -1;
    startAtZero(queue, ids);
  }
  return true;
}

/** A transactional producer was given its id or a higher epoch: all numbers begin anew. */
export function takeIds(queues: Iterable<PartitionQueue>, ids: ProducerIds, id: number, epoch: number): void {
  ids.id = id;
  ids.epoch = epoch;
  if (!ids.isTransactional) return;
  ids.isBumpDue = false;
  for (const queue of queues) forgetNumbers(queue);
}

function forgetNumbers(queue: PartitionQueue): void {
  queue.producerId = -1;
  queue.producerEpoch = -1;
  queue.nextSequence = 0;
  queue.lastAckedSequence = -1;
  queue.unresolvedSequence = -1;
}
