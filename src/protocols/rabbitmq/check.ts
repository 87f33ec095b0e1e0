import { utf8Length } from '../../base/index.ts';
import type { Line, Part, Problem, Scenario } from '../../scenario/index.ts';
import { checkQueueArguments } from './broker/arguments.ts';
import { clustersOf, spaceOf } from './clusters.ts';
import { argumentsOf } from './configs.ts';
import { brokerOf, isDefaultExchange, kindBetween, lineProblem, problem, vhostOf } from './connect.ts';
import { BROKER, CLUSTER, EXCHANGE, LINE_KINDS, PART_KINDS, QUEUE } from './kinds.ts';

/** Exchanges that every broker has from the start. Their names are reserved, but they may be drawn. */
export const PREDECLARED: { readonly [name: string]: string } = {
  'amq.direct': 'direct',
  'amq.fanout': 'fanout',
  'amq.topic': 'topic',
  'amq.headers': 'headers',
  'amq.match': 'headers',
};

/** Everything that an author did wrong with parts and lines of this pack. */
export function check(scenario: Scenario): readonly Problem[] {
  const byId = new Map(scenario.parts.map((part) => [part.id, part]));
  const clusters = clustersOf(scenario);
  const problems: Problem[] = [];
  const taken = new Map<string, Part>();
  for (const part of scenario.parts) {
    if (part.kind !== EXCHANGE && part.kind !== QUEUE) continue;
    const found = placeProblem(part, byId) ?? nameProblem(part) ?? twiceProblem(part, clusters, taken) ?? argumentsProblem(part);
    if (found) problems.push(found);
  }
  const brokers = new Map<string, string>();
  for (const line of scenario.lines) {
    const found = LINE_KINDS.has(line.kind) ? drawnProblem(line, byId, brokers, clusters) : undefined;
    if (found) problems.push(found);
  }
  return problems;
}

function placeProblem(part: Part, byId: ReadonlyMap<string, Part>): Problem | undefined {
  const broker = part.parent === undefined ? undefined : byId.get(part.parent);
  return broker?.kind === BROKER ? undefined : problem(part, 'noBroker', 'intoBroker', { name: part.name });
}

function nameProblem(part: Part): Problem | undefined {
  if (isDefaultExchange(part)) return undefined;
  if (part.name === '') return problem(part, 'noName', 'giveName');
  if (utf8Length(part.name) > 255) return problem(part, 'nameTooLong', 'shorterName', { name: part.name.slice(0, 40) });
  if (!part.name.startsWith('amq.')) return undefined;
  const isPredeclared = part.kind === EXCHANGE && PREDECLARED[part.name] === (part.config['type'] ?? 'direct');
  return isPredeclared ? undefined : problem(part, 'reservedName', 'otherName', { name: part.name });
}

/** What the broker would answer to the declaration. */
function argumentsProblem(part: Part): Problem | undefined {
  if (part.kind !== QUEUE) return undefined;
  const refused = checkQueueArguments(part.name, argumentsOf(part.config));
  return refused && problem(part, 'argumentsRefused', 'correctArguments', { name: part.name, text: refused.text });
}

/** Exchanges and queues have a name space each, per cluster; the default exchange may be drawn on every node. */
function twiceProblem(part: Part, clusters: ReadonlyMap<string, string>, taken: Map<string, Part>): Problem | undefined {
  const isDefault = isDefaultExchange(part);
  const place = `${vhostOf(part)}\n${isDefault ? part.parent : spaceOf(clusters, part)}`;
  const id = isDefault ? `${place}\n` : `${place}\n${part.kind}\n${part.name}`;
  if (!taken.has(id)) {
    taken.set(id, part);
    return undefined;
  }
  if (isDefault) return problem(part, 'secondDefault', 'removeSecond');
  return problem(part, part.kind === QUEUE ? 'queueTwice' : 'exchangeTwice', 'otherName', { name: part.name });
}

function drawnProblem(
  line: Line,
  byId: ReadonlyMap<string, Part>,
  brokers: Map<string, string>,
  clusters: ReadonlyMap<string, string>,
): Problem | undefined {
  const from = byId.get(line.from);
  const to = byId.get(line.to);
  if (!from || !to || kindBetween(from, to) !== line.kind) return problem(line, 'lineEnds', 'removeLine');
  const wrong = lineProblem(line.kind, from, to, clusters);
  if (wrong) return { ...wrong, where: line.id };
  if (line.kind === CLUSTER) return undefined;
  const [client, place] = PART_KINDS.get(from.kind)?.role === 'node' && from.kind !== BROKER ? [from, to] : [to, from];
  if (PART_KINDS.get(client.kind)?.role !== 'node') return undefined;
  const broker = brokerOf(place) ?? '';
  const other = brokers.get(client.id) ?? broker;
  brokers.set(client.id, other);
  return other === broker ? undefined : { ...problem(client, 'twoBrokers', 'secondClient', { client: client.name }), where: line.id };
}
