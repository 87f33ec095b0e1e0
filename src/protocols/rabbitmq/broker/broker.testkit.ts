import type { LineId, PartId } from '../../../base/index.ts';
import type { Config, Context, Fact, Frame, Line, Part } from '../../../engine/index.ts';
import { defaultsOf } from '../../../scenario/index.ts';
import type { AmqpMessage, BrokerFrame, ClientFrame, Properties } from '../amqp/index.ts';
import { LINE_KINDS, PART_KINDS } from '../kinds.ts';
import { brokerKernel } from './kernel.ts';
import type { Broker } from './state.ts';

export interface Sent {
  readonly from: PartId;
  readonly to: PartId;
  readonly line: LineId;
  readonly at: number;
  readonly frame: BrokerFrame;
}

/** What is drawn around the broker `rabbit`: places inside it, and lines. */
export interface Drawn {
  readonly places?: readonly { readonly id: PartId; readonly kind: string; readonly name?: string; readonly config?: Config }[];
  readonly lines?: readonly Line[];
  /** Time of a hop inside the broker, in µs. */
  readonly hop?: number;
}

/** A method without its channel number. */
type Method = ClientFrame extends infer F ? (F extends ClientFrame ? Omit<F, 'channel'> & { readonly channel?: number } : never) : never;

/** A broker kernel by itself: clients are names, frames arrive at once, and time stands still unless `pass` is called. */
export class BrokerBench {
  readonly facts: Fact[] = [];
  readonly sent: Sent[] = [];
  state: Broker;
  now = 0;
  private places: readonly Part[];
  private lines: readonly Line[];
  private readonly hop: number;
  private readonly changes = new Map<string, Config>();
  private hops: { from: PartId; to: PartId; line: LineId; at: number; frame: Frame }[] = [];
  private nextMessage = 1;
  private draws = 0;
  private readonly self: Part = { id: 'rabbit', kind: 'rabbitmq/broker', name: 'rabbit', x: 0, y: 0, config: {} };
  private readonly x: Context;

  constructor(drawn: Drawn = {}) {
    this.places = (drawn.places ?? []).map(({ id, kind, name, config }) => ({
      id,
      kind,
      name: name ?? id,
      x: 0,
      y: 0,
      parent: 'rabbit',
      config: config ?? {},
    }));
    this.lines = drawn.lines ?? [];
    this.hop = drawn.hop ?? 0;
    this.x = this.makeContext();
    this.state = brokerKernel.start(this.x) as Broker;
  }

  private makeContext(): Context {
    const bench = this;
    const isOwn = (id: PartId) => id === 'rabbit' || bench.places.some((place) => place.id === id);
    return {
      get now() {
        return bench.now as Context['now'];
      },
      booting: false,
      get wiring() {
        return {
          self: bench.self,
          places: bench.places,
          lines: bench.lines,
          part: (id: PartId) => (id === 'rabbit' ? bench.self : bench.places.find((place) => place.id === id)),
          line: (id: LineId) => bench.lines.find((line) => line.id === id),
          linesOut: (kind: string) => bench.lines.filter((line) => line.kind === kind && line.from === bench.self.id),
          linesTo: (id: PartId) => bench.lines.filter((line) => line.to === id),
          nodesIn: () => [],
          partsOf: (kind: string) => bench.places.filter((place) => place.kind === kind),
          nodeOf: (id: PartId) => (isOwn(id) ? 'rabbit' : id),
        };
      },
      config: <C>(id: string) => bench.configOf(id) as C,
      send(from, to, line, frame, notBefore) {
        const natural = bench.now + (isOwn(to) ? bench.hop : 0);
        const at = Math.max(natural, notBefore ?? 0);
        if (isOwn(to)) bench.hops.push({ from, to, line, at, frame });
        else bench.sent.push({ from, to, line, at, frame: frame as BrokerFrame });
        return at as Context['now'];
      },
      wake: () => 0,
      forget() {},
      end() {},
      fact(kind, at, message = 0, line = '', why = '', data = undefined, cause = -1) {
        bench.facts.push({ seq: bench.facts.length, time: bench.now as Context['now'], cause, kind, at, message, line, why, data });
        return bench.facts.length - 1;
      },
      chance: () => false,
      random: (below) => bench.draws++ % below,
      mint: () => bench.nextMessage++,
    };
  }

  private configOf(id: string): Config {
    const part = this.places.find((place) => place.id === id);
    const line = this.lines.find((candidate) => candidate.id === id);
    const fields = part ? PART_KINDS.get(part.kind)?.fields : LINE_KINDS.get(line?.kind ?? '')?.fields;
    return { ...defaultsOf(fields ?? []), ...(part?.config ?? line?.config), ...this.changes.get(id) };
  }

  private arrive(): void {
    for (;;) {
      const due = this.hops.filter(({ at }) => at <= this.now).sort((a, b) => a.at - b.at)[0];
      if (!due) return;
      this.hops.splice(this.hops.indexOf(due), 1);
      brokerKernel.receive(this.state, { type: 'frame', ...due }, this.x);
    }
  }

  /** Lets time pass, one µs at a time where something arrives. */
  pass(micros: number): void {
    const end = this.now + micros;
    for (;;) {
      const next = Math.min(...this.hops.map(({ at }) => at));
      if (next > end) break;
      this.now = next;
      this.arrive();
    }
    this.now = end;
  }

