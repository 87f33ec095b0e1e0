import type { Micros } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type {
  ErrorName,
  ProduceBatch,
  ProduceRequest,
  ProduceResponse,
  ProduceResult,
  WriteTxnMarkersRequest,
  WriteTxnMarkersResponse,
} from '../frames.ts';
import type { NewBatch } from '../log/index.ts';
import { type KafkaMessage, topicOf } from '../message.ts';
import { checkAcks, produce as produceTo } from '../replication/index.ts';
import { answer } from './answer.ts';
import { sweepBy } from './deadline.ts';
import { newsForFollowers, noteLevel, risenTo, rulesOf } from './partition.ts';
import { placeOf } from './places.ts';
import { type Broker, type PendingResult, type Replica, type Return, type WaitingProduce, without } from './state.ts';
import { MARKERS_TIMEOUT, transactionRefusal, writeMarkers } from './transactions/leader.ts';

/** A client's records: each batch is appended for itself, and answered as `acks` says. */
export function produce(broker: Broker, request: ProduceRequest, back: Return, x: Context): void {
  const results = request.batches.map((batch) => appendBatch(broker, batch, request, back, x));
  // With acks=0 nobody waits for an answer.
  if (request.acks === 0) return;
  answerWhenSafe(broker, 'ProduceResponse', results, request.timeout, back, x);
}

/** A transaction's end comes to the partitions that it touched. */
export function takeMarkers(broker: Broker, request: WriteTxnMarkersRequest, back: Return, x: Context): void {
  answerWhenSafe(broker, 'WriteTxnMarkersResponse', writeMarkers(broker, request, back.to, x), MARKERS_TIMEOUT, back, x);
}

function answerWhenSafe(
  broker: Broker,
  verb: WaitingProduce['verb'],
  results: readonly PendingResult[],
  timeout: number,
  back: Return,
  x: Context,
): void {
  if (results.every(({ wanted }) => wanted === undefined)) {
    reply(verb, results, back, x);
    return;
  }
  const waiting: WaitingProduce = { id: broker.next++, verb, back, deadline: x.now + timeout, results };
  broker.produces.set(waiting.id, waiting);
  for (const { result, wanted } of results) {
    const replica = broker.replicas.get(result.tp);
    if (wanted !== undefined && replica) replica.writers = [...replica.writers, waiting.id];
  }
  if (!tryProduce(broker, waiting.id, x)) sweepBy(broker, waiting.deadline as Micros, x);
}

function refused(tp: string, error: ErrorName): PendingResult {
  return { result: { tp, error, baseOffset: -1 }, wanted: undefined };
}

function appendBatch(broker: Broker, batch: ProduceBatch, request: ProduceRequest, back: Return, x: Context): PendingResult {
  const { tp } = batch;
  const replica = broker.replicas.get(tp);
  if (!replica) return refused(tp, broker.image.topicIds.has(topicOf(tp)) ? 'NOT_LEADER_OR_FOLLOWER' : 'UNKNOWN_TOPIC_OR_PARTITION');
  const fenced = transactionRefusal(request, batch);
  if (fenced !== '') return refused(tp, fenced);
  const { lead, log, settings } = replica;
  noteLevel(broker, replica);
  const produced = produceTo(lead, log, newBatch(batch), request.acks, { now: x.now, settings }, rulesOf(broker, replica, x));
  const { appended, error, requiredOffset } = produced;
  if (error !== 'NONE' || appended === undefined || appended.status === 'refused') {
    tellRefused(replica, batch, error, back, x);
    return refused(tp, error);
  }
  if (appended.status === 'appended') {
    broker.produced += appended.records.length;
    const at = placeOf(replica.topic, x);
    for (const record of appended.records)
      x.fact('message.appended', at, record.message, back.line, '', { topic: replica.topic, partition: replica.index, index: record.at });
    newsForFollowers(broker, replica);
    if (produced.highWatermarkRose) risenTo(broker, replica, x);
  } else tellDuplicate(replica, batch, appended.baseOffset, back, x);
  return { result: { tp, error: '', baseOffset: appended.baseOffset }, wanted: requiredOffset };
}

function newBatch({ producerId, producerEpoch, baseSequence, isTransactional, records }: ProduceBatch): NewBatch {
  return { producerId, producerEpoch, baseSequence, isTransactional, records: records.map(newRecord) };
}

function newRecord(message: KafkaMessage): NewBatch['records'][number] {
  const { id, key, isKeyNull, isTombstone, producer, timestamp, weight, body, bytes } = message;
  return {
    message: id,
    key: isKeyNull ? null : key,
    value: isTombstone ? null : body,
    producer,
    timestamp,
    weight,
    size: bytes,
    source: message,
  };
}

function tellRefused(replica: Replica, batch: ProduceBatch, error: string, back: Return, x: Context): void {
  const data = { topic: replica.topic, partition: replica.index, error, sequence: batch.baseSequence };
  const why = error.toLowerCase().replaceAll('_', '-');
  x.fact('batch.refused', placeOf(replica.topic, x), batch.records[0]?.id ?? 0, back.line, why, data);
}

function tellDuplicate(replica: Replica, batch: ProduceBatch, offset: number, back: Return, x: Context): void {
  const at = placeOf(replica.topic, x);
  batch.records.forEach((record, i) => {
    const data = { topic: replica.topic, partition: replica.index, index: offset + i };
    x.fact('message.duplicate', at, record.id, back.line, 'same-sequence', data);
  });
}

/** Answers a request whose batches are all decided. True: it waits no longer. */
export function tryProduce(broker: Broker, id: number, x: Context): boolean {
  const waiting = broker.produces.get(id);
  if (!waiting) return true;
  // Mostly it still waits: then nothing is made.
  for (const pending of waiting.results) if (decided(broker, pending).wanted !== undefined) return false;
  const results = waiting.results.map((pending) => decided(broker, pending));
  end(broker, waiting);
  reply(waiting.verb, results, waiting.back, x);
  return true;
}

function decided(broker: Broker, pending: PendingResult): PendingResult {
  const { wanted, result } = pending;
  if (wanted === undefined) return pending;
  const replica = broker.replicas.get(result.tp);
  if (!replica) return refused(result.tp, 'NOT_LEADER_OR_FOLLOWER');
  // That the leader's epoch has risen meanwhile does not matter, as long as it leads.
  const error = checkAcks(replica.lead, replica.log, wanted, replica.settings.minInsyncReplicas);
  if (error === 'waiting') return pending;
  return error === 'NONE' ? { result, wanted: undefined } : refused(result.tp, error);
}

/** The followers have had their time. */
export function expireProduce(broker: Broker, waiting: WaitingProduce, x: Context): void {
  end(broker, waiting);
  const results = waiting.results.map((pending) =>
    pending.wanted === undefined ? pending : refused(pending.result.tp, 'REQUEST_TIMED_OUT'),
  );
  reply(waiting.verb, results, waiting.back, x);
}

function end(broker: Broker, { id, results }: WaitingProduce): void {
  broker.produces.delete(id);
  for (const { result } of results) {
    const replica = broker.replicas.get(result.tp);
    if (replica) replica.writers = without(replica.writers, id);
  }
}

function reply(verb: WaitingProduce['verb'], pending: readonly { readonly result: ProduceResult }[], back: Return, x: Context): void {
  const results = pending.map(({ result }) => result);
  const response: ProduceResponse | WriteTxnMarkersResponse = { verb, correlation: back.correlation, results };
  answer(back, response, x);
}
