import { micros } from '../../../base/index.ts';
import {
  boot,
  type Config,
  type Context,
  compile,
  type Fact,
  type Frame,
  type Kernel,
  makeCatalogue,
  step,
  type World,
} from '../../../engine/index.ts';
import type { Run } from '../../../scenario/index.ts';
import type { FetchedRecord } from '../frames.ts';
import { PRODUCER } from '../kinds.ts';
import type { KafkaMessage } from '../message.ts';
import { kafka } from '../pack.ts';
import { brokersOf, controlWay } from '../routes.ts';
import { brokerKernel } from './kernel.ts';

/** What a scripted client wants next: an answer to a request, or that time passes. */
export type Wish = { readonly node: number; readonly frame: Frame } | { readonly until: number };
/** Times in seconds. `yield` gives the answer; undefined: the connection broke before it came. */
// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, each kind its own way.
export type Script = Generator<Wish, void, any>;
export type Client = (me: string) => Script;

interface Scripted {
  script: Script;
  correlation: number;
  node: number;
}

export interface Drawn {
  readonly brokers?: number;
  readonly broker?: Config;
  /** Each topic is led by broker 1, unless `replicas` says so. */
  readonly topics?: { readonly [name: string]: Config };
  readonly groups?: { readonly [name: string]: Config };
  readonly clients: { readonly [name: string]: Client };
  readonly deeds?: readonly { readonly at: number; readonly verb: string; readonly target: string }[];
  /** Brokers' connections are drawn, under `b1-b2`: they can be cut. */
  readonly links?: boolean;
  readonly until: number;
}

export const seconds = (s: number) => s * 1_000_000;

/** Runs a cluster with scripted clients to its end and tells what happened. */
export function play(drawn: Drawn): { readonly facts: readonly Fact[]; readonly world: World } {
  const program = compile(runOf(drawn), catalogueOf(drawn.clients));
  if (!program.ok) throw new Error(JSON.stringify(program.error));
  const facts: Fact[] = [];
  const world = boot(program.value, facts);
  let steps = 0;
  while (step(program.value, world, facts)) if (++steps > 500_000) throw new Error('It does not end');
  for (const state of world.nodes.values()) {
    const broken = 'replicas' in (state as object) ? brokerKernel.invariants(state as never) : undefined;
    if (broken !== undefined) throw new Error(broken);
  }
  return { facts, world };
}

function runOf({ brokers = 3, broker = {}, topics = {}, groups = {}, clients, deeds = [], links = false, until }: Drawn): Run {
  const ids = Array.from({ length: brokers }, (_, i) => i + 1);
  const at = { x: 0, y: 0 } as const;
  const parts = [
    ...ids.map((n) => ({ ...at, id: `b${n}`, kind: 'kafka/broker', name: `broker-${n}`, width: 300, height: 200, config: broker })),
    ...Object.entries(topics).map(([name, config]) => ({ ...at, id: name, kind: 'kafka/topic', name, parent: 'b1', config })),
    ...Object.entries(groups).map(([name, config]) => ({ ...at, id: name, kind: 'kafka/group', name, width: 9, height: 9, config })),
    ...Object.keys(clients).map((name) => ({ ...at, id: name, kind: PRODUCER, name, config: { transactionalId: 'any' } })),
  ];
  const pairs = links ? ids.flatMap((a) => ids.filter((b) => b > a).map((b) => [`b${a}`, `b${b}`] as const)) : [];
  const lines = pairs.map(([from, to]) => ({ id: `${from}-${to}`, kind: 'kafka/link', from, to, config: {} }));
  const settings = { latency: 1_000, hop: 0, until: seconds(until), detect: seconds(5), colourBy: 'message' };
  const interventions = deeds.map((deed) => ({ ...deed, at: seconds(deed.at), args: {} }));
  return { scenario: { from: 'x', title: '', intro: '', parts, lines, settings }, seed: 1, engine: 1, interventions } as unknown as Run;
}

function catalogueOf(clients: Drawn['clients']) {
  const kernels = new Map([...kafka.kernels, [PRODUCER, scripted(clients) as unknown as Kernel]]);
  return makeCatalogue([{ ...kafka, kernels }]);
}

function scripted(clients: Drawn['clients']): Kernel<Scripted> {
  return {
    kind: PRODUCER,
    models: '',
    omits: [],
    start(x) {
      x.wake({ name: 'begin' }, micros(seconds(1)));
      const { id } = x.wiring.self;
      return { script: (clients[id] as Client)(id), correlation: 0, node: 0 };
    },
    receive(state, input, x) {
      if (input.type === 'timer') goOn(state, undefined, x);
      else if (input.type === 'frame') {
        const { correlation } = input.frame as unknown as { correlation: number };
        if (state.node !== 0 && correlation === state.correlation) goOn(state, input.frame, x);
      } else if (input.type === 'peer' && !input.up && brokersOf(x.wiring).get(state.node)?.id === input.node) goOn(state, undefined, x);
    },
    crash: (state) => {
      state.node = 0;
    },
    leave: () => {},
    copy: (state) => state,
    describe: () => new Map(),
    invariants: () => undefined,
  };
}

function goOn(state: Scripted, given: Frame | undefined, x: Context): void {
  state.node = 0;
  const { done, value } = state.script.next(given);
  if (done || !value) return;
  if ('until' in value) {
    x.wake({ name: 'on' }, micros(Math.max(0, seconds(value.until) - x.now)));
    return;
  }
  const way = controlWay(x.wiring, value.node);
  if (!way) throw new Error(`No way to ${value.node}`);
  state.node = value.node;
  state.correlation++;
  x.send(x.wiring.self.id, way.to, way.line, { ...value.frame, correlation: state.correlation } as Frame);
}

let ids = 1;
export function message(topic: string, partition: number, body: string): KafkaMessage {
  const made = { id: ids++, key: '', producer: 'p', body, weight: 1, isKeyNull: true, isTombstone: false } as const;
  return Object.freeze({ ...made, topic, partition, headers: undefined, bytes: 100, timestamp: 0 }) as KafkaMessage;
}

/** What of a kind was told, as its data. */
export function told(facts: readonly Fact[], kind: string): readonly Fact['data'][] {
  return facts.filter((fact) => fact.kind === kind).map(({ data }) => data);
}

/** Partitions under their names with offsets and texts: `orders-0: 0 a, 1 b`. */
export function textsOf(response: {
  readonly partitions: readonly {
    readonly tp: string;
    readonly records: readonly FetchedRecord[];
  }[];
}): string {
  return response.partitions
    .map(({ tp, records }) => `${tp}: ${records.map(({ at, source }) => `${at} ${source.body}`).join(', ')}`)
    .join('; ');
}
