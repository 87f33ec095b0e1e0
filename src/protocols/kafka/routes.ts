import { type LineId, type PartId, remembered } from '../../base/index.ts';
import type { Part, Wiring } from '../../engine/index.ts';
import type { Scenario } from '../../scenario/index.ts';
import { BROKER, CONSUMER, CONTROL_WAY, FETCH_WAY, LINK, LINK_MESH, PRODUCE, PRODUCE_WAY, READ } from './kinds.ts';
import { drawsZookeeper, isControllerOnly, isZookeeperMode } from './mode.ts';

/** Where a client's frames go: the line, and its end at the broker's side. */
export interface Way {
  readonly line: LineId;
  /** The broker, or the topic's lanes in it. */
  readonly to: PartId;
}

interface Routes {
  /** Node id → broker's part. */
  readonly brokers: ReadonlyMap<number, Part>;
  readonly serving: ReadonlyMap<number, Part>;
  readonly ids: ReadonlyMap<PartId, number>;
  readonly control: ReadonlyMap<PartId, Way>;
  readonly peers: ReadonlyMap<PartId, Way>;
  /** Broker's part → topic → the line along which its records travel. */
  readonly records: ReadonlyMap<PartId, ReadonlyMap<string, Way>>;
}

/** Worked out once for each drawing: a wiring never changes. */
const routesOf = remembered(makeRoutes);

function makeRoutes(wiring: Wiring): Routes {
  const brokers = brokerIds(wiring.partsOf(BROKER));
  const isReader = wiring.self.kind === CONSUMER;
  const control = new Map<PartId, Way>();
  const records = new Map<PartId, Map<string, Way>>();
  const peers = new Map<PartId, Way>();
  for (const { id, kind, from, to } of wiring.lines) {
    if (kind === CONTROL_WAY) control.set(to, { line: id, to });
    if (kind === LINK || kind === LINK_MESH) {
      const other = from === wiring.self.id ? to : from;
      peers.set(other, { line: id, to: other });
    }
    const end =
      isReader && (kind === FETCH_WAY || kind === READ) ? from : !isReader && (kind === PRODUCE || kind === PRODUCE_WAY) ? to : undefined;
    const place = end === undefined ? undefined : wiring.part(end);
    if (place?.parent === undefined) continue;
    const topics = records.get(place.parent) ?? new Map<string, Way>();
    records.set(place.parent, topics.set(place.name, { line: id, to: place.id }));
  }
  const serving = servingOf(brokers, isZookeeperMode(wiring));
  return { brokers, serving, ids: new Map([...brokers].map(([id, part]) => [part.id, id])), control, peers, records };
}

/** Node ids of brokers: what is set, else the number at the end of the name, else the first that is free. */
export function brokerIds(parts: readonly Part[]): ReadonlyMap<number, Part> {
  const brokers = new Map<number, Part>();
  const rest: Part[] = [];
  for (const part of parts) {
    const set = Number(part.config['nodeId'] ?? 0);
    const id = set > 0 ? set : Number(/\d{1,4}$/.exec(part.name)?.[0] ?? 0);
    if (id > 0 && !brokers.has(id)) brokers.set(id, part);
    else rest.push(part);
  }
  let next = 1;
  for (const part of rest) {
    while (brokers.has(next)) next++;
    brokers.set(next, part);
  }
  return new Map([...brokers].sort(([a], [b]) => a - b));
}

function servingOf(brokers: ReadonlyMap<number, Part>, isZookeeper: boolean): ReadonlyMap<number, Part> {
  return new Map([...brokers].filter(([, part]) => !isControllerOnly(part, isZookeeper)));
}

/** `servingBrokers` of a drawing that is not running. */
export function servingIn(scenario: Scenario): ReadonlyMap<number, Part> {
  return servingOf(brokerIds(scenario.parts.filter(({ kind }) => kind === BROKER)), drawsZookeeper(scenario));
}

/** Nodes of the cluster that are drawn at this moment, by node id ascending, whether or not they run. */
export function brokersOf(wiring: Wiring): ReadonlyMap<number, Part> {
  return routesOf(wiring).brokers;
}

/** Those that hold partitions and serve clients: a controller alone does not. */
export function servingBrokers(wiring: Wiring): ReadonlyMap<number, Part> {
  return routesOf(wiring).serving;
}

/** Node id of a broker's part; -1 for anything else. */
export function nodeIdOf(wiring: Wiring, broker: PartId): number {
  return routesOf(wiring).ids.get(broker) ?? -1;
}

/** A broker's way to another one. */
export function peerWay(wiring: Wiring, node: number): Way | undefined {
  const { brokers, peers } = routesOf(wiring);
  const broker = brokers.get(node);
  return broker && peers.get(broker.id);
}

/** The way of a client to a broker for all that is no record. */
export function controlWay(wiring: Wiring, node: number): Way | undefined {
  const { brokers, control } = routesOf(wiring);
  const broker = brokers.get(node);
  return broker && control.get(broker.id);
}

/** The way of a client's records of a topic to or from a broker: along the topic's line where it is drawn there. */
export function recordWay(wiring: Wiring, node: number, topic: string): Way | undefined {
  const { brokers, records } = routesOf(wiring);
  const broker = brokers.get(node);
  return broker && (records.get(broker.id)?.get(topic) ?? controlWay(wiring, node));
}
