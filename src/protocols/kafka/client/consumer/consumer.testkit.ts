import { type Micros, micros } from '../../../../base/index.ts';
import {
  boot,
  type Catalogue,
  type Config,
  type Context,
  compile,
  ENGINE_VERSION,
  type Fact,
  type Input,
  type Kernel,
  makeCatalogue,
  nextTime,
  type PartView,
  type Program,
  step,
  viewOf,
  type World,
} from '../../../../engine/index.ts';
import type { ClientRequest, FetchRequest, JoinGroupRequest, ShareFetchRequest } from '../../frames.ts';
import { BROKER } from '../../kinds.ts';
import { indexOf, type KafkaMessage, topicOf } from '../../message.ts';
import { nodeIdOf } from '../../routes.ts';
import { vocabulary } from '../../vocabulary.ts';
import { consumerKernel } from './kernel.ts';

/*
 * Consumers against brokers that do as they are told: the engine and the drawing are real, the cluster is a script. Every
 * broker answers at once from what `cluster` says, unless the test's own `answer` has something else to say.
 */

type Answer = { readonly [field: string]: unknown };
/** What a test says to a request: an answer, nothing at all, or (undefined) what any broker would. */
export type Script = (request: ClientRequest, cluster: Cluster, node: number, millis: number) => Answer | 'silence' | undefined;

/** All that the brokers share. Tests change it as they like. */
export interface Cluster {
  leader: { [tp: string]: number };
  leaderEpoch: number;
  partitions: { [topic: string]: number };
  racks: { [node: string]: string };
  coordinator: number;
  /** Records of each partition: offsets [logStart, logStart + records). */
  records: number;
  logStart: number;
  readonly committed: { [tp: string]: number };
  generation: number;
  /** What the next ConsumerGroupHeartbeat assigns, with which epoch. */
  target: readonly string[];
  epoch: number;
}

export interface Told {
  /** In milliseconds. */
  readonly at: number;
  readonly node: number;
  readonly frame: ClientRequest;
}

export interface Options {
  /** Settings of the group; undefined: the consumer stands outside any. */
  readonly group?: Config | undefined;
  readonly consumer?: Config;
  readonly brokers?: number;
  readonly topics?: { readonly [topic: string]: number };
  /** Records that lie in every partition from the start. */
  readonly records?: number;
  readonly answer?: Script;
  /** Millisecond, verb, target. */
  readonly deeds?: readonly (readonly [at: number, verb: string, target: string, args?: Config])[];
  readonly until?: number;
}

export class Story {
  readonly facts: Fact[] = [];
  readonly requests: Told[] = [];
  readonly cluster: Cluster;
  readonly program: Program;
  world: World;

  constructor(options: Options) {
    const { topics = { orders: 1 }, records = 0 } = options;
    this.cluster = {
      leader: {},
      leaderEpoch: 0,
      partitions: { ...topics },
      racks: {},
      coordinator: 1,
      records,
      logStart: 0,
      committed: {},
      generation: 0,
      target: [],
      epoch: 1,
    };
    this.program = compiled(options, catalogueFor(this.cluster, options.answer ?? (() => undefined), this.requests));
    this.world = boot(this.program, this.facts);
  }

  /** Everything until then happens. */
  until(millis: number): this {
    while (nextTime(this.program, this.world) <= millis * 1_000 && step(this.program, this.world, this.facts));
    return this;
  }

  /** Requests of a kind with the millisecond at which they were sent. */
  sent(...verbs: readonly string[]): readonly (ClientRequest & { readonly at: number; readonly node: number })[] {
    return this.requests.filter(({ frame }) => verbs.includes(frame.verb)).map(({ at, node, frame }) => ({ ...frame, at, node }));
  }

  told(...kinds: readonly string[]): readonly Fact[] {
    return this.facts.filter(({ kind }) => kinds.includes(kind));
  }

  /** Facts of these kinds as text, with the millisecond. */
  lines(...kinds: readonly string[]): readonly string[] {
    return this.told(...kinds).map(({ time, kind, why, data }) => {
      const { until: _, topic: __, ...rest } = (data ?? {}) as Config;
      return `${Math.round(time / 1_000)} ${kind} ${why} ${JSON.stringify(rest)}`.replaceAll('  ', ' ').replace(' {}', '');
    });
  }

