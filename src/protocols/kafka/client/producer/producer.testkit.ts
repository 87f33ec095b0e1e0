import type { Micros, PartId } from '../../../../base/index.ts';
import type { Config, Context, Fact, Frame, Input, Line, Part, Wiring } from '../../../../engine/index.ts';
import { defaultsOf } from '../../../../scenario/index.ts';
import type { ClientRequest, ClientResponse, ProduceBatch, ProduceRequest } from '../../frames.ts';
import { BROKER, CONTROL_WAY, LINE_KINDS, PART_KINDS, PRODUCE, PRODUCER, TOPIC } from '../../kinds.ts';
import { producerKernel } from './kernel.ts';
import type { Producer } from './state.ts';

/** What a leader does with a batch: an error; '' = writes it; `lost` = it never comes; `unanswered` = it writes it and is silent. */
export type Verdict = (batch: ProduceBatch, node: number, request: ProduceRequest) => string;

export interface Sent {
  readonly at: number;
  readonly node: number;
  readonly frame: ClientRequest;
}

interface Drawn {
  readonly config?: Config;
  /** Leader of each partition, by topic. */
  readonly topics?: { readonly [topic: string]: readonly number[] };
  readonly brokers?: number;
}

const MS = 1_000;
const NO_TURN = () => 0;

/** A producer kernel by itself among scripted brokers `b1`, `b2` … that answer after 1 ms, as `verdict` and `refusal` say. */
export class ProducerBench {
  readonly facts: Fact[] = [];
  readonly sent: Sent[] = [];
  /** Bodies written, by partition. */
  readonly log = new Map<string, string[]>();
  readonly ends: string[] = [];
  verdict: Verdict = () => '';
  refusal: (request: ClientRequest) => string = () => '';
  /** Leaders as brokers tell of them. */
  topics: { [topic: string]: readonly number[] };
  epoch = 0;
  latency = MS;
  draw: (below: number) => number = NO_TURN;
  now = 0;
  state: Producer;
  readonly x: Context;
  private readonly down = new Set<number>();
  private readonly expected = new Map<string, number>();
  private readonly parts: readonly Part[];
  private readonly lines: readonly Line[];
  private config: Config;
  private wiring: Wiring;
  private agenda: { readonly at: number; readonly id: number; readonly run: () => void }[] = [];
  private ids = 1;
  private producerEpoch = -1;

  constructor({ config = {}, topics = { orders: [1] }, brokers = 1 }: Drawn = {}) {
    this.config = config;
    this.topics = { ...topics };
    const part = (id: PartId, kind: string, parent?: PartId): Part => ({
      id,
      kind,
      name: id,
      x: 0,
      y: 0,
      config: {},
      ...(parent ? { parent } : {}),
    });
    const nodes = Array.from({ length: brokers }, (_, i) => part(`b${i + 1}`, BROKER));
    const places = Object.keys(topics).map((topic) => part(topic, TOPIC, 'b1'));
    this.parts = [part('p', PRODUCER), ...nodes, ...places];
    const line = (kind: string, to: PartId): Line => ({ id: `p>${to}`, kind, from: 'p', to, config: {} });
    this.lines = [...places.map(({ id }) => line(PRODUCE, id)), ...nodes.map(({ id }) => line(CONTROL_WAY, id))];
    this.wiring = this.makeWiring();
    this.x = this.makeContext();
    this.state = producerKernel.start(this.x);
  }

  private makeWiring(): Wiring {
    const { parts, lines } = this;
    return {
      self: parts[0] as Part,
      places: [],
      lines,
      part: (id) => parts.find((part) => part.id === id),
      line: (id) => lines.find((line) => line.id === id),
      linesOut: (kind) => lines.filter((line) => line.kind === kind && line.from === 'p'),
      linesTo: (id) => lines.filter((line) => line.to === id),
      nodesIn: () => [],
      partsOf: (kind) => parts.filter((part) => part.kind === kind),
      nodeOf: (id) => parts.find((part) => part.id === id)?.parent ?? id,
    };
  }

