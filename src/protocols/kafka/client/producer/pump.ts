import { type LineId, micros, type PartId } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { ProduceBatch, ProduceResponse, ProduceResult } from '../../frames.ts';
import type { KafkaMessage } from '../../message.ts';
import { recordWay } from '../../routes.ts';
import { sooner } from '../sooner.ts';
import { goOn } from './application.ts';
import type { Batch, PartitionQueue } from './batch.ts';
import { configOf, type Settings, settingsOf } from './config.ts';
import { askNext, controlFailed } from './control.ts';
import { nextExpiry } from './drain.ts';
import { confirm, failTransaction, tellFates } from './fates.ts';
import { metadataFailed, renewMetadata, wantMetadata } from './metadata.ts';
import { isReachable } from './nodes.ts';
import { endLastTransaction, makeSends } from './send.ts';
import { disconnect, expireBatches, type Fate, type Gate, sendPass, sentForGood, settle, settleNumbers, takeInFlight } from './sender.ts';
import { NO_ALARM, type Producer } from './state.ts';

/**
 * Lets the application and the sender do what they can now: calls of send() return, what is ready goes, what waits too
 * long is given up, and an alarm is set for what comes by time alone. `isCall`: nothing but a call of send() is new; the sender is
 * not woken by one that puts its record to others in a batch that has room left.
 */
export function pump(state: Producer, x: Context, isCall = false): void {
  const settings = settingsOf(configOf(x));
  expireAll(state, settings, x);
  let delay = Number.POSITIVE_INFINITY;
  let retryAt: number;
  do {
    const sent = makeSends(state, settings, x);
    goOn(state, x);
    if (isCall && sent === 'joined' && state.sends.length === 0 && state.transaction === undefined) return;
    endLastTransaction(state, x);
    retryAt = askNext(state, settings, x);
    delay = send(state, settings, x);
    // A transaction that has ended, or memory that came free, lets the application go on at once.
  } while (state.sends.length > 0 && makeSends(state, settings, x) !== 'nothing');
  retryAt = Math.min(retryAt, renewMetadata(state, settings, x), blockEnd(state, settings));
  setAlarms(state, settings, Math.min(x.now + delay, retryAt), x);
}

/** When the call of send() that waits gives up. */
function blockEnd({ blockedSince }: Producer, { maxBlock }: Settings): number {
  return blockedSince < 0 ? Number.POSITIVE_INFINITY : blockedSince + maxBlock;
}

/**
 * The sender goes round as long as it finds something to send: a request takes one batch of a partition at most, and what stays
 * behind is looked at again at once. Returns how long until there may be more, by time alone.
 */
function send(state: Producer, settings: Settings, x: Context): number {
  const { sender } = state;
  if (settleNumbers(sender)) failTransaction(state, 'DELIVERY_TIMEOUT', x);
  const doors = new Doors(state, x);
  for (;;) {
    const pass = sendPass(sender, settings, state.cluster, doors, x.now);
    if (pass.isLeaderUnknown) wantMetadata(state);
    for (const { node, batches } of pass.requests) request(state, settings, node, batches, x);
    if (pass.requests.length === 0 || sender.acc.waiting === 0) return pass.delay;
  }
}

/** A class, as every step needs one: no closures have to be made. */
class Doors implements Gate {
  constructor(
    private readonly state: Producer,
    private readonly x: Context,
  ) {}

  get mustHurry(): boolean {
    const { isShortOfMemory, transaction } = this.state;
    return isShortOfMemory || transaction?.state === 'committing' || transaction?.state === 'aborting';
  }

  isReachable(node: number): boolean {
    return isReachable(this.state, node, this.x);
  }

  mayGo({ tp }: PartitionQueue): boolean {
    const { transaction } = this.state;
    return transaction === undefined || transaction.added.has(tp);
  }
}

/** One request to a leader; each topic's records go along the topic's own line. */
function request(state: Producer, settings: Settings, node: number, batches: readonly Batch[], x: Context): void {
  const slot = state.nextCorrelation;
  const topic = (batches[0] as Batch).topic;
  if (batches.every((batch) => batch.topic === topic)) {
    const way = recordWay(x.wiring, node, topic);
    if (way) produce(state, settings, node, topic, batches, slot, way, x);
    return;
  }
  const topics = new Map<string, Batch[]>();
  for (const batch of batches) {
    const same = topics.get(batch.topic);
    if (same) same.push(batch);
    else topics.set(batch.topic, [batch]);
  }
  for (const [topic, own] of topics) {
    const way = recordWay(x.wiring, node, topic);
    if (way) produce(state, settings, node, topic, own, slot, way, x);
  }
}

