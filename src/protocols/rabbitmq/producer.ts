import { fromMillis, type LineId, type MessageId, micros, type PartId } from '../../base/index.ts';
import type { Config, Context, Input, Kernel, Line, NodeId, PartView } from '../../engine/index.ts';
import { withDefaults } from '../../scenario/index.ts';
import type { BasicAck, BasicNack, BrokerFrame, ClientFrame, Properties } from './amqp/index.ts';
import { type Assurance, broken, heard, NO_ASSURANCE, type Repeat, type RetryPolicy, type Unconfirmed } from './assured.ts';
import { PUBLISH_FIELDS } from './fields.ts';
import { publish, publishLines, type Template } from './message.ts';
import {
  brokerBehind,
  channelClosed,
  connect,
  connectionClosed,
  copySession,
  emptySession,
  type Identity,
  lastPublished,
  peerChanged,
  type Session,
  sayGoodbye,
  speak,
} from './session.ts';

interface ProducerConfig extends RetryPolicy {
  readonly vhost: string;
  readonly user: string;
  readonly guarantee: 'none' | 'confirms' | 'transactions';
  readonly batch: number;
  readonly expectsReplies: boolean;
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
  answered: number;
  assurance: Assurance;
  /** As many publications as its batch holds wait for their confirms: the next ones wait for them. */
  isWaiting: boolean;
  /** Published since the last commit. */
  uncommitted: number;
}

const REPLY_TO = 'amq.rabbitmq.reply-to';

/** Between the messages of a burst: together to the eye, yet each a step of its own. */
const BURST_GAP = micros(100);

/** An AMQP client that publishes. While no broker can be reached it waits: nothing is lost before it is sent. */
export const producerKernel: Kernel<Producer> = {
  kind: 'rabbitmq/producer',
  models: 'rabbitmq.producer',
  omits: [],

  start(x) {
    const state: Producer = {
      session: emptySession(identityOf(config(x))),
      startedAt: x.now,
      position: 0,
      timer: 0,
      batches: [],
      isHandBusy: false,
      isPaused: false,
      published: 0,
      returned: 0,
      answered: 0,
      assurance: NO_ASSURANCE,
      isWaiting: false,
      uncommitted: 0,
    };
    for (const line of publishLines(x)) connect(state.session, line.id, x);
    schedule(state, x);
    return state;
  },

  receive(state, input, x) {
    switch (input.type) {
      case 'timer':
        if (input.timer.name === 'hand') handOne(state, x);
        else if (input.timer.name === 'repeat') repeatOne(state, input.timer as unknown as Repeat, x);
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
        else state.assurance = broken(state.assurance, input.node, config(x));
        return;
      case 'wiring':
        if (input.change === 'left') return;
        if (input.change === 'reconfigured' && input.id === x.wiring.self.id) renew(state, x);
        resume(state, x, input.change === 'reconfigured' && input.id === x.wiring.self.id);
        return;
      case 'restarted':
        resume(state, x);
        return;
    }
  },

  crash(state) {
    // What was not confirmed is forgotten with the process.
    state.session = emptySession(state.session.identity);
    state.assurance = { ...state.assurance, unconfirmed: [], repeats: [] };
    state.isWaiting = false;
    state.uncommitted = 0;
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
      ...(state.answered > 0 ? [{ key: 'answered', value: state.answered }] : []),
      ...assuranceFigures(state.assurance),
      { key: 'connected', value: state.session.connections.size > 0 },
    ];
    const status = state.isPaused ? 'paused' : state.session.unreachable.size > 0 ? 'blocked' : 'up';
    return new Map([[wiring.self.id, { status, figures, details: [] }]]);
  },
  invariants: (state) => (state.position < 0 ? 'A position before the first message' : undefined),
};

const config = (x: Context) => x.config<ProducerConfig>(x.wiring.self.id);

/** What a new channel is told first. */
function preludeOf({ guarantee, expectsReplies }: ProducerConfig): readonly ClientFrame[] {
  return [
    ...(guarantee === 'confirms' ? [{ verb: 'confirm.select', channel: 0 } as const] : []),
    ...(guarantee === 'transactions' ? [{ verb: 'tx.select', channel: 0 } as const] : []),
    ...(expectsReplies
      ? [
          {
            verb: 'basic.consume',
            channel: 0,
            queue: REPLY_TO,
            consumerTag: 'replies',
            noAck: true,
            exclusive: false,
            arguments: {},
          } as const,
        ]
      : []),
  ];
}

function identityOf(given: ProducerConfig): Identity {
  return { vhost: given.vhost, user: given.user, isPerLine: false, prelude: preludeOf(given) };
}

/** Other guarantees need another channel: it says goodbye and connects anew. */
function renew(state: Producer, x: Context): void {
  const identity = identityOf(config(x));
  if (JSON.stringify(identity) === JSON.stringify(state.session.identity)) return;
  sayGoodbye(state.session, x);
  const { unreachable } = state.session;
  state.session = { ...emptySession(identity), unreachable };
  state.assurance = { ...state.assurance, unconfirmed: [], repeats: [] };
  state.isWaiting = false;
  state.uncommitted = 0;
}