  private makeContext(): Context {
    const bench = this;
    return {
      get now() {
        return bench.now as Micros;
      },
      booting: false,
      get wiring() {
        return bench.wiring;
      },
      config: <C>(id: string) => bench.configFor(id) as C,
      send(_, to, __, frame) {
        bench.transmit(bench.wiring.nodeOf(to), frame);
        return (bench.now + bench.latency) as Micros;
      },
      wake(timer, after) {
        return bench.later(after, () => bench.input({ type: 'timer', timer }));
      },
      end() {},
      forget(id) {
        bench.agenda = bench.agenda.filter((entry) => entry.id !== id);
      },
      fact(kind, at, message = 0, line = '', why = '', data = undefined, cause = -1) {
        bench.facts.push({ seq: bench.facts.length, time: bench.now as Micros, cause, kind, at, message, line, why, data });
        return bench.facts.length - 1;
      },
      chance: () => false,
      random: (below) => bench.draw(below),
      mint: () => bench.ids++,
    };
  }

  private readonly configs = new Map<string, Config>();
  private configFor(id: string): Config {
    let config = this.configs.get(id);
    if (config === undefined) {
      const part = this.parts.find((one) => one.id === id);
      const fields = part ? PART_KINDS.get(part.kind)?.fields : LINE_KINDS.get(PRODUCE)?.fields;
      config = { ...defaultsOf(fields ?? []), ...(id === 'p' ? this.config : {}) };
      this.configs.set(id, config);
    }
    return config;
  }

  private later(after: number, run: () => void): number {
    const id = this.ids++;
    this.agenda.push({ at: this.now + after, id, run });
    return id;
  }

  input(input: Input): void {
    producerKernel.receive(this.state, input, this.x);
    const broken = producerKernel.invariants(this.state);
    if (broken !== undefined) throw new Error(broken);
  }

  private transmit(part: PartId, frame: Frame): void {
    const node = Number(part.slice(1));
    this.sent.push({ at: this.now, node, frame: frame as ClientRequest });
    this.later(this.latency, () => {
      if (this.down.has(node)) return;
      const response = this.answer(frame as ClientRequest, node);
      if (response) this.later(this.latency, () => this.reply(part, response));
    });
  }

  reply(part: PartId, frame: ClientResponse): void {
    if (!this.down.has(Number(part.slice(1)))) this.input({ type: 'frame', line: '', from: part, to: 'p', frame });
  }

  private answer(request: ClientRequest, node: number): ClientResponse | undefined {
    const { correlation } = request;
    const error = this.refusal(request);
    if (error === 'lost') return undefined;
    switch (request.verb) {
      case 'Metadata':
        return this.metadata(correlation, error);
      case 'Produce':
        return this.produce(request, node);
      case 'InitProducerId':
        if (error === '') this.producerEpoch++;
        return { verb: 'InitProducerIdResponse', correlation, error, producerId: 7, producerEpoch: this.producerEpoch };
      case 'FindCoordinator':
        return { verb: 'FindCoordinatorResponse', correlation, error, node: 1 };
      case 'AddPartitionsToTxn':
        return { verb: 'AddPartitionsToTxnResponse', correlation, error };
      case 'EndTxn':
        if (error === '') this.ends.push(request.isCommit ? 'commit' : 'abort');
        return { verb: 'EndTxnResponse', correlation, error };
      default:
        return undefined;
    }
  }

  private metadata(correlation: number, error: string): ClientResponse {
    const brokers = this.parts.flatMap(({ kind, id }) =>
      kind === BROKER && !this.down.has(Number(id.slice(1))) ? [Number(id.slice(1))] : [],
    );
    const topics = Object.fromEntries(
      Object.entries(this.topics).map(([name, leaders]) => [
        name,
        leaders.map((leader) => ({ leader, leaderEpoch: this.epoch, replicas: [], isr: [] })),
      ]),
    );
    return { verb: 'MetadataResponse', correlation, error, brokers, topics, racks: {} };
  }

