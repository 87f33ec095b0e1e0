import { type Micros, micros } from '../../../../base/index.ts';
import {
  boot,
  brokenInvariant,
  compile,
  copyWorld,
  ENGINE_VERSION,
  type Fact,
  nextTime,
  type Program,
  step,
  viewOf,
  type World,
} from '../../../../engine/index.ts';
import type { Config, Intervention, Line, Part, Run } from '../../../../scenario/index.ts';
import { catalogue } from '../../../catalogue.ts';
import type { brokerKernel } from '../index.ts';
import type { Broker } from '../state.ts';

export type Deed = readonly [seconds: number, verb: string, target: string, args?: Config];

export interface Drawn {
  /** 0 = KRaft. */
  readonly servers: number;
  readonly version: string;
  readonly topic?: Config;
  readonly producing?: boolean;
  readonly group?: boolean;
  readonly deeds?: readonly Deed[];
  readonly seconds: number;
  readonly broker?: Config;
  readonly joins?: readonly Part[];
  /** Connections between brokers that are drawn, so that they can be cut: `b1-b3` … */
  readonly links?: readonly (readonly [from: string, to: string])[];
}

const NODES = [1, 2, 3];

export function runOf({
  servers,
  version,
  topic = {},
  producing = true,
  group = false,
  deeds = [],
  seconds,
  broker = {},
  joins = [],
  links = [],
}: Drawn): Run {
  const part = (id: string, kind: string, name: string, config: Config, parent?: string): Part => ({
    ...{ id, kind, name, x: 0, y: 0, config },
    ...(parent === undefined ? {} : { parent }),
  });
  const line = (id: string, kind: string, from: string, to: string): Line => ({ id, kind, from, to, config: {} });
  const zoo = Array.from({ length: servers }, (_, i) => `zk${i + 1}`);
  const parts = [
    ...NODES.map((node) => part(`b${node}`, 'kafka/broker', `broker-${node}`, { version, autoRebalance: false, ...broker })),
    part(
      'orders',
      'kafka/topic',
      'orders',
      { replicas: '1:2:3, 2:3:1, 3:1:2', replicationFactor: 3, minInsyncReplicas: 1, ...topic },
      'b1',
    ),
    part('orders@2', 'kafka/replica', 'orders', {}, 'b2'),
    part('orders@3', 'kafka/replica', 'orders', {}, 'b3'),
    ...joins,
    ...zoo.map((id) => part(id, 'zookeeper/server', id, {})),
    ...(producing ? [part('p', 'kafka/producer', 'p', { everyMillis: 500, partitioner: 'round-robin', idempotence: false })] : []),
    ...(group
      ? [part('g', 'kafka/group', 'g', {}), part('c', 'kafka/consumer', 'c', { workMillis: 0, offsetReset: 'earliest' }, 'g')]
      : []),
  ];
  const lines = [
    ...(producing ? [line('lp', 'kafka/produce', 'p', 'orders')] : []),
    ...(group ? [line('lg', 'kafka/subscribe', 'orders', 'g')] : []),
    ...NODES.flatMap((node) => zoo.map((id) => line(`b${node}-${id}`, 'kafka/zookeeper', `b${node}`, id))),
    ...links.map(([from, to]) => line(`${from}-${to}`, 'kafka/link', from, to)),
    ...zoo.slice(1).map((id) => line(`zk1-${id}`, 'zookeeper/ensemble', 'zk1', id)),
  ];
  const settings = {
    latency: micros(5_000),
    hop: micros(0),
    until: micros(seconds * 1_000_000),
    detect: micros(5_000_000),
    colourBy: 'key' as const,
  };
  const interventions = deeds.map(([at, verb, target, args = {}]): Intervention => ({ at: micros(at * 1_000_000), verb, target, args }));
  return { scenario: { from: '', title: '', intro: '', settings, parts, lines }, seed: 1, engine: ENGINE_VERSION, interventions };
}

/** A run that can be looked at on its way. */
export class Play {
  readonly facts: Fact[] = [];
  readonly program: Program;
  readonly world: World;

  constructor(drawn: Drawn) {
    const compiled = compile(runOf(drawn), catalogue);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
    this.program = compiled.value;
    this.world = boot(this.program, this.facts);
  }

  /** Goes on up to a time; every so often a copy must go on as its original does. */
  to(seconds: number): this {
    const until = micros(seconds * 1_000_000);
    const copy = copyWorld(this.program, this.world);
    while (nextTime(this.program, this.world) <= until && step(this.program, this.world, this.facts)) {
      const broken = brokenInvariant(this.program, this.world);
      if (broken !== undefined) throw new Error(JSON.stringify(broken));
    }
    while (nextTime(this.program, copy) <= until && step(this.program, copy, []));
    if (copy.digest !== this.world.digest) throw new Error('a copy tells another story');
    return this;
  }

  broker(node: number): Broker {
    return this.world.nodes.get(`b${node}`) as ReturnType<typeof brokerKernel.start>;
  }

  /** Who leads each partition of `orders`, by the leaders' own account. */
  leaders(topic = 'orders'): readonly string[] {
    return NODES.filter((node) => !this.world.down.has(`b${node}`))
      .flatMap((node) =>
        [...this.broker(node).replicas.values()].flatMap(({ lead, topic: own, index }) =>
          lead && own === topic ? [`${index}: ${node} of ${lead.isr.join(' ')}`] : [],
        ),
      )
      .sort();
  }

  of(kind: string, since = 0): readonly Fact[] {
    return this.facts.filter((fact) => fact.kind === kind && fact.time >= since * 1_000_000);
  }

  figure(part: string, key: string): unknown {
    return viewOf(this.program, this.world, part)?.figures.find((figure) => figure.key === key)?.value;
  }

  badges(part: string): readonly string[] {
    return (viewOf(this.program, this.world, part)?.badges ?? []).map(({ key, as }) => `${as} ${key}`);
  }

  /** When, in seconds, by whom and for what epoch the controller's office was taken. */
  offices(): readonly string[] {
    return this.of('controller.role')
      .filter(({ data }) => data?.['role'] === 'active')
      .map(({ at, data }) => `${at} ${data?.['epoch']}`);
  }

  seconds(fact: Fact | undefined): number {
    return fact ? (fact.time as Micros) / 1_000_000 : Number.NaN;
  }
}