function assuranceFigures({ unconfirmed, confirmed, refused, repeated, givenUp }: Assurance): PartView['figures'] {
  const all = [
    { key: 'confirmed', value: confirmed },
    { key: 'unconfirmed', value: unconfirmed.length },
    { key: 'nacked', value: refused },
    { key: 'repeated', value: repeated },
    { key: 'givenUp', value: givenUp },
  ];
  return all.filter(({ value }) => value > 0);
}

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
  const { repeats } = state.assurance;
  state.assurance = { ...state.assurance, repeats: [] };
  for (const repeat of repeats) repeatOne(state, repeat, x);
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
  const settings = config(x);
  const { mode, templates, list, guarantee, batch } = settings;
  if (guarantee === 'confirms' && state.assurance.unconfirmed.length >= batch) {
    state.isWaiting = true;
    return;
  }
  const template = mode === 'list' ? inOrder(list)[state.position] : templates[state.position % Math.max(1, templates.length)];
  state.position += 1;
  if (template) publishOn(state, lines, template, settings, x);
  schedule(state, x);
}

function publishOn(
  state: Producer,
  lines: readonly { readonly id: string }[],
  template: Template,
  settings: ProducerConfig,
  x: Context,
): void {
  for (const line of lines) publishOne(state, line.id, template, undefined, settings, x);
}

/** What a careful publisher adds to a message: the id by which consumers know it again, or where answers go. */
function addedBy(guarantee: string, expectsReplies: boolean, repeat: Repeat | undefined): (id: MessageId) => Properties {
  return (id) => ({
    ...(guarantee === 'confirms' ? { messageId: `m${repeat?.root ?? id}` } : {}),
    ...(expectsReplies ? { replyTo: REPLY_TO, correlationId: `m${id}` } : {}),
  });
}

function publishOne(
  state: Producer,
  line: LineId,
  template: Template,
  repeat: Repeat | undefined,
  settings: ProducerConfig,
  x: Context,
): void {
  const { guarantee, batch, expectsReplies } = settings;
  const more = guarantee === 'confirms' || expectsReplies ? addedBy(guarantee, expectsReplies, repeat) : undefined;
  const message = publish(state.session, line, template, x, repeat?.parent, more);
  if (message === 0) return;
  state.published += 1;
  if (guarantee === 'confirms') {
    const broker = brokerBehind(state.session, line, x) as NodeId;
    const { channel, seqNo } = lastPublished(state.session, broker, line);
    const { root = message, attempt = 1 } = repeat ?? {};
    const one: Unconfirmed = { broker, channel, seqNo, line, message, template, root, attempt };
    state.assurance = { ...state.assurance, unconfirmed: [...state.assurance.unconfirmed, one] };
  } else if (guarantee === 'transactions' && ++state.uncommitted >= batch) {
    state.uncommitted = 0;
    speak(state.session, line, { verb: 'tx.commit', channel: 0 }, x);
  }
}

function repeatOne(state: Producer, repeat: Repeat, x: Context): void {
  if (brokerBehind(state.session, repeat.line, x) === undefined) {
    state.assurance = { ...state.assurance, repeats: [...state.assurance.repeats, repeat] };
    return;
  }
  state.assurance = { ...state.assurance, repeated: state.assurance.repeated + 1 };
  publishOne(state, repeat.line, repeat.template, repeat, config(x), x);
}

/** The broker has spoken of publications. */
function hearConfirm(state: Producer, from: PartId, frame: BasicAck | BasicNack, x: Context): void {
  const { channel, deliveryTag: seqNo, multiple } = frame;
  const named = { broker: x.wiring.nodeOf(from), channel, seqNo, multiple };
  state.assurance = heard(state.assurance, named, frame.verb === 'basic.ack', config(x), x);
  if (!state.isWaiting || state.assurance.unconfirmed.length > 0) return;
  state.isWaiting = false;
  publishNext(state, x);
}

function handOne(state: Producer, x: Context): void {
  state.isHandBusy = false;
  const batch = state.batches[0];
  const lines = reachable(state, x);
  if (!batch || lines.length === 0) return;
  publishOn(state, lines, batch.template, config(x), x);
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
  } else if (frame.verb === 'basic.ack' || frame.verb === 'basic.nack') hearConfirm(state, input.from, frame, x);
  else if (frame.verb === 'basic.deliver') {
    state.answered += 1;
    x.fact('message.received', x.wiring.self.id, frame.message.id, input.line, 'reply', {
      correlation: frame.message.properties.correlationId ?? '',
    });
  } else if (frame.verb === 'tx.commit-ok') x.fact('transaction.committed', x.wiring.self.id, 0, input.line);
  else if (frame.verb === 'channel.close') channelClosed(state.session, input.line, frame.channel, x);
  else if (frame.verb === 'connection.close') connectionClosed(state.session, input.line, x);
}
