import { fromMillis, micros } from '../../../../base/index.ts';
import type { Context, Frame } from '../../../../engine/index.ts';
import { topicNamed } from '../../controller/index.ts';
import type { AddOffsetsToTxnRequest, AddPartitionsToTxnRequest, EndTxnRequest, ErrorName, InitProducerIdRequest } from '../../frames.ts';
import { indexOf, topicOf } from '../../message.ts';
import {
  addPartitions,
  endTransaction,
  expireTransaction,
  initProducerId,
  isEnding,
  newTransaction,
  type TransactionMetadata,
  type Verdict,
} from '../../transaction/index.ts';
import { answer } from '../answer.ts';
import { homeOf, ledHome, OFFSETS_TOPIC, TRANSACTIONS_TOPIC, writtenRecords } from '../internal.ts';
import { nextProducerId } from '../producerIds.ts';
import type { Broker, Replica, Return } from '../state.ts';
import { mark } from './markers.ts';
import { write } from './record.ts';

export type TransactionRequest = InitProducerIdRequest | AddPartitionsToTxnRequest | AddOffsetsToTxnRequest | EndTxnRequest;

/** `transaction.max.timeout.ms` */
const TIMEOUT_MAX = fromMillis(900_000);
/** `transaction.abort.timed.out.transaction.cleanup.interval.ms` */
const EXPIRY_INTERVAL = fromMillis(10_000);

/** A producer asks the coordinator of its transactional id. */
export function askTransaction(broker: Broker, request: TransactionRequest, back: Return, x: Context): void {
  const verdict = ledHome(broker, TRANSACTIONS_TOPIC, request.transactionalId)
    ? judge(broker, request, x)
    : ({ type: 'refused', error: 'NOT_COORDINATOR' } as const);
  if (verdict.type !== 'write') {
    answer(back, responseTo(request, back, verdict.type === 'done' ? '' : verdict.error), x);
    return;
  }
  const isFence = verdict.answer !== '';
  const frame = responseTo(request, back, verdict.answer, isFence ? undefined : verdict.next);
  write(broker, verdict.next, { back, frame }, isFence ? 'fenced' : '', x);
}

function judge(broker: Broker, request: TransactionRequest, x: Context): Verdict {
  const { now } = x;
  const known = broker.transactions.byId.get(request.transactionalId);
  const isPending = known?.pending !== undefined;
  const who = { producerId: request.producerId ?? -1, producerEpoch: request.producerEpoch ?? -1 };
  switch (request.verb) {
    case 'InitProducerId': {
      const { transactionalId, timeout } = request;
      if (timeout <= 0 || timeout > TIMEOUT_MAX) return { type: 'refused', error: 'INVALID_TRANSACTION_TIMEOUT' };
      const metadata = known?.metadata ?? newTransaction(transactionalId, nextProducerId(broker), timeout, now);
      const expected = who.producerId >= 0 && who.producerEpoch >= 0 ? who : undefined;
      return initProducerId(metadata, isPending, { timeout, expected, newProducerId: () => nextProducerId(broker) }, now);
    }
    case 'AddPartitionsToTxn': {
      const isUnknown = (tp: string) => topicNamed(broker.image, topicOf(tp))?.partitions[indexOf(tp)] === undefined;
      if (request.partitions.some(isUnknown)) return { type: 'refused', error: 'UNKNOWN_TOPIC_OR_PARTITION' };
      return addPartitions(known?.metadata, isPending, who, request.partitions, now);
    }
    case 'AddOffsetsToTxn': {
      const tp = homeOf(broker, OFFSETS_TOPIC, request.group);
      if (tp === undefined) return { type: 'refused', error: 'COORDINATOR_NOT_AVAILABLE' };
      return addPartitions(known?.metadata, isPending, who, [tp], now);
    }
    case 'EndTxn':
      return endTransaction(known?.metadata, isPending, who, request.isCommit, now);
  }
}

