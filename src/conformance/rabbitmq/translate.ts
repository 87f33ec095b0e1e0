import type { Json, JsonObject, Micros } from '../../base/index.ts';
import type { Intervention } from '../../engine/index.ts';
import type { ScriptDeed, ScriptMessage, ScriptMethod } from '../../protocols/rabbitmq/client/index.ts';
import type { Step, Trace } from '../format.ts';

/*
 * A recording as interventions: every step becomes deeds of scripted clients at its own time, far enough from the next that
 * all has come to rest in between, as the recorder waited for. What a step refers to by name (the latest delivery of a
 * body) is looked up by the client that saw it.
 */

/** What the recorder's wait between two steps comes to; frames take `LATENCY`. */
const STEP_MICROS = 30_000;
/** Between the calls of a batch: each was waited for. */
const CALL_MICROS = 10_000;
export const LATENCY_MICROS = 1_000;

export interface PlayedStep {
  readonly step: Step;
  readonly from: Micros;
  /** Facts before this time belong to the step. */
  readonly to: Micros;
  /** The operation whose reply the result is about; a batch has none. */
  readonly op: string;
}

export interface Script {
  readonly clients: readonly string[];
  readonly nodes: number;
  readonly interventions: readonly Intervention[];
  readonly steps: readonly PlayedStep[];
  readonly until: Micros;
}

/** The connection that a channel's name belongs to: what stands before `.` or `!`. */
export function connectionOf(channel: string): string {
  return channel.split(/[.!~]/, 1)[0] as string;
}

/** The broker node that a connection is with. */
export function nodeOf(connection: string): number {
  return Number(/@(\d+)/.exec(connection)?.[1] ?? 1);
}

export function brokerId(node: number): string {
  return `broker-${node}`;
}

export function clientId(connection: string): string {
  return `client-${connection}`;
}

/** What the recorder did to a node, as deeds. `restart` is both stop and start. */
const NODE_VERBS: { readonly [what: string]: string } = { stop: 'stop', start: 'restart', kill: 'crash', boot: 'restart' };

class Translator {
  readonly clients = new Set<string>();
  readonly interventions: Intervention[] = [];
  /** Which channel a consumer's name was last started on. */
  private readonly consumers = new Map<string, string>();
  private readonly crashed = new Set<string>();
  private readonly policies: JsonObject[] = [];
  private readonly nodes: number;
  now = STEP_MICROS;

  constructor(nodes: number) {
    this.nodes = nodes;
  }

  private act(verb: string, connection: string, args: JsonObject): void {
    if (!this.clients.has(connection)) this.clients.add(connection);
    if (verb !== 'crash' && this.crashed.delete(connection)) this.act('restart', connection, {});
    if (verb === 'crash') this.crashed.add(connection);
    this.intervene(verb, clientId(connection), args);
  }

  private intervene(verb: string, target: string, args: JsonObject): void {
    this.interventions.push({ at: this.now as Micros, verb, target, args });
  }

  private node(n: number, what: string): void {
    const verb = NODE_VERBS[what];
    if (what === 'restart') {
      // The recorder closed its connections first.
      for (const client of this.clients) if (nodeOf(client) === n && !this.crashed.has(client)) this.act('crash', client, {});
      this.now += CALL_MICROS;
      this.intervene('stop', brokerId(n), {});
      this.now += CALL_MICROS;
      this.intervene('restart', brokerId(n), {});
    } else if (verb) this.intervene(verb, brokerId(n), {});
    this.now += CALL_MICROS;
  }

  /** Policies hold for the whole cluster. */
  private setPolicy(args: JsonObject): void {
    const { name = '', pattern = '', def = {}, applyTo = 'all', priority = 0 } = args;
    this.policies.push({ name, pattern, applyTo, priority, definition: def });
    for (let n = 1; n <= this.nodes; n++) this.intervene('reconfigure', brokerId(n), { policies: [...this.policies] });
    this.now += CALL_MICROS;
  }

