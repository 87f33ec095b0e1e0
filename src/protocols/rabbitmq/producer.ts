import { fromMillis, micros } from '../../base/index.ts';
import type { Config, Context, Input, Kernel, Line } from '../../engine/index.ts';
import { withDefaults } from '../../scenario/index.ts';
import type { BrokerFrame } from './amqp/index.ts';
import { PUBLISH_FIELDS } from './fields.ts';
import { publish, publishLines, type Template } from './message.ts';
import {
  brokerBehind,
  channelClosed,
  connect,
  connectionClosed,
  copySession,
  emptySession,
  peerChanged,
  type Session,
  sayGoodbye,
} from './session.ts';

interface ProducerConfig {
  readonly mode: 'rate' | 'burst' | 'list';
  readonly everyMillis: number;
  readonly count: number;
  readonly limit: number;
  readonly startMillis: number;
  readonly templates: readonly Template[];
  readonly list: readonly (Template & { readonly atMillis: number })[];
}

/** Messages published by hand that are still to be sent. */
interface Batch {
  readonly template: Template;
  readonly left: number;
}

interface Producer {
  session: Session;
  startedAt: number;
  /** Position in its own schedule; it survives a crash, as the outside world's requests do not wait for a process. */
  position: number;
  /** Id of the timer of the next message, 0 = none. */
  timer: number;
  batches: Batch[];
  isHandBusy: boolean;
  isPaused: boolean;
  published: number;
  returned: number;
}

/** Between the messages of a burst: together to the eye, yet each a step of its own. */
const BURST_GAP = micros(100);

/** An AMQP client that publishes. While no broker can be reached it waits: nothing is lost before it is sent. */
export const producerKernel: Kernel<Producer> = {
  kind: 'rabbitmq/producer',
  models: 'rabbitmq.producer',
  omits: [],

  start(x) {
    const state: Producer = {
      session: emptySession(),
      startedAt: x.now,
      position: 0,
      timer: 0,
      batches: [],
      isHandBusy: false,
      isPaused: false,
      published: 0,
      returned: 0,
    };
    for (const line of publishLines(x)) connect(state.session, line.id, x);
    schedule(state, x);
    return state;
  },

  receive(state, input, x) {
    switch (input.type) {
      case 'timer':
        if (input.timer.name === 'hand') handOne(state, x);
        else publishNext(state, x);
        return;
      case 'frame':
        hear(state, input, x);
        return;
      case 'command':
        obey(state, input.verb, input.args, x);
        return;
      case 'peer':
        peerChanged(state.session, input.node, input.up);
        if (input.up) resume(state, x);
        return;
      case 'wiring':
        if (input.change === 'left') return;
        resume(state, x, input.change === 'reconfigured' && input.id === x.wiring.self.id);
        return;
      case 'restarted':
        resume(state, x);
        return;
    }
  },

  crash(state) {
    state.session = emptySession();
    state.timer = 0;
    state.batches = [];
    state.isHandBusy = false;
    state.isPaused = false;
  },
  leave: (state, x) => sayGoodbye(state.session, x),
  copy: (state) => ({ ...state, session: copySession(state.session), batches: state.batches.slice() }),

  describe(state, wiring) {
    const figures = [
      { key: 'published', value: state.published },
      ...(state.returned > 0 ? [{ key: 'returned', value: state.returned }] : []),
      ...(state.session.refused > 0 ? [{ key: 'refused', value: state.session.refused }] : []),
      { key: 'connected', value: state.session.connections.size > 0 },
    ];
    const status = state.isPaused ? 'paused' : state.session.unreachable.size > 0 ? 'blocked' : 'up';
    return new Map([[wiring.self.id, { status, figures, details: [] }]]);
  },
  invariants: (state) => (state.position < 0 ? 'A position before the first message' : undefined),
};

const config = (x: Context) => x.config<ProducerConfig>(x.wiring.self.id);

