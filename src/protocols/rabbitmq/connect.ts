import type { Line, LineKind, Part, Problem, Refusal, Scenario } from '../../scenario/index.ts';
import { clustersOf, spaceOf } from './clusters.ts';
import {
  BINDING,
  BROKER,
  CLIENT,
  CLUSTER,
  CONNECTION,
  CONSUME,
  CONSUME_VIA,
  CONSUMER,
  EXCHANGE,
  LINE_KINDS,
  PRODUCER,
  PUBLISH,
  PUBLISH_VIA,
  QUEUE,
} from './kinds.ts';

/** What `mend` can do about a refused line. */
export type Mend = 'insert-default-exchange' | 'swap-ends' | 'insert-exclusive-queue' | 'insert-path';

/** True for the exchange without a name that every broker has. */
export function isDefaultExchange(part: Part): boolean {
  return part.kind === EXCHANGE && part.config['type'] === 'default';
}

/** The broker that holds a place (or that the part is). */
export function brokerOf(part: Part): string | undefined {
  return part.kind === BROKER ? part.id : part.parent;
}

/** The broker that a client's lines lead to already, other than the given line. */
export function brokerOfClient(scenario: Scenario, client: Part): string | undefined {
  for (const line of scenario.lines) {
    const other = line.from === client.id ? line.to : line.to === client.id ? line.from : undefined;
    const part = other === undefined ? undefined : scenario.parts.find((candidate) => candidate.id === other);
    if (part) return brokerOf(part);
  }
  return undefined;
}

/** The kind of line that may lead from one part to the other, or why none does. */
export function connect(scenario: Scenario, from: Part, to: Part): LineKind | Refusal {
  if (from.id === to.id) return refusal(from, 'self', 'otherEnd');
  const clusters = clustersOf(scenario);
  const kind = kindBetween(from, to);
  // A line to a broker says something only where another node could be meant.
  if (!kind || (isVia(kind) && !isClustered(scenario, from.kind === BROKER ? from : to))) return whyNot(scenario, from, to);
  const wrong = lineProblem(kind, from, to, clusters) ?? elsewhere(scenario, from, to) ?? drawnTwice(scenario.lines, kind, from, to);
  return wrong ? { problem: wrong } : (LINE_KINDS.get(kind) as LineKind);
}

/** The kind that the kinds of both ends allow. */
export function kindBetween(from: Part, to: Part): string | undefined {
  if ((from.kind === PRODUCER || from.kind === CONSUMER) && to.kind === EXCHANGE) return PUBLISH;
  if (from.kind === EXCHANGE && (to.kind === QUEUE || to.kind === EXCHANGE)) return BINDING;
  if (from.kind === QUEUE && to.kind === CONSUMER) return CONSUME;
  if ((from.kind === PRODUCER || from.kind === CONSUMER) && to.kind === BROKER) return PUBLISH_VIA;
  if (from.kind === BROKER && to.kind === CONSUMER) return CONSUME_VIA;
  if (from.kind === BROKER && to.kind === BROKER) return CLUSTER;
  if (from.kind === CLIENT && to.kind === BROKER) return CONNECTION;
  return undefined;
}

const isVia = (kind: string): boolean => kind === PUBLISH_VIA || kind === CONSUME_VIA;

function isClustered(scenario: Scenario, broker: Part): boolean {
  return scenario.lines.some((line) => line.kind === CLUSTER && (line.from === broker.id || line.to === broker.id));
}

/** What is wrong with a line between these two, whatever else is drawn. */
export function lineProblem(kind: string, from: Part, to: Part, clusters: ReadonlyMap<string, string>): Problem | undefined {
  if (kind !== BINDING) return undefined;
  if (isDefaultExchange(from) || isDefaultExchange(to)) return problem(from, 'defaultBinding', 'useNamedExchange', { exchange: from.name });
  if (spaceOf(clusters, from) !== spaceOf(clusters, to))
    return problem(from, 'otherBroker', 'sameBroker', { from: from.name, to: to.name });
  return undefined;
}

/** A client has one connection, so it can't be with two brokers. */
function elsewhere(scenario: Scenario, from: Part, to: Part): Problem | undefined {
  const [client, place] = from.parent === undefined && from.kind !== BROKER ? [from, to] : [to, from];
  if (client.parent !== undefined || client.kind === BROKER) return undefined;
  const broker = brokerOfClient(scenario, client);
  if (broker === undefined || broker === brokerOf(place)) return undefined;
  return problem(client, 'twoBrokers', 'secondClient', { client: client.name });
}

