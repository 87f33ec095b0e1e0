import { groupBy } from '../../base/index.ts';
import type { Line, Part, Scenario } from '../../scenario/index.ts';
import {
  BROKER,
  CONSUMER,
  CONTROL_WAY,
  FETCH_WAY,
  LINK,
  LINK_MESH,
  PRODUCE,
  PRODUCE_WAY,
  PRODUCER,
  READ,
  REPLICA,
  SUBSCRIBE,
  TOPIC,
} from './kinds.ts';

/** Ways that follow from what is drawn: brokers know one another, clients find every broker and every copy of their topics. */
export function implied(scenario: Scenario): readonly Line[] {
  const brokers = scenario.parts.filter(({ kind }) => kind === BROKER);
  if (brokers.length === 0) return [];
  const clients = scenario.parts.filter(({ kind }) => kind === PRODUCER || kind === CONSUMER);
  return [
    ...mesh(scenario, brokers),
    ...clients.flatMap((client) => brokers.map((broker) => way(CONTROL_WAY, client, broker))),
    ...recordWays(scenario),
  ];
}

function mesh(scenario: Scenario, brokers: readonly Part[]): readonly Line[] {
  const drawn = new Set(scenario.lines.flatMap(({ kind, from, to }) => (kind === LINK ? [`${from}\n${to}`, `${to}\n${from}`] : [])));
  return brokers.flatMap((a, i) =>
    brokers
      .slice(i + 1)
      .filter((b) => !drawn.has(`${a.id}\n${b.id}`))
      .map((b) => way(LINK_MESH, a, b)),
  );
}

/** Records of a topic come from and go to any broker that holds a copy of it. */
function recordWays(scenario: Scenario): readonly Line[] {
  const byId = new Map(scenario.parts.map((part) => [part.id, part]));
  const lanes = groupBy(ofKind(scenario, TOPIC, REPLICA), ({ name }) => name);
  const members = groupBy(ofKind(scenario, CONSUMER), ({ parent }) => parent);
  const ways = scenario.lines.flatMap(({ kind, from, to }): readonly Line[] => {
    const [begin, end] = [byId.get(from), byId.get(to)];
    if (!begin || !end) return [];
    if (kind === PRODUCE) return others(lanes, end).map((place) => way(PRODUCE_WAY, begin, place));
    if (kind === READ) return others(lanes, begin).map((place) => way(FETCH_WAY, place, end));
    if (kind !== SUBSCRIBE) return [];
    return (lanes.get(begin.name) ?? []).flatMap((place) => (members.get(to) ?? []).map((reader) => way(FETCH_WAY, place, reader)));
  });
  // A member that reads by a line of its own what its group reads, too.
  return [...new Map(ways.map((line) => [line.id, line])).values()];
}

/** The topic's lanes in other brokers. */
function others(lanes: ReadonlyMap<string, readonly Part[]>, topic: Part): readonly Part[] {
  return (lanes.get(topic.name) ?? []).filter(({ id }) => id !== topic.id);
}

function ofKind(scenario: Scenario, ...kinds: readonly string[]): readonly Part[] {
  return scenario.parts.filter(({ kind }) => kinds.includes(kind));
}

function way(kind: string, from: Part, to: Part): Line {
  return { id: `${from.id}>${to.id}`, kind, from: from.id, to: to.id, config: {} };
}
