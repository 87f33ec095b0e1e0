import { groupBy } from '../../base/index.ts';
import type { Line, Part, Scenario } from '../../scenario/index.ts';
import {
  BROKER,
  CONSUMER,
  CONTROL_WAY,
  FETCH_WAY,
  GROUP,
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
  const ways = new Map<string, Line>();
  const add = (line: Line) => ways.set(line.id, line);
  for (const { kind, from, to } of scenario.lines) {
    const [begin, end] = [byId.get(from), byId.get(to)];
    if (!begin || !end) continue;
    if (kind === PRODUCE) {
      for (const place of lanes.get(end.name) ?? []) if (place.id !== to) add(way(PRODUCE_WAY, begin, place));
    } else if (kind === SUBSCRIBE || kind === READ) {
      const readers = kind === READ ? [end] : (members.get(to) ?? []);
      for (const place of lanes.get(begin.name) ?? [])
        for (const reader of readers) if (kind === SUBSCRIBE || place.id !== from) add(way(FETCH_WAY, place, reader));
    }
  }
  return [...ways.values()];
}

function ofKind(scenario: Scenario, ...kinds: readonly string[]): readonly Part[] {
  return scenario.parts.filter(({ kind }) => kinds.includes(kind));
}

function way(kind: string, from: Part, to: Part): Line {
  return { id: `${from.id}>${to.id}`, kind, from: from.id, to: to.id, config: {} };
}
