import { micros } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import { topicNamed } from '../../controller/index.ts';
import type { WriteTxnMarkersRequest, WriteTxnMarkersResponse } from '../../frames.ts';
import { indexOf, topicOf } from '../../message.ts';
import { peerWay } from '../../routes.ts';
import { completed, isEnding } from '../../transaction/index.ts';
import { ledHome, TRANSACTIONS_TOPIC } from '../internal.ts';
import type { Broker } from '../state.ts';
import { write } from './record.ts';
import type { MarkersOut } from './state.ts';

/** Until a partition without a leader, or one that could not take its marker, is tried again (retry.backoff.ms), in µs. */
const RETRY = micros(100_000);

/** After these another try cannot help: somebody with a newer epoch is at work. */
const FINAL = new Set(['INVALID_PRODUCER_EPOCH', 'TRANSACTION_COORDINATOR_FENCED']);

/** Tells the leaders of all partitions without a marker how the transaction ends; when all have it, it is complete. */
export function mark(broker: Broker, transactionalId: string, x: Context): void {
  const { byId, markers } = broker.transactions;
  const transaction = byId.get(transactionalId);
  if (!transaction || transaction.pending || !isEnding(transaction.metadata)) return;
  // A topic that was deleted meanwhile needs no marker.
  const unmarked = transaction.unmarked.filter((tp) => topicNamed(broker.image, topicOf(tp))?.partitions[indexOf(tp)] !== undefined);
  byId.set(transactionalId, { ...transaction, unmarked });
  if (unmarked.length === 0) {
    write(broker, completed(transaction.metadata, x.now), undefined, '', x);
    return;
  }
  const out = new Set([...markers.values()].flatMap((sent) => (sent.transactionalId === transactionalId ? sent.partitions : [])));
  const byNode = new Map<number, string[]>();
  for (const tp of unmarked) {
    if (out.has(tp)) continue;
    const node = topicNamed(broker.image, topicOf(tp))?.partitions[indexOf(tp)]?.leader ?? -1;
    const same = byNode.get(node);
    if (same) same.push(tp);
    else byNode.set(node, [tp]);
  }
  let hasFailed = false;
  for (const [node, partitions] of byNode) if (!send(broker, { node, transactionalId, partitions }, x)) hasFailed = true;
  if (hasFailed) markLater(broker, transactionalId, x);
}

/** False: there is no way to the leader now. */
function send(broker: Broker, out: MarkersOut, x: Context): boolean {
  const { node, transactionalId, partitions } = out;
  const transaction = broker.transactions.byId.get(transactionalId);
  const home = ledHome(broker, TRANSACTIONS_TOPIC, transactionalId);
  const self = x.wiring.self.id;
  const way = node === broker.node ? { line: '', to: self } : peerWay(x.wiring, node);
  if (!way || !transaction || !home || broker.unreachable.has(node)) return false;
  const { producerId, producerEpoch, state } = transaction.metadata;
  const request: WriteTxnMarkersRequest = {
    ...{ verb: 'WriteTxnMarkers', correlation: broker.next++, transactionalId, producerId, producerEpoch },
    ...{ coordinatorEpoch: home.leaderEpoch, isCommit: state === 'PrepareCommit', partitions },
  };
  broker.transactions.markers.set(request.correlation, out);
  x.send(self, way.to, way.line, request);
  return true;
}

function markLater({ transactions }: Broker, transactionalId: string, x: Context): void {
  if (transactions.retries.has(transactionalId)) return;
  transactions.retries = new Set([...transactions.retries, transactionalId]);
  x.wake({ name: 'markAgain', transactionalId }, RETRY);
}

export function markAgain(broker: Broker, transactionalId: string, x: Context): void {
  broker.transactions.retries = new Set([...broker.transactions.retries].filter((other) => other !== transactionalId));
  mark(broker, transactionalId, x);
}

/** A leader has written the markers, or says why not. */
export function hearMarked(broker: Broker, { correlation, results }: WriteTxnMarkersResponse, x: Context): void {
  const { markers, byId } = broker.transactions;
  const out = markers.get(correlation);
  if (!out) return;
  markers.delete(correlation);
  const { transactionalId } = out;
  const transaction = byId.get(transactionalId);
  if (!transaction) return;
  const done = new Set(results.filter(({ error }) => error === '').map(({ tp }) => tp));
  const unmarked = transaction.unmarked.filter((tp) => !done.has(tp));
  byId.set(transactionalId, { ...transaction, unmarked });
  if (results.some(({ error }) => FINAL.has(error))) return;
  if (unmarked.length === 0) mark(broker, transactionalId, x);
  else if (done.size < results.length) markLater(broker, transactionalId, x);
}

/** What was on its way to a leader that can't be reached has not arrived, or its answer won't. */
export function markersLost(broker: Broker, node: number, x: Context): void {
  const { markers } = broker.transactions;
  for (const [correlation, out] of [...markers]) {
    if (out.node !== node) continue;
    markers.delete(correlation);
    markLater(broker, out.transactionalId, x);
  }
}