  view(): PartView {
    return viewOf(this.program, this.world, 'consumer') as PartView;
  }

  figure(key: string): number | string | boolean | undefined {
    return this.view().figures.find((figure) => figure.key === key)?.value;
  }
}

/** Plays a story to its end. */
export function play(options: Options): Story {
  return new Story(options).until(options.until ?? 60_000);
}

/** One way takes ten milliseconds. */
const LATENCY = 10;

function compiled(
  { group, consumer = {}, brokers = 1, topics = { orders: 1 }, deeds = [], until = 60_000 }: Options,
  catalogue: Catalogue,
) {
  const part = (id: string, kind: string, config: Config, parent?: string) => ({
    ...{ id, kind: `kafka/${kind}`, name: id, x: 0, y: 0, config },
    ...(parent === undefined ? {} : { parent }),
  });
  const line = (kind: string, from: string, to: string) => ({ id: `${from}-${to}`, kind: `kafka/${kind}`, from, to, config: {} });
  const parts = [
    ...Array.from({ length: brokers }, (_, i) => part(`b${i + 1}`, 'broker', {})),
    ...Object.keys(topics).map((topic) => part(topic, 'topic', {}, 'b1')),
    ...(group ? [part('group', 'group', group)] : []),
    part('consumer', 'consumer', { workMillis: 1_000, ...consumer }, group ? 'group' : undefined),
  ];
  const lines = Object.keys(topics).map((topic) => (group ? line('subscribe', topic, 'group') : line('read', topic, 'consumer')));
  const settings = {
    latency: micros(LATENCY * 1_000),
    hop: micros(0),
    until: micros(until * 1_000),
    detect: micros(5_000_000),
    colourBy: 'key' as const,
  };
  const interventions = deeds.map(([at, verb, target, args = {}]) => ({ at: micros(at * 1_000), verb, target, args }));
  const scenario = { from: '', title: '', intro: '', parts, lines, settings };
  const result = compile({ scenario, seed: 1, engine: ENGINE_VERSION, interventions }, catalogue);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function catalogueFor(cluster: Cluster, script: Script, requests: Told[]): Catalogue {
  const kernels = [scriptedBroker(cluster, script, requests), consumerKernel as unknown as Kernel];
  const pack = {
    protocol: 'kafka',
    vocabulary,
    marks: {},
    messageFields: [],
    kernels: new Map(kernels.map((kernel) => [kernel.kind, kernel])),
  };
  return makeCatalogue([pack]);
}

type Arrival = Extract<Input, { readonly type: 'frame' }>;

function scriptedBroker(cluster: Cluster, script: Script, requests: Told[]): Kernel {
  return {
    kind: BROKER,
    models: '',
    omits: [],
    start: () => ({ waiting: [] }),
    receive(state, input, x) {
      const { waiting } = state as { waiting: Arrival[] };
      if (input.type === 'timer') reply(waiting.shift() as Arrival, cluster, () => undefined, x, true);
      if (input.type !== 'frame') return;
      const frame = input.frame as ClientRequest;
      const delay = x.booting ? 0 : LATENCY;
      requests.push({ at: Math.round(x.now / 1_000) - delay, node: nodeIdOf(x.wiring, x.wiring.self.id), frame });
      if (reply(input, cluster, script, x, false)) return;
      waiting.push(input);
      x.wake({ name: 'late' }, (frame as FetchRequest).maxWait as Micros);
    },
    crash: () => undefined,
    leave: () => undefined,
    copy: (state) => ({ waiting: (state as { waiting: Arrival[] }).waiting.slice() }),
    describe: () => new Map(),
    invariants: () => undefined,
  };
}

/** False when the answer can wait: there is nothing to read yet. */
function reply(input: Arrival, cluster: Cluster, script: Script, x: Context, isLate: boolean): boolean {
  const request = input.frame as ClientRequest;
  const said = script(request, cluster, nodeIdOf(x.wiring, x.wiring.self.id), Math.round(x.now / 1_000));
  if (said === 'silence') return true;
  const answer = said ?? usual(request, cluster);
  const isEmpty = request.verb === 'Fetch' && (answer['messages'] as readonly unknown[] | undefined)?.length === 0;
  const isNews =
    said !== undefined || isLate || !isEmpty || (answer['partitions'] as readonly { error: string }[]).some(({ error }) => error !== '');
  if (!isNews) return false;
  x.send(input.to, input.from, input.line, {
    verb: `${request.verb}Response`,
    correlation: request.correlation,
    error: '',
    ...answer,
  } as never);
  return true;
}

function usual(request: ClientRequest, cluster: Cluster): Answer {
  switch (request.verb) {
    case 'Metadata':
      return { brokers: [1, 2, 3], topics: topicsOf(cluster), racks: cluster.racks };
    case 'FindCoordinator':
      return { node: cluster.coordinator };
    case 'JoinGroup':
      return joined(request, cluster);
    case 'SyncGroup':
      return { assignment: request.assignments[request.memberId] ?? [] };
    case 'OffsetFetch':
      return { offsets: { ...cluster.committed } };
    case 'OffsetCommit':
      Object.assign(cluster.committed, request.offsets);
      return {};
    case 'ListOffsets':
      return {
        results: request.partitions.map(({ tp, at }) => ({
          tp,
          error: '',
          offset: cluster.logStart + (at === 'latest' ? cluster.records : 0),
        })),
      };
    case 'Fetch':
      return fetched(request, cluster);
    case 'ConsumerGroupHeartbeat':
    case 'ShareGroupHeartbeat':
      return {
        memberId: 'm1',
        memberEpoch: request.memberEpoch < 0 ? request.memberEpoch : cluster.epoch,
        interval: 5_000_000,
        assignment: cluster.target,
      };
    default:
      return {};
  }
}

function topicsOf({ partitions, leader, leaderEpoch }: Cluster) {
  const of = (topic: string, count: number) =>
    Array.from({ length: count }, (_, p) => ({ leader: leader[`${topic}-${p}`] ?? 1, leaderEpoch, replicas: [1], isr: [1] }));
  return Object.fromEntries(Object.entries(partitions).map(([topic, count]) => [topic, of(topic, count)]));
}

function joined({ memberId, instanceId, protocols }: JoinGroupRequest, cluster: Cluster): Answer {
  if (memberId === '' && instanceId === '') return { error: 'MEMBER_ID_REQUIRED', memberId: 'm1' };
  cluster.generation++;
  const self = memberId === '' ? 'm1' : memberId;
  const [first] = protocols;
  const members = [{ memberId: self, instanceId, metadata: first?.metadata }];
  return { generation: cluster.generation, protocol: first?.name, leader: self, memberId: self, members, skipAssignment: false };
}

function fetched({ partitions }: FetchRequest, { records, logStart }: Cluster): Answer {
  const end = logStart + records;
  const read = partitions.map(({ tp, offset }) => {
    const found = Array.from({ length: Math.max(0, end - offset) }, (_, i) => ({ at: offset + i, source: record(tp, offset + i) }));
    const isOut = offset < logStart || offset > end;
    const error = isOut ? 'OFFSET_OUT_OF_RANGE' : '';
    return {
      tp,
      error,
      highWatermark: end,
      logStart,
      records: isOut ? [] : found,
      nextOffset: Math.max(offset, end),
      preferredReplica: -1,
    };
  });
  return { partitions: read, messages: read.flatMap((one) => one.records.map(({ source }) => source)) };
}

/** What a share fetch answers: these records of one partition. */
export function acquired(request: ShareFetchRequest, tp: string, offsets: readonly number[]): Answer {
  const records = offsets.map((offset) => ({ at: offset, source: record(tp, offset), deliveryCount: 1 }));
  const partitions = request.partitions.map((one) => ({ tp: one, error: '', records: one === tp ? records : [] }));
  return { partitions, messages: records.map(({ source }) => source) };
}

const ID_STEP = 1_000;

export function record(tp: string, offset: number): KafkaMessage {
  const partition = indexOf(tp);
  return Object.freeze({
    ...{ id: ID_STEP * (partition + 1) + offset, key: '', producer: 'consumer', body: '', weight: 1, isKeyNull: true, isTombstone: false },
    ...{ topic: topicOf(tp), partition, headers: undefined, bytes: 100, timestamp: 0 },
  });
}