/** How long until the next message of the schedule, in µs; undefined when there is none. */
function waitFor(state: Producer, x: Context): number | undefined {
  const { mode, everyMillis, count, limit, startMillis, list } = config(x);
  const since = x.now - state.startedAt;
  if (mode === 'list') {
    const next = inOrder(list)[state.position];
    return next && Math.max(0, fromMillis(next.atMillis) - since);
  }
  if (mode === 'burst')
    return state.position >= count ? undefined : state.position > 0 ? BURST_GAP : Math.max(0, fromMillis(startMillis) - since);
  if (limit > 0 && state.position >= limit) return undefined;
  return state.position > 0 ? fromMillis(everyMillis) : Math.max(0, fromMillis(startMillis) - since);
}

/** By time; what is listed first comes first among equals (sorting is stable). */
function inOrder(list: ProducerConfig['list']): ProducerConfig['list'] {
  return list.toSorted((a, b) => a.atMillis - b.atMillis);
}

function schedule(state: Producer, x: Context): void {
  const wait = waitFor(state, x);
  state.timer = wait === undefined ? 0 : x.wake({ name: 'next' }, micros(wait));
}

/** Goes on after something changed; with new settings, at their pace. */
function resume(state: Producer, x: Context, isNewPace = false): void {
  if (state.isPaused) return;
  if (isNewPace && state.timer !== 0) {
    x.forget(state.timer);
    state.timer = 0;
  }
  if (state.timer === 0) schedule(state, x);
  wakeHand(state, x);
}

function reachable(state: Producer, x: Context): readonly Line[] {
  const lines = publishLines(x);
  // Mostly every broker is within reach.
  if (state.session.unreachable.size === 0) return lines;
  return lines.filter((line) => brokerBehind(state.session, line.id, x) !== undefined);
}

function publishNext(state: Producer, x: Context): void {
  state.timer = 0;
  const lines = reachable(state, x);
  if (state.isPaused || lines.length === 0) return;
  const { mode, templates, list } = config(x);
  const template = mode === 'list' ? inOrder(list)[state.position] : templates[state.position % Math.max(1, templates.length)];
  state.position += 1;
  if (template) publishOn(state, lines, template, x);
  schedule(state, x);
}

function publishOn(state: Producer, lines: readonly { readonly id: string }[], template: Template, x: Context): void {
  for (const line of lines) if (publish(state.session, line.id, template, x)) state.published += 1;
}

function handOne(state: Producer, x: Context): void {
  state.isHandBusy = false;
  const batch = state.batches[0];
  const lines = reachable(state, x);
  if (!batch || lines.length === 0) return;
  publishOn(state, lines, batch.template, x);
  if (batch.left > 1) state.batches[0] = { template: batch.template, left: batch.left - 1 };
  else state.batches.shift();
  wakeHand(state, x);
}

function wakeHand(state: Producer, x: Context): void {
  if (state.isHandBusy || state.batches.length === 0) return;
  state.isHandBusy = true;
  x.wake({ name: 'hand' }, BURST_GAP);
}

function obey(state: Producer, verb: string, args: Config, x: Context): void {
  const self = x.wiring.self.id;
  if (verb === 'publish') {
    const { count, ...template } = withDefaults(PUBLISH_FIELDS, args) as unknown as Template & { readonly count: number };
    state.batches.push({ template, left: count });
    wakeHand(state, x);
  } else if (verb === 'pause' && !state.isPaused) {
    state.isPaused = true;
    if (state.timer !== 0) x.forget(state.timer);
    state.timer = 0;
    x.fact('node.paused', self);
  } else if (verb === 'resume' && state.isPaused) {
    state.isPaused = false;
    x.fact('node.resumed', self);
    resume(state, x);
  }
}

function hear(state: Producer, input: Extract<Input, { readonly type: 'frame' }>, x: Context): void {
  const frame = input.frame as BrokerFrame;
  if (frame.verb === 'basic.return') {
    state.returned += 1;
    x.fact('message.returned', x.wiring.self.id, frame.message.id, input.line, 'unroutable', { code: frame.code, text: frame.text });
  } else if (frame.verb === 'channel.close') channelClosed(state.session, input.line, frame.channel, x);
  else if (frame.verb === 'connection.close') connectionClosed(state.session, input.line, x);
}