  private deed(channel: string, deed: ScriptDeed): void {
    this.act('do', connectionOf(channel), deed as unknown as JsonObject);
  }

  private call(channel: string, step: number, method: ScriptMethod): void {
    this.deed(channel, { do: 'call', step, channel, method });
    this.now += CALL_MICROS;
  }

  play(op: string, args: JsonObject, step: number): void {
    const channel = this.channelOf(op, args);
    switch (op) {
      case 'batch':
        for (const inner of args['steps'] as readonly JsonObject[]) {
          const { op: innerOp, ...rest } = inner;
          this.play(String(innerOp), rest, step);
        }
        return;
      case 'wait':
        this.now += Number(args['ms'] ?? 0) * 1_000;
        return;
      case 'node':
        this.node(Number(args['n'] ?? 1), text(args, 'do'));
        return;
      case 'policy':
        this.setPolicy(args);
        return;
      case 'crash':
        this.act('crash', connectionOf(text(args, 'conn')), {});
        return;
      case 'close':
        if (args['conn'] !== undefined) this.act('do', connectionOf(text(args, 'conn')), { do: 'close-connection', step });
        else this.deed(channel, { do: 'close-channel', step, channel });
        this.now += CALL_MICROS;
        return;
      case 'open':
        this.deed(channel, { do: 'open', step, channel });
        return;
      case 'publish':
        this.deed(channel, { do: 'publish', step, channel, ...publication(args) });
        return;
      case 'ack':
      case 'nack':
      case 'reject':
        this.deed(channel, { do: 'settle', step, channel, how: op, ...settlement(args) });
        return;
      case 'get':
      case 'drain': {
        const count = op === 'drain' ? 0 : Number(args['count'] ?? 1);
        this.deed(channel, {
          do: 'get',
          step,
          channel,
          queue: text(args, 'queue'),
          noAck: op === 'drain' || args['noAck'] === true,
          count,
        });
        this.now += CALL_MICROS;
        return;
      }
      default:
        if (op === 'consume') this.consumers.set(text(args, 'as'), channel);
        this.call(channel, step, methodOf(op, args));
    }
  }

  private channelOf(op: string, args: JsonObject): string {
    if (op === 'exists') return `${text(args, 'ch') || 'A'}~exists`;
    if (args['ch'] !== undefined) return text(args, 'ch');
    const consumer = text(args, 'consumer') || text(args, 'as');
    return this.consumers.get(consumer) ?? DEFAULT_CHANNEL[op] ?? 'A';
  }
}

const DEFAULT_CHANNEL: { readonly [op: string]: string } = { publish: 'P', drain: 'D', depth: 'D', get: 'D' };

function text(args: JsonObject, name: string): string {
  const value = args[name];
  return value === undefined || value === null ? '' : String(value);
}

function table(value: Json | undefined): JsonObject {
  return (value ?? {}) as JsonObject;
}

/** CC and BCC as the client library writes them: always a list of texts. */
function keyList(value: Json): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

function messageOf(body: string, args: JsonObject): ScriptMessage {
  const headers = {
    ...table(args['headers']),
    ...(args['CC'] === undefined ? {} : { CC: keyList(args['CC']) }),
    ...(args['BCC'] === undefined ? {} : { BCC: keyList(args['BCC']) }),
  };
  const named = ['priority', 'replyTo', 'correlationId', 'expiration', 'messageId', 'type', 'userId', 'appId', 'contentType'];
  const properties = Object.fromEntries(named.filter((name) => args[name] !== undefined).map((name) => [name, args[name]]));
  return {
    body,
    properties: {
      ...properties,
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(args['persistent'] === true ? { deliveryMode: 2 as const } : {}),
    },
  };
}

function publication(args: JsonObject) {
  const each = table(args['each']);
  const bodies = args['msgs'] === undefined ? [text(args, 'm')] : (args['msgs'] as readonly Json[]).map(String);
  return {
    exchange: text(args, 'exchange'),
    key: text(args, 'key'),
    mandatory: args['mandatory'] === true,
    messages: bodies.map((body) => messageOf(body, { ...args, ...table(each[body]) })),
  };
}