  private produce(request: ProduceRequest, node: number): ClientResponse | undefined {
    let isSilent = request.acks === 0;
    const results = request.batches.map((batch) => {
      const error = this.verdict(batch, node, request);
      if (error === 'lost' || error === 'unanswered') isSilent = true;
      if (error !== '' && error !== 'unanswered') return { tp: batch.tp, error, baseOffset: -1 };
      return { tp: batch.tp, ...this.write(batch) };
    });
    return isSilent ? undefined : { verb: 'ProduceResponse', correlation: request.correlation, results };
  }

  /** Writes a batch; with sequence numbers only the one that is next. */
  private write({ tp, producerId, producerEpoch, baseSequence, records }: ProduceBatch): { error: string; baseOffset: number } {
    const log = this.log.get(tp) ?? [];
    if (baseSequence >= 0) {
      const key = `${producerId}/${producerEpoch}/${tp}`;
      const next = this.expected.get(key) ?? 0;
      if (baseSequence < next) return { error: '', baseOffset: 0 };
      if (baseSequence > next) return { error: 'OUT_OF_ORDER_SEQUENCE_NUMBER', baseOffset: -1 };
      this.expected.set(key, next + records.length);
    }
    this.log.set(tp, [...log, ...records.map(({ body }) => body)]);
    return { error: '', baseOffset: log.length };
  }

  /** Lets time pass, in ms. */
  pass(millis: number): this {
    const end = this.now + millis * MS;
    for (;;) {
      const next = this.agenda.reduce<(typeof this.agenda)[number] | undefined>(
        (best, one) => (best === undefined || one.at < best.at || (one.at === best.at && one.id < best.id) ? one : best),
        undefined,
      );
      if (next === undefined || next.at > end) break;
      this.agenda.splice(this.agenda.indexOf(next), 1);
      this.now = next.at;
      next.run();
    }
    this.now = end;
    return this;
  }

  publish(args: Config): this {
    this.input({ type: 'command', verb: 'publish', target: 'p', args });
    return this;
  }

  peer(node: number, up: boolean): this {
    if (up) this.down.delete(node);
    else this.down.add(node);
    this.input({ type: 'peer', node: `b${node}`, up, why: up ? 'back' : 'closed' });
    return this;
  }

  reconfigure(config: Config): this {
    this.config = config;
    this.configs.delete('p');
    this.input({ type: 'wiring', change: 'reconfigured', id: 'p' });
    return this;
  }

  crash(): this {
    this.agenda = [];
    producerKernel.crash(this.state, this.x);
    return this;
  }

  produced(): readonly { readonly at: number; readonly node: number; readonly frame: ProduceRequest }[] {
    return this.sent.flatMap(({ at, node, frame }) => (frame.verb === 'Produce' ? [{ at, node, frame }] : []));
  }

  kinds(kind: string): readonly Fact[] {
    return this.facts.filter((fact) => fact.kind === kind);
  }

  figure(key: string): unknown {
    return producerKernel
      .describe(this.state, this.wiring)
      .get('p')
      ?.figures.find((figure) => figure.key === key)?.value;
  }
}

/** Records with these bodies, all at `atMillis` or one each `gap` ms. */
export function listOf(bodies: string, gap = 0, more: Config = {}): Config {
  return { mode: 'list', list: [...bodies].map((body, i) => ({ ...defaultsOf(RECORD), body, atMillis: 10 + i * gap, ...more })) };
}
const LISTED = PART_KINDS.get(PRODUCER)?.fields.find(({ name }) => name === 'list');
const RECORD = LISTED?.type === 'list' ? LISTED.of : [];
