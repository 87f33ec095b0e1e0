import { fromMillis, type LineId, type Micros, micros } from '../../base/index.ts';
import type { Context, Input, Kernel, PartView } from '../../engine/index.ts';
import type { BrokerFrame } from './amqp/index.ts';
import { cellOf, type Delivery, type Work } from './delivery.ts';
import { CONSUME_VIA } from './kinds.ts';
import { publish, publishLines, reply } from './message.ts';
import {
  channelClosed,
  connectionClosed,
  copySession,
  emptySession,
  type Identity,
  peerChanged,
  type Session,
  sayGoodbye,
  speak,
} from './session.ts';
import { type ConsumerConfig, consumeLines, subscribe } from './subscriptions.ts';

interface Consumer {
  session: Session;
  /** Lines it consumes along, with whether the broker settles on sending. */
  subscribed: Map<LineId, boolean>;
  /** Delivered and waiting for their turn, oldest first. */
  buffer: Delivery[];
  work: Work | undefined;
  isPaused: boolean;
  /** Delivered and not settled: what the prefetch counts. */
  outstanding: number;
  prefetch: number;
  received: number;
  done: number;
  failed: number;
  workedMicros: number;
  /** Ids of messages whose work is done, in a store that outlives the process. */
  remembered: Set<string>;
  skipped: number;
  /** Set while it waits to ask again for a queue that was lost. */
  retryTimer: number;
}

/** Until it asks again for a queue that was lost, in µs. */
const RETRY = micros(1_000_000);

const config = (x: Context) => x.config<ConsumerConfig>(x.wiring.self.id);

/** An AMQP client that consumes: one message is worked on at a time, the others of its window wait inside it. */
export const consumerKernel: Kernel<Consumer> = {
  kind: 'rabbitmq/consumer',
  models: 'rabbitmq.consumer',
  omits: [],

  start(x) {
    const state: Consumer = {
      session: emptySession(identityOf(config(x))),
      subscribed: new Map(),
      buffer: [],
      work: undefined,
      isPaused: false,
      outstanding: 0,
      prefetch: config(x).prefetch,
      received: 0,
      done: 0,
      failed: 0,
      workedMicros: 0,
      remembered: new Set(),
      skipped: 0,
      retryTimer: 0,
    };
    subscribeAll(state, x);
    return state;
  },

  receive(state, input, x) {
    switch (input.type) {
      case 'frame':
        hear(state, input, x);
        return;
      case 'timer':
        if (input.timer.name === 'retry') {
          state.retryTimer = 0;
          subscribeAll(state, x);
        } else finish(state, x);
        return;
      case 'command':
        if (input.verb === 'pause') pause(state, x);
        else if (input.verb === 'resume') unpause(state, x);
        return;
      case 'peer':
        peerChanged(state.session, input.node, input.up);
        if (!input.up) loseBroker(state, input.node, x);
        else subscribeAll(state, x);
        return;
      case 'wiring':
        rewire(state, input.change, input.id, x);
        return;
      case 'restarted':
        subscribeAll(state, x);
        return;
    }
  },

  crash(state) {
    state.session = emptySession(state.session.identity);
    state.subscribed.clear();
    state.buffer = [];
    state.work = undefined;
    state.outstanding = 0;
    state.isPaused = false;
    state.retryTimer = 0;
  },
  leave: (state, x) => sayGoodbye(state.session, x),
  copy: (state) => ({
    ...state,
    session: copySession(state.session),
    subscribed: new Map(state.subscribed),
    buffer: state.buffer.slice(),
    remembered: new Set(state.remembered),
  }),
  describe: (state, wiring) => new Map([[wiring.self.id, viewOf(state)]]),
  invariants: (state) => (state.outstanding < 0 ? 'More settled than delivered' : undefined),
};

function viewOf(state: Consumer): PartView {
  const { work } = state;
  const status = state.isPaused ? 'paused' : state.session.unreachable.size > 0 ? 'blocked' : 'up';
  return {
    status,
    ...(work ? { work: [{ cell: cellOf(work.delivery), from: work.from, until: work.until }] } : {}),
    window: { used: state.outstanding, limit: state.prefetch },
    figures: [
      { key: 'done', value: state.done },
      { key: 'buffered', value: state.buffer.length },
      { key: 'received', value: state.received },
      ...(state.skipped > 0 ? [{ key: 'skipped', value: state.skipped }] : []),
      ...(state.failed > 0 ? [{ key: 'failed', value: state.failed }] : []),
      ...(state.session.refused > 0 ? [{ key: 'refused', value: state.session.refused }] : []),
      { key: 'workedMillis', value: Math.round(state.workedMicros / 1_000) },
      { key: 'connected', value: state.subscribed.size > 0 },
    ],
    details: [],
  };
}