function produce(
  state: Producer,
  settings: Settings,
  node: number,
  topic: string,
  batches: readonly Batch[],
  slot: number,
  way: { readonly line: LineId; readonly to: PartId },
  x: Context,
): void {
  const { sender, transaction, transactionalId } = state;
  const { acks, requestTimeout: timeout } = settings;
  const correlation = state.nextCorrelation++;
  const wired = batches.map((batch) => wireOf(batch, transaction !== undefined));
  const ids = batches.map(idOf);
  const frame = {
    verb: 'Produce' as const,
    correlation,
    acks,
    timeout,
    transactionalId,
    batches: wired,
    messages: messagesOf(batches),
  };
  x.send(x.wiring.self.id, way.to, way.line, frame);
  if (acks === 0) {
    for (const batch of batches) {
      sentForGood(sender, batch);
      confirm(state, batch, -1, x);
    }
    return;
  }
  sender.inFlight.push({ correlation, node, topic, batches: ids, slot, deadline: x.now + timeout });
}

const idOf = ({ tp, partition, id }: Batch) => ({ tp, partition, id });

function wireOf({ tp, producerId, producerEpoch, baseSequence, records }: Batch, isTransactional: boolean): ProduceBatch {
  return { tp, producerId, producerEpoch, baseSequence, isTransactional, records };
}

function messagesOf(batches: readonly Batch[]): readonly KafkaMessage[] {
  return batches.length === 1 ? (batches[0] as Batch).records : batches.flatMap(({ records }) => records);
}

/** A leader has answered. An answer that comes after its time has been settled already. */
export function hearProduce(state: Producer, { correlation, results }: ProduceResponse, x: Context): void {
  const { sender } = state;
  const asked = takeInFlight(sender, correlation);
  if (!asked) return;
  const settings = settingsOf(configOf(x));
  const fates: Fate[] = [];
  for (const { tp, partition, id } of asked.batches) {
    // A leader answers for each partition; silence means that it knows none.
    const { error, baseOffset } = resultFor(tp, results) ?? NOT_KNOWN;
    const fate = settle(sender, settings, asked.topic, partition, id, error, baseOffset, x.now);
    if (fate) fates.push(fate);
  }
  tellFates(state, fates, x);
}

const NOT_KNOWN = { error: 'UNKNOWN_TOPIC_OR_PARTITION', baseOffset: -1 };

function resultFor(tp: string, results: readonly ProduceResult[]): ProduceResult | undefined {
  for (const result of results) if (result.tp === tp) return result;
  return undefined;
}

/** What was asked of nodes without a connection will not be answered. */
export function loseNodes(state: Producer, x: Context): void {
  const settings = settingsOf(configOf(x));
  const isLost = (node: number) => !isReachable(state, node, x);
  const nodes = new Set(state.sender.inFlight.map((request) => request.node));
  for (const node of nodes) if (isLost(node)) tellFates(state, disconnect(state.sender, settings, node, 'NETWORK_EXCEPTION', x.now), x);
  if (state.control && isLost(state.control.node)) controlFailed(state, settings, x);
  if (state.metadata.request && isLost(state.metadata.request.node)) metadataFailed(state);
  wantMetadata(state);
}

/** Requests without an answer, and batches that have waited too long. */
function expireAll(state: Producer, settings: Settings, x: Context): void {
  const { sender, control, metadata } = state;
  if (x.now < state.checkAlarm.at) return;
  for (const { node, deadline } of sender.inFlight.slice()) {
    if (x.now < deadline) continue;
    // A client that waits in vain closes the connection, and with it everything else that it waits for there.
    state.avoided = node;
    tellFates(state, disconnect(sender, settings, node, 'REQUEST_TIMED_OUT', x.now), x);
    wantMetadata(state);
  }
  if (control && x.now >= control.deadline) {
    state.avoided = control.node;
    controlFailed(state, settings, x);
  }
  if (metadata.request && x.now >= metadata.request.deadline) {
    state.avoided = metadata.request.node;
    metadataFailed(state);
  }
  tellFates(state, expireBatches(sender, settings, x.now), x);
}

/**
 * Two alarms: one for what is to be sent, one for what will be given up. The later is far away and rarely goes off for a
 * reason, so it stays where it is as long as that is early enough.
 */
function setAlarms(state: Producer, settings: Settings, sendAt: number, x: Context): void {
  const { sendAlarm } = state;
  if (sendAt < sendAlarm.at) {
    if (sendAlarm.id !== 0) x.forget(sendAlarm.id);
    state.sendAlarm = { id: x.wake({ name: 'send' }, micros(sendAt - x.now)), at: sendAt };
  }
  const { control, metadata, sender } = state;
  if (x.now >= state.checkAlarm.at) state.checkAlarm = NO_ALARM;
  const { now } = x;
  let checkAt = sooner(Number.POSITIVE_INFINITY, nextExpiry(sender.acc, settings), now);
  checkAt = sooner(checkAt, metadata.updatedAt + settings.metadataMaxAge, now);
  for (const { deadline } of sender.inFlight) checkAt = sooner(checkAt, deadline, now);
  if (control) checkAt = sooner(checkAt, control.deadline, now);
  if (metadata.request) checkAt = sooner(checkAt, metadata.request.deadline, now);
  if (checkAt >= state.checkAlarm.at) return;
  if (state.checkAlarm.id !== 0) x.forget(state.checkAlarm.id);
  state.checkAlarm = { id: x.wake({ name: 'check' }, micros(checkAt - x.now)), at: checkAt };
}