function settlement(args: JsonObject) {
  const bodies = args['msgs'] === undefined ? [text(args, 'm')] : (args['msgs'] as readonly Json[]).map(String);
  return {
    tag: args['tag'] === undefined ? null : Number(args['tag']),
    bodies,
    multiple: args['multiple'] === true,
    requeue: args['requeue'] === true,
  };
}

function flag(args: JsonObject, name: string): boolean {
  return args[name] === true;
}

/** The method of a step that waits for a reply. */
function methodOf(op: string, args: JsonObject): ScriptMethod {
  const queue = text(args, 'queue');
  const exchange = text(args, 'exchange');
  const binding = { routingKey: text(args, 'key'), arguments: table(args['args']) };
  const flags = { durable: flag(args, 'durable'), autoDelete: flag(args, 'autoDelete') };
  switch (op) {
    case 'exchange': {
      const alternate = args['alternate'] === undefined ? {} : { 'alternate-exchange': args['alternate'] };
      const type = text(args, 'type');
      const internal = flag(args, 'internal');
      return {
        verb: 'exchange.declare',
        exchange: text(args, 'name'),
        type,
        passive: false,
        ...flags,
        internal,
        arguments: { ...table(args['args']), ...alternate },
      };
    }
    case 'queue':
      return {
        verb: 'queue.declare',
        queue: text(args, 'name'),
        passive: false,
        ...flags,
        exclusive: flag(args, 'exclusive'),
        arguments: table(args['args']),
      };
    case 'bind':
    case 'unbind':
      return { verb: `queue.${op}`, queue, exchange, ...binding };
    case 'bindx':
    case 'unbindx':
      return { verb: `exchange.${op.slice(0, -1)}`, destination: text(args, 'dest'), source: text(args, 'source'), ...binding };
    case 'qos':
      return { verb: 'basic.qos', prefetchCount: Number(args['count'] ?? 0), global: flag(args, 'global') };
    case 'consume': {
      const priority = args['priority'] === undefined ? {} : { 'x-priority': args['priority'] };
      const modes = { noAck: flag(args, 'noAck'), exclusive: flag(args, 'exclusive') };
      return { verb: 'basic.consume', queue, consumerTag: text(args, 'as'), ...modes, arguments: { ...table(args['args']), ...priority } };
    }
    case 'cancel':
      return { verb: 'basic.cancel', consumerTag: text(args, 'as') };
    case 'tx':
      return { verb: `tx.${text(args, 'do')}` as 'tx.select' };
    case 'recover':
      return { verb: 'basic.recover', requeue: true };
    case 'purge':
      return { verb: 'queue.purge', queue };
    case 'delete':
      // The recorder took an empty exchange name for none.
      if (exchange !== '') return { verb: 'exchange.delete', exchange, ifUnused: flag(args, 'ifUnused') };
      return { verb: 'queue.delete', queue, ifUnused: flag(args, 'ifUnused'), ifEmpty: flag(args, 'ifEmpty') };
    default:
      return passiveMethod(queue, exchange);
  }
}

/** `depth` and `exists`: a passive declaration. */
function passiveMethod(queue: string, exchange: string): ScriptMethod {
  const nothing = { passive: true, durable: false, autoDelete: false, arguments: {} };
  if (exchange !== '') return { verb: 'exchange.declare', exchange, type: 'direct', internal: false, ...nothing };
  return { verb: 'queue.declare', queue, exclusive: false, ...nothing };
}

export function translate(trace: Trace): Script {
  const translator = new Translator(trace.nodes);
  const steps: PlayedStep[] = [];
  for (const step of trace.steps) {
    const from = translator.now as Micros;
    translator.play(step.op, step.args, step.i);
    translator.now += STEP_MICROS;
    steps.push({ step, from, to: translator.now as Micros, op: step.op });
  }
  return {
    clients: [...translator.clients],
    nodes: trace.nodes,
    interventions: translator.interventions,
    steps,
    until: translator.now as Micros,
  };
}
