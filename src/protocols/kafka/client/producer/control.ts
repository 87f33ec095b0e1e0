import type { Context } from '../../../../engine/index.ts';
import type {
  AddPartitionsToTxnRequest,
  ClientResponse,
  EndTxnRequest,
  FindCoordinatorRequest,
  InitProducerIdRequest,
  MetadataRequest,
} from '../../frames.ts';
import { controlWay } from '../../routes.ts';
import { queuesOf } from './accumulator.ts';
import type { Settings } from './config.ts';
import { isCoordinatorLost, isRetriable } from './errors.ts';
import { failTransaction, finishTransaction, giveUp } from './fates.ts';
import { anyNode, isReachable } from './nodes.ts';
import { type ProducerIds, takeIds } from './sequences.ts';
import type { Control, Producer } from './state.ts';
import { markAdded, type Transaction, takePending } from './transaction.ts';

type ControlRequest = MetadataRequest | FindCoordinatorRequest | InitProducerIdRequest | AddPartitionsToTxnRequest | EndTxnRequest;

/** Sends a request to a node that can be reached, under the next correlation. */
export function ask(state: Producer, settings: Settings, node: number, frame: ControlRequest, x: Context): Control | undefined {
  const way = controlWay(x.wiring, node);
  if (way === undefined) return undefined;
  state.nextCorrelation++;
  x.send(x.wiring.self.id, way.to, way.line, frame);
  return { correlation: frame.correlation, verb: frame.verb, node, deadline: x.now + settings.requestTimeout };
}

/** Asks for what ids and transactions need next, one request at a time. Returns when to try again; Infinity = not by time. */
export function askNext(state: Producer, settings: Settings, x: Context): number {
  const { ids } = state.sender;
  if (ids === undefined || state.control !== undefined) return Number.POSITIVE_INFINITY;
  if (x.now < state.controlRetryAt) return state.controlRetryAt;
  const { transaction } = state;
  const frame = transaction ? nextOfTransaction(state, settings, transaction, ids, x) : nextOfIds(state, settings, ids);
  if (frame === undefined) return Number.POSITIVE_INFINITY;
  const isForCoordinator = transaction !== undefined && frame.verb !== 'FindCoordinator';
  const node = isForCoordinator ? transaction.coordinator : anyNode(state, x);
  if (node !== undefined) state.control = ask(state, settings, node, frame, x);
  return Number.POSITIVE_INFINITY;
}

function nextOfIds(state: Producer, { transactionTimeout }: Settings, ids: ProducerIds): ControlRequest | undefined {
  if (ids.id >= 0) return undefined;
  return { verb: 'InitProducerId', correlation: state.nextCorrelation, transactionalId: '', timeout: transactionTimeout };
}

function nextOfTransaction(
  state: Producer,
  { transactionTimeout }: Settings,
  transaction: Transaction,
  ids: ProducerIds,
  x: Context,
): ControlRequest | undefined {
  // The coordinator has never heard of this one.
  if (needOf(state, transaction) === 'EndTxn' && transaction.added.size === 0) finishTransaction(state, x);
  const need = needOf(state, transaction);
  if (need === undefined) return undefined;
  const { transactionalId } = state;
  const correlation = state.nextCorrelation;
  if (transaction.coordinator >= 0 && !isReachable(state, transaction.coordinator, x)) transaction.coordinator = -1;
  if (transaction.coordinator < 0) return { verb: 'FindCoordinator', correlation, keyType: 'transaction', key: transactionalId };
  const who = { correlation, transactionalId, producerId: ids.id, producerEpoch: ids.epoch };
  // The id of before lets the coordinator tell whether another one has taken over meanwhile.
  if (need === 'InitProducerId') return { verb: need, ...who, timeout: transactionTimeout };
  if (need === 'AddPartitionsToTxn') return { verb: need, ...who, partitions: takePending(transaction) };
  return { verb: need, ...who, isCommit: transaction.state === 'committing' };
}

/** The end is told last: when everything that was sent has its fate. */
function needOf({ sender }: Producer, { state, pending, adding }: Transaction) {
  if (state === 'initializing') return 'InitProducerId';
  if (state === 'ready' || state === 'failed') return undefined;
  if (pending.size > 0 || adding.length > 0) return 'AddPartitionsToTxn';
  return state !== 'open' && sender.acc.incomplete === 0 ? 'EndTxn' : undefined;
}

/** An answer about ids or transactions. */
export function hearControl(state: Producer, settings: Settings, frame: ClientResponse, x: Context): void {
  state.control = undefined;
  const { transaction } = state;
  const { ids } = state.sender;
  if (ids === undefined || !('error' in frame)) return;
  const { error } = frame;
  if (error !== '') {
    controlRefused(state, settings, error, x);
    return;
  }
  if (frame.verb === 'InitProducerIdResponse') {
    takeIds(queuesOf(state.sender.acc), ids, frame.producerId, frame.producerEpoch);
    if (transaction) transaction.state = 'ready';
  } else if (!transaction) return;
  else if (frame.verb === 'FindCoordinatorResponse') transaction.coordinator = frame.node;
  else if (frame.verb === 'AddPartitionsToTxnResponse') markAdded(transaction);
  else if (frame.verb === 'EndTxnResponse') finishTransaction(state, x);
}

const ADD_RETRY = 20_000;

function controlRefused(state: Producer, settings: Settings, error: string, x: Context): void {
  const { transaction } = state;
  if (isRetriable(error)) {
    if (transaction && isCoordinatorLost(error)) transaction.coordinator = -1;
    // The transaction before is still being ended: that takes a moment only.
    const isEnding = error === 'CONCURRENT_TRANSACTIONS' && transaction?.added.size === 0;
    state.controlRetryAt = x.now + (isEnding ? Math.min(ADD_RETRY, settings.retryBackoff) : settings.retryBackoff);
  } else if (transaction && error === 'UNKNOWN_PRODUCER_ID') failTransaction(state, error, x);
  else if (transaction) giveUp(state, error === 'INVALID_PRODUCER_EPOCH' ? 'PRODUCER_FENCED' : error, x);
  else state.controlRetryAt = x.now + settings.retryBackoff;
}

/** No answer came, or will. */
export function controlFailed(state: Producer, settings: Settings, x: Context): void {
  state.control = undefined;
  if (state.transaction) state.transaction.coordinator = -1;
  state.controlRetryAt = x.now + settings.retryBackoff;
}
