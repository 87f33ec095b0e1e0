import type { Config, Context, Input, Kernel } from '../../../../engine/index.ts';
import { withDefaults } from '../../../../scenario/index.ts';
import { PUBLISH_FIELDS } from '../../fields.ts';
import type { ClientResponse } from '../../frames.ts';
import { PRODUCER } from '../../kinds.ts';
import { busyQueues, queuesOf } from './accumulator.ts';
import { forgetPace, sendByHand, sendNext } from './application.ts';
import { lastSequence } from './batch.ts';
import { configOf, kindOf, type RecordTemplate, settingsOf } from './config.ts';
import { ask, hearControl } from './control.ts';
import { viewOf } from './describe.ts';
import { refuse } from './fates.ts';
import { hearMetadata, wantMetadata } from './metadata.ts';
import { hearProduce, loseNodes, pump } from './pump.ts';
import { abandon } from './sender.ts';
import { copyProducer, NO_ALARM, newClient, newProducer, type Producer } from './state.ts';

/**
 * A Kafka producer: an application that calls send(), and the client library that gathers records in batches and sends
 * them to the leaders. While brokers are away it gathers on: records wait for `delivery.timeout.ms`.
 */
export const producerKernel: Kernel<Producer> = {
  kind: PRODUCER,
  models: 'kafka.producer',
  omits: ['kafka.compression', 'kafka.quotas', 'kafka.producer.backoffJitter'],

  start(x) {
    const state = newProducer(x);
    pump(state, x);
    return state;
  },

  receive(state, input, x) {
    switch (input.type) {
      case 'timer':
        ring(state, input.timer.name, x);
        break;
      case 'frame':
        hear(state, input.frame as unknown as ClientResponse, x);
        break;
      case 'command':
        obey(state, input.verb, input.args, x);
        break;
      case 'peer':
        meet(state, input, x);
        break;
      case 'wiring':
        rewire(state, input, x);
        break;
      case 'restarted':
        break;
    }
    pump(state, x, input.type === 'timer' && CALLS.has(input.timer.name));
  },

  crash(state, x) {
    // What was never sent is lost for certain; whether the rest has arrived nobody will tell.
    for (const queue of busyQueues(state.sender.acc))
      for (const batch of queue.waiting) if (batch.attempts === 0) refuse(state, batch, 'crashed', x);
    Object.assign(state, newClient(x), {
      unreachable: new Set(),
      sends: [],
      blockedSince: -1,
      isShortOfMemory: false,
      timer: 0,
      hand: [],
      handTimer: 0,
      isPaused: false,
    });
  },

  leave: farewell,
  copy: copyProducer,
  describe: (state, wiring) => new Map([[wiring.self.id, viewOf(state)]]),
  invariants,
};

/** Timers at which the application calls send(). */
const CALLS: ReadonlySet<string> = new Set(['next', 'hand']);

function ring(state: Producer, name: string, x: Context): void {
  if (name === 'next') sendNext(state, x);
  else if (name === 'hand') sendByHand(state, x);
  else if (name === 'send') state.sendAlarm = NO_ALARM;
}

function hear(state: Producer, frame: ClientResponse, x: Context): void {
  if (frame.verb === 'ProduceResponse') hearProduce(state, frame, x);
  else if (frame.verb === 'MetadataResponse') {
    if (frame.correlation === state.metadata.request?.correlation) hearMetadata(state, frame, x);
  } else if (frame.correlation === state.control?.correlation) hearControl(state, settingsOf(configOf(x)), frame, x);
}

function obey(state: Producer, verb: string, args: Config, x: Context): void {
  const self = x.wiring.self.id;
  if (verb === 'publish') {
    const { count, ...template } = withDefaults(PUBLISH_FIELDS, args) as unknown as RecordTemplate & { readonly count: number };
    state.hand.push({ template, left: count });
  } else if (verb === 'pause' && !state.isPaused) {
    state.isPaused = true;
    forgetPace(state, x);
    x.fact('node.paused', self);
  } else if (verb === 'resume' && state.isPaused) {
    state.isPaused = false;
    x.fact('node.resumed', self);
  }
}

function meet(state: Producer, { node, up }: Extract<Input, { readonly type: 'peer' }>, x: Context): void {
  const unreachable = new Set(state.unreachable);
  if (up) unreachable.delete(node);
  else unreachable.add(node);
  state.unreachable = unreachable;
  if (up) {
    state.avoided = -1;
    wantMetadata(state);
  } else loseNodes(state, x);
}

function rewire(state: Producer, { change, id }: Extract<Input, { readonly type: 'wiring' }>, x: Context): void {
  if (change === 'joined') wantMetadata(state);
  if (change !== 'reconfigured' || id !== x.wiring.self.id) return;
  forgetPace(state, x);
  const { ids } = state.sender;
  const kind = ids === undefined ? 'plain' : ids.isTransactional ? 'transactional' : 'idempotent';
  const config = configOf(x);
  const wanted = kindOf(config, x);
  if (kind === wanted && (wanted !== 'transactional' || state.transactionalId === config.transactionalId)) return;
  // Another kind of producer is another producer: the old one is closed first.
  farewell(state, x);
  for (const batch of abandon(state.sender, true)) refuse(state, batch, 'closed', x);
  if (state.sendAlarm.id !== 0) x.forget(state.sendAlarm.id);
  if (state.checkAlarm.id !== 0) x.forget(state.checkAlarm.id);
  Object.assign(state, newClient(x), { nextCorrelation: state.nextCorrelation });
}

/** A producer that is closed sends what it has, and takes an open transaction back. */
function farewell(state: Producer, x: Context): void {
  const { transaction, sender } = state;
  sender.acc.isFlushing = true;
  if (transaction?.state === 'open' && transaction.added.size > 0 && transaction.coordinator >= 0) {
    const who = { transactionalId: state.transactionalId, producerId: sender.ids?.id ?? -1, producerEpoch: sender.ids?.epoch ?? -1 };
    const frame = { verb: 'EndTxn', correlation: state.nextCorrelation, ...who, isCommit: false } as const;
    ask(state, settingsOf(configOf(x)), transaction.coordinator, frame, x);
  } else pump(state, x);
}

function invariants({ sender, position, published, confirmed, refused }: Producer): string | undefined {
  const { acc } = sender;
  let waiting = 0;
  let incomplete = 0;
  let memory = 0;
  for (const queue of queuesOf(acc)) {
    waiting += queue.waiting.length;
    incomplete += queue.waiting.length + queue.sent.length;
    for (const batch of [...queue.waiting, ...queue.sent]) {
      memory += batch.allocated;
      if (batch.baseSequence >= 0 && lastSequence(batch) >= queue.nextSequence && batch.producerEpoch === queue.producerEpoch)
        return `Batch ${batch.id} has a number that is still to be given`;
    }
  }
  if (waiting !== acc.waiting || incomplete !== acc.incomplete || memory !== acc.used) return 'Sums of the buffer do not fit its batches';
  if (confirmed + refused > published) return 'More records have a fate than were sent';
  return position < 0 ? 'A position before the first record' : undefined;
}