/** Several bindings between the same two are usual (each with a key of its own); a second publish or consume line says nothing new. */
function drawnTwice(lines: readonly Line[], kind: string, from: Part, to: Part): Problem | undefined {
  const isSame = (line: Line) =>
    (line.from === from.id && line.to === to.id) || (kind === CLUSTER && line.from === to.id && line.to === from.id);
  if (kind === BINDING || !lines.some(isSame)) return undefined;
  return problem(from, 'lineTwice', 'useTheLine', { from: from.name, to: to.name });
}

/** Reason, remedy and mend by what was to be connected: `from kind>to kind`. */
const REFUSED: { readonly [ends: string]: readonly [key: string, remedy: string, mend?: Mend] } = {
  [`${PRODUCER}>${QUEUE}`]: ['producerToQueue', 'viaDefaultExchange', 'insert-default-exchange'],
  [`${PRODUCER}>${CONSUMER}`]: ['producerToConsumer', 'viaBroker', 'insert-path'],
  [`${PRODUCER}>${BROKER}`]: ['producerToBroker', 'viaDefaultExchange', 'insert-default-exchange'],
  [`${PRODUCER}>${PRODUCER}`]: ['clientToClient', 'viaBroker'],
  [`${CONSUMER}>${QUEUE}`]: ['consumerToQueue', 'swapEnds', 'swap-ends'],
  [`${CONSUMER}>${CONSUMER}`]: ['clientToClient', 'viaBroker'],
  [`${CONSUMER}>${PRODUCER}`]: ['clientToClient', 'viaBroker'],
  [`${CONSUMER}>${BROKER}`]: ['consumerToBroker', 'fromQueue'],
  [`${EXCHANGE}>${CONSUMER}`]: ['exchangeToConsumer', 'viaQueue', 'insert-exclusive-queue'],
  [`${EXCHANGE}>${PRODUCER}`]: ['exchangeToProducer', 'swapEnds', 'swap-ends'],
  [`${EXCHANGE}>${BROKER}`]: ['placeToBroker', 'toQueueOrExchange'],
  [`${QUEUE}>${EXCHANGE}`]: ['queueToExchange', 'swapEnds', 'swap-ends'],
  [`${QUEUE}>${QUEUE}`]: ['queueToQueue', 'viaConsumer'],
  [`${QUEUE}>${PRODUCER}`]: ['queueToProducer', 'toConsumer'],
  [`${QUEUE}>${BROKER}`]: ['placeToBroker', 'toConsumer'],
};

function whyNot(scenario: Scenario, from: Part, to: Part): Refusal {
  const [key, remedy, mend] = REFUSED[`${from.kind}>${to.kind}`] ?? ['brokerEnd', 'insideBroker'];
  const found = { problem: problem(from, key, remedy, { from: from.name, to: to.name }) };
  return mend && canMend(scenario, mend, from, to) ? { ...found, mend } : found;
}

/** An offer that could not be kept is not made. */
function canMend(scenario: Scenario, mend: Mend, from: Part, to: Part): boolean {
  switch (mend) {
    case 'swap-ends':
      return !('problem' in connect(scenario, to, from));
    case 'insert-default-exchange': {
      const broker = brokerOfClient(scenario, from);
      return broker === undefined || broker === brokerOf(to);
    }
    case 'insert-exclusive-queue': {
      const broker = brokerOfClient(scenario, to);
      return !isDefaultExchange(from) && (broker === undefined || broker === from.parent);
    }
    case 'insert-path': {
      const [one, other] = [brokerOfClient(scenario, from), brokerOfClient(scenario, to)];
      return scenario.parts.some((part) => part.kind === BROKER) && (one === undefined || other === undefined || one === other);
    }
  }
}

function refusal(part: Part, key: string, remedy: string): Refusal {
  return { problem: problem(part, key, remedy, { from: part.name, to: part.name }) };
}

/** A problem of this pack: its texts are `problem.rabbitmq.<key>` and `remedy.rabbitmq.<remedy>`. */
export function problem(where: { readonly id: string }, key: string, remedy: string, args: Problem['args'] = {}): Problem {
  return { where: where.id, key: `rabbitmq.${key}`, remedy: `rabbitmq.${remedy}`, args };
}