function identityOf({ vhost, user, ownChannels }: ConsumerConfig): Identity {
  return { vhost, user, isPerLine: ownChannels, prelude: [] };
}

function subscribeAll(state: Consumer, x: Context): void {
  const { prefetch, ackMode } = config(x);
  state.prefetch = prefetch;
  for (const line of consumeLines(x)) {
    if (state.subscribed.has(line.id) || !subscribe(state.session, line, x)) continue;
    state.subscribed.set(line.id, ackMode === 'auto');
  }
}

function rewire(state: Consumer, change: 'joined' | 'left' | 'reconfigured', id: string, x: Context): void {
  if (change === 'left') {
    state.subscribed.delete(id);
    return;
  }
  // Prefetch, ack mode and priority are fixed when a subscription starts: it is cancelled and made anew.
  if (change === 'reconfigured' && id === x.wiring.self.id) {
    for (const line of state.subscribed.keys()) speak(state.session, line, { verb: 'basic.cancel', channel: 0, consumerTag: line }, x);
    state.subscribed.clear();
    renew(state, x);
  }
  subscribeAll(state, x);
}

/** As somebody else, or with other channels, it connects anew. */
function renew(state: Consumer, x: Context): void {
  const identity = identityOf(config(x));
  if (JSON.stringify(identity) === JSON.stringify(state.session.identity)) return;
  sayGoodbye(state.session, x);
  const { unreachable } = state.session;
  state.session = { ...emptySession(identity), unreachable };
  loseChannel(state, x);
}

/** Its deliveries are the broker's again; what is being worked on can't be acknowledged any more. */
function loseBroker(state: Consumer, broker: string, x: Context): void {
  const isGone = (line: LineId) => {
    const from = x.wiring.line(line)?.from;
    return from === undefined || x.wiring.nodeOf(from) === broker;
  };
  for (const line of [...state.subscribed.keys()]) if (isGone(line)) state.subscribed.delete(line);
  state.buffer = state.buffer.filter((delivery) => !isGone(delivery.line));
  if (state.work && isGone(state.work.delivery.line)) {
    if (state.work.timer !== 0) x.forget(state.work.timer);
    state.work = undefined;
  }
  state.outstanding = state.buffer.length + (state.work ? 1 : 0);
  beginNext(state, x);
}

function hear(state: Consumer, input: Extract<Input, { readonly type: 'frame' }>, x: Context): void {
  const frame = input.frame as BrokerFrame;
  switch (frame.verb) {
    case 'basic.deliver': {
      const { message, redelivered, deliveryTag: tag, channel } = frame;
      const noAck = state.subscribed.get(input.line) ?? false;
      state.received += 1;
      if (!noAck) state.outstanding += 1;
      x.fact('message.received', x.wiring.self.id, message.id, input.line, '', { tag, redelivered });
      state.buffer.push({ message, tag, channel, line: input.line, redelivered, noAck });
      beginNext(state, x);
      return;
    }
    case 'basic.cancel':
      state.subscribed.delete(frame.consumerTag);
      retryLater(state, x);
      return;
    case 'channel.close':
      channelClosed(state.session, input.line, frame.channel, x);
      loseChannel(state, x, config(x).ownChannels ? input.line : undefined);
      retryLater(state, x);
      return;
    case 'connection.close':
      connectionClosed(state.session, input.line, x);
      loseChannel(state, x);
      return;
    default:
      return;
  }
}

/** One that consumes through a node of a cluster asks again after a while: its queue may come back, there or elsewhere. */
function retryLater(state: Consumer, x: Context): void {
  if (state.retryTimer === 0 && consumeLines(x).some(({ kind }) => kind === CONSUME_VIA))
    state.retryTimer = x.wake({ name: 'retry' }, RETRY);
}

/** After an error the application stops: it does not ask again for what was refused. */
function loseChannel(state: Consumer, x: Context, line?: LineId): void {
  const isLost = (other: LineId) => line === undefined || other === line;
  for (const other of [...state.subscribed.keys()]) if (isLost(other)) state.subscribed.delete(other);
  state.buffer = state.buffer.filter((delivery) => !isLost(delivery.line));
  if (state.work && isLost(state.work.delivery.line)) {
    if (state.work.timer !== 0) x.forget(state.work.timer);
    state.work = undefined;
  }
  state.outstanding = [...state.buffer, ...(state.work ? [state.work.delivery] : [])].filter(({ noAck }) => !noAck).length;
  beginNext(state, x);
}