  /** A frame of a client's channel 1 (or another), opened first if it is not. */
  do(client: PartId, method: Method, to: PartId = 'rabbit', line: LineId = ''): readonly BrokerFrame[] {
    const channel = method.channel ?? 1;
    if (!this.state.connections.has(client)) this.frame(client, { verb: 'connection.open', channel: 0 }, to, line);
    const open = this.state.connections.get(client)?.channels.has(channel);
    if (!open && channel !== 0) this.frame(client, { verb: 'channel.open', channel }, to, line);
    return this.frame(client, { ...method, channel } as ClientFrame, to, line);
  }

  /** A frame as it is; returns what the client is sent because of it. */
  frame(client: PartId, frame: ClientFrame, to: PartId = 'rabbit', line: LineId = ''): readonly BrokerFrame[] {
    const before = this.sent.length;
    brokerKernel.receive(this.state, { type: 'frame', from: client, to, line, frame }, this.x);
    this.arrive();
    return this.sent.slice(before).flatMap((sent) => (sent.to === client ? [sent.frame] : []));
  }

  declare(client: PartId, queue: string, more: Partial<ClientFrame & { readonly verb: 'queue.declare' }> = {}): readonly BrokerFrame[] {
    const base = { passive: false, durable: false, exclusive: false, autoDelete: false, arguments: {} };
    return this.do(client, { verb: 'queue.declare', queue, ...base, ...more } as Method);
  }

  exchange(client: PartId, exchange: string, type: string, more: Partial<ClientFrame & { readonly verb: 'exchange.declare' }> = {}) {
    const base = { passive: false, durable: false, autoDelete: false, internal: false, arguments: {} };
    return this.do(client, { verb: 'exchange.declare', exchange, type, ...base, ...more } as Method);
  }

  bind(client: PartId, queue: string, exchange: string, routingKey: string, args: Config = {}): readonly BrokerFrame[] {
    return this.do(client, { verb: 'queue.bind', queue, exchange, routingKey, arguments: args });
  }

  consume(client: PartId, queue: string, more: Partial<ClientFrame & { readonly verb: 'basic.consume' }> = {}): readonly BrokerFrame[] {
    const base = { consumerTag: client, noAck: false, exclusive: false, arguments: {} };
    return this.do(client, { verb: 'basic.consume', queue, ...base, ...more } as Method);
  }

  publish(
    exchange: string,
    key: string,
    body: string,
    properties: Properties = {},
    mandatory = false,
    to: PartId = 'rabbit',
  ): readonly BrokerFrame[] {
    const message: AmqpMessage = { id: this.nextMessage++, key, producer: 'p', body, weight: 1, exchange, mandatory, properties };
    return this.do('p', { verb: 'basic.publish', message }, to);
  }

  /** Bodies delivered to a client so far, in order, a star behind the redelivered. */
  delivered(client: PartId): readonly string[] {
    return this.sent.flatMap(({ to, frame }) => {
      if (to !== client || frame.verb !== 'basic.deliver') return [];
      return [frame.message.body + (frame.redelivered ? '*' : '')];
    });
  }

  /** Ready bodies of a queue in order. */
  ready(name: string): readonly string[] {
    const queue = this.state.queues.get(name);
    return (queue?.ready.slice(queue.head) ?? []).map(({ message, redelivered }) => message.body + (redelivered ? '*' : ''));
  }

  kinds(kind: string): readonly Fact[] {
    return this.facts.filter((fact) => fact.kind === kind);
  }

  command(verb: string, target: PartId, args: Config = {}): void {
    brokerKernel.receive(this.state, { type: 'command', verb, target, args }, this.x);
    this.arrive();
  }

  /** Changes the drawing, then tells the broker. */
  redraw(change: 'joined' | 'left' | 'reconfigured', thing: Part | Line, config: Config = {}): void {
    const isPart = !('from' in thing);
    if (change === 'left') {
      this.places = this.places.filter(({ id }) => id !== thing.id);
      this.lines = this.lines.filter(({ id }) => id !== thing.id);
    } else if (change === 'reconfigured') this.changes.set(thing.id, config);
    else if (isPart) this.places = [...this.places, thing as Part];
    else this.lines = [...this.lines, thing as Line];
    brokerKernel.receive(this.state, { type: 'wiring', change, id: thing.id }, this.x);
  }

  lose(client: PartId): void {
    brokerKernel.receive(this.state, { type: 'peer', node: client, up: false, why: 'closed' }, this.x);
    this.arrive();
  }

  crash(): void {
    this.hops = [];
    brokerKernel.crash(this.state, this.x);
  }

  restart(): void {
    brokerKernel.receive(this.state, { type: 'restarted' }, this.x);
  }

  describe() {
    return brokerKernel.describe(this.state, this.x.wiring);
  }

  invariants(): string | undefined {
    return brokerKernel.invariants(this.state);
  }
}

/** The text of the error that the last of these frames closes something with. */
export function refusal(frames: readonly BrokerFrame[]): string | undefined {
  const last = frames.at(-1);
  return last?.verb === 'channel.close' || last?.verb === 'connection.close' ? `${last.code} ${last.text}` : undefined;
}
