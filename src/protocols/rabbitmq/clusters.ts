import type { Line, Part, Scenario } from '../../scenario/index.ts';
import { BROKER, CLUSTER, CLUSTER_MESH } from './kinds.ts';

/** Brokers that are joined by lines, however far round: each broker's id leads to the first of its cluster. */
export function clustersOf(scenario: Pick<Scenario, 'parts' | 'lines'>): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const part of scenario.parts) if (part.kind === BROKER) first.set(part.id, part.id);
  for (const line of scenario.lines) {
    if (line.kind !== CLUSTER) continue;
    const [a, b] = [first.get(line.from), first.get(line.to)];
    if (a === undefined || b === undefined || a === b) continue;
    for (const [broker, id] of first) if (id === b) first.set(broker, a);
  }
  return first;
}

/** Every node of a cluster talks with every other one: the lines that nobody has drawn. */
export function meshLines(scenario: Pick<Scenario, 'parts' | 'lines'>): readonly Line[] {
  const clusters = clustersOf(scenario);
  const drawn = new Set(scenario.lines.flatMap(({ kind, from, to }) => (kind === CLUSTER ? [`${from}\n${to}`, `${to}\n${from}`] : [])));
  const brokers = scenario.parts.filter((part) => part.kind === BROKER);
  return brokers.flatMap((a, i) =>
    brokers
      .slice(i + 1)
      .filter((b) => clusters.get(a.id) === clusters.get(b.id) && !drawn.has(`${a.id}\n${b.id}`))
      .map((b) => ({ id: `${a.id}>${b.id}`, kind: CLUSTER_MESH, from: a.id, to: b.id, config: {} })),
  );
}

/** What tells name spaces apart: the cluster of the broker that holds a place. */
export function spaceOf(clusters: ReadonlyMap<string, string>, part: Part): string {
  const broker = part.parent ?? part.id;
  return clusters.get(broker) ?? broker;
}