function beginNext(state: Consumer, x: Context): void {
  if (state.work || state.isPaused) return;
  let delivery = state.buffer.shift();
  while (delivery && isKnown(state, delivery, x)) {
    skip(state, delivery, x);
    delivery = state.buffer.shift();
  }
  if (!delivery) return;
  const { work, workMillis } = config(x);
  const left = fromMillis(work === 'weight' ? delivery.message.weight * workMillis : workMillis);
  const until = micros(x.now + left) as Micros;
  x.fact('work.started', x.wiring.self.id, delivery.message.id, delivery.line, '', { until });
  state.work = { delivery, from: x.now, until, left, timer: x.wake({ name: 'done' }, left) };
}

/** What identifies a message for good: the id that its publisher gave it, or else its own. */
const identity = ({ message }: Delivery): string => message.properties.messageId ?? `m${message.id}`;

function isKnown(state: Consumer, delivery: Delivery, x: Context): boolean {
  return state.remembered.size > 0 && config(x).remembers && state.remembered.has(identity(delivery));
}

/** Its work has been done before: it is only acknowledged. */
function skip(state: Consumer, delivery: Delivery, x: Context): void {
  state.skipped += 1;
  x.fact('work.skipped', x.wiring.self.id, delivery.message.id, delivery.line);
  acknowledge(state, delivery, config(x).ackMode, x);
}

function pause(state: Consumer, x: Context): void {
  if (state.isPaused) return;
  state.isPaused = true;
  if (state.work) {
    x.forget(state.work.timer);
    state.work = { ...state.work, timer: 0, left: state.work.until - x.now };
  }
  x.fact('node.paused', x.wiring.self.id);
}

function unpause(state: Consumer, x: Context): void {
  if (!state.isPaused) return;
  state.isPaused = false;
  x.fact('node.resumed', x.wiring.self.id);
  const { work } = state;
  if (!work) beginNext(state, x);
  else {
    const until = micros(x.now + work.left) as Micros;
    state.work = { ...work, from: micros(until - (work.until - work.from)), until, timer: x.wake({ name: 'done' }, micros(work.left)) };
  }
}

function finish(state: Consumer, x: Context): void {
  const { work } = state;
  if (!work) return;
  state.work = undefined;
  state.workedMicros += work.until - work.from;
  const { failEvery } = config(x);
  const attempt = state.done + state.failed + 1;
  if (failEvery > 0 && attempt % failEvery === 0) fail(state, work.delivery, x);
  else succeed(state, work.delivery, x);
  beginNext(state, x);
}

function fail(state: Consumer, { message, line, tag, noAck }: Delivery, x: Context): void {
  const self = x.wiring.self.id;
  const { requeue, ackMode } = config(x);
  state.failed += 1;
  x.fact('work.failed', self, message.id, line);
  if (noAck || ackMode === 'never') return;
  state.outstanding -= 1;
  x.fact('message.rejected', self, message.id, line, '', { requeue });
  speak(state.session, line, { verb: 'basic.nack', channel: 0, deliveryTag: tag, multiple: false, requeue }, x);
}

function succeed(state: Consumer, delivery: Delivery, x: Context): void {
  const { message, line } = delivery;
  const self = x.wiring.self.id;
  const { ackMode, forwardKey, replies, remembers } = config(x);
  state.done += 1;
  if (remembers) state.remembered.add(identity(delivery));
  x.fact('work.finished', self, message.id, line);
  if (replies) reply(state.session, line, message, x);
  for (const way of publishLines(x)) forward(state, way.id, message, forwardKey, x);
  acknowledge(state, delivery, ackMode, x);
}

function acknowledge(state: Consumer, { message, line, tag, noAck }: Delivery, ackMode: ConsumerConfig['ackMode'], x: Context): void {
  if (noAck || ackMode === 'never') return;
  state.outstanding -= 1;
  x.fact('message.acked', x.wiring.self.id, message.id, line);
  speak(state.session, line, { verb: 'basic.ack', channel: 0, deliveryTag: tag, multiple: false }, x);
}

/** The result of the work goes on as a message of its own, under the key given or the one it came with. */
function forward(state: Consumer, line: LineId, message: Delivery['message'], forwardKey: string, x: Context): void {
  const key = forwardKey === '' ? message.key : forwardKey;
  const headers = message.properties.headers ?? {};
  const template = {
    key,
    body: message.body,
    weight: message.weight,
    headers,
    mandatory: false,
    persistent: false,
    priority: 0,
    cc: '',
    bcc: '',
    expiration: -1,
  };
  publish(state.session, line, template, x, message.id);
}