function responseTo({ verb }: TransactionRequest, { correlation }: Return, error: ErrorName, given?: TransactionMetadata): Frame {
  const response = { verb: `${verb}Response`, correlation, error };
  if (verb !== 'InitProducerId') return response;
  return { ...response, producerId: given?.producerId ?? -1, producerEpoch: given?.producerEpoch ?? -1 } as Frame;
}

/** The followers have what was written: it counts, and who asked for it is answered. */
export function transactionsRisen(broker: Broker, { tp, log }: Replica, x: Context): void {
  const { transactions } = broker;
  const done = transactions.held.filter((held) => held.tp === tp && held.offset <= log.highWatermark);
  if (done.length === 0) return;
  transactions.held = transactions.held.filter((held) => !done.includes(held));
  for (const { transactionalId, reply, why } of done) {
    const known = transactions.byId.get(transactionalId);
    const metadata = known?.pending;
    if (!known || !metadata) continue;
    transactions.byId.set(transactionalId, { metadata, pending: undefined, unmarked: isEnding(metadata) ? metadata.partitions : [] });
    tell(broker, known.metadata, metadata, why, x);
    if (reply) answer(reply.back, reply.frame, x);
    if (isEnding(metadata)) mark(broker, transactionalId, x);
    else if (metadata.state === 'Ongoing') wakeExpiry(broker, x);
  }
}

function tell(broker: Broker, before: TransactionMetadata, after: TransactionMetadata, why: string, x: Context): void {
  const { transactionalId, producerId, producerEpoch: epoch, state: to } = after;
  // One that is new was never in another state.
  const isFirst = before === after;
  if (!isFirst && before.state === to && before.producerEpoch === epoch) return;
  x.fact('transaction.state', broker.part, 0, '', why, { transactionalId, from: isFirst ? '' : before.state, to, producerId, epoch });
}

/** Looks at open transactions every 10 s, as long as there are any. */
function wakeExpiry(broker: Broker, x: Context): void {
  const { transactions } = broker;
  if (transactions.expiryAt !== 0) return;
  transactions.expiryAt = Math.floor(x.now / EXPIRY_INTERVAL + 1) * EXPIRY_INTERVAL;
  x.wake({ name: 'transactions', at: transactions.expiryAt }, micros(transactions.expiryAt - x.now));
}

export function transactionsTimer(broker: Broker, at: number, x: Context): void {
  const { transactions } = broker;
  if (transactions.expiryAt !== at) return;
  transactions.expiryAt = 0;
  for (const { metadata, pending } of [...transactions.byId.values()]) {
    const next = expireTransaction(metadata, pending !== undefined, x.now);
    if (next) write(broker, next, undefined, 'timed-out', x);
  }
  if ([...transactions.byId.values()].some(({ metadata }) => metadata.state === 'Ongoing')) wakeExpiry(broker, x);
}

/** This broker has begun, or ceased, to lead a partition of transactions: it goes on where the one before stopped, or forgets. */
export function transactionsMoved(broker: Broker, replica: Replica, x: Context): void {
  const { transactions } = broker;
  const { byId } = transactions;
  if (!replica.lead) {
    for (const id of [...byId.keys()]) if (homeOf(broker, TRANSACTIONS_TOPIC, id) === replica.tp) byId.delete(id);
    const lost = transactions.held.filter(({ tp }) => tp === replica.tp);
    transactions.held = transactions.held.filter(({ tp }) => tp !== replica.tp);
    for (const { reply } of lost) if (reply) answer(reply.back, { ...reply.frame, error: 'NOT_COORDINATOR' } as Frame, x);
    return;
  }
  const loaded = new Map<string, TransactionMetadata>();
  for (const { note } of writtenRecords(replica)) {
    const metadata = note as TransactionMetadata;
    loaded.set(metadata.transactionalId, metadata);
  }
  for (const [id, metadata] of loaded) {
    byId.set(id, { metadata, pending: undefined, unmarked: isEnding(metadata) ? metadata.partitions : [] });
    if (isEnding(metadata)) mark(broker, id, x);
    else if (metadata.state === 'Ongoing') wakeExpiry(broker, x);
  }
}
