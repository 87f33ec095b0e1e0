import type { LineKind, Part, Problem, Refusal, Scenario } from '../../scenario/index.ts';
import {
  BROKER,
  CONSUMER,
  GROUP,
  LINE_KINDS,
  LINK,
  PRODUCE,
  PRODUCER,
  READ,
  REPLICA,
  SUBSCRIBE,
  TOPIC,
  ZOOKEEPER,
  ZOOKEEPER_SERVER,
} from './kinds.ts';

/** What `mend` can do about a refused line. */
export type Mend = 'swap-ends' | 'use-topic';

const BETWEEN: { readonly [ends: string]: string } = {
  [`${PRODUCER}>${TOPIC}`]: PRODUCE,
  [`${TOPIC}>${GROUP}`]: SUBSCRIBE,
  [`${TOPIC}>${CONSUMER}`]: READ,
  [`${BROKER}>${BROKER}`]: LINK,
  [`${BROKER}>${ZOOKEEPER_SERVER}`]: ZOOKEEPER,
};

/** The kind of line between two parts, by their kinds alone. */
export function kindBetween(from: Part, to: Part): string | undefined {
  return BETWEEN[`${from.kind}>${to.kind}`];
}

/** The kind of line that may lead from one part to the other, or why none does. */
export function connect(scenario: Scenario, from: Part, to: Part): LineKind | Refusal {
  if (from.id === to.id) return refusal(from, from, to, 'self', 'otherEnd');
  const kind = kindBetween(from, to);
  if (kind === undefined) return whyNot(scenario, from, to);
  const isTwice = scenario.lines.some(
    (line) => (line.from === from.id && line.to === to.id) || (kind === LINK && line.from === to.id && line.to === from.id),
  );
  return isTwice ? refusal(from, from, to, 'lineTwice', 'useTheLine') : (LINE_KINDS.get(kind) as LineKind);
}

/** Reason, remedy and mend by what was to be connected: `from kind>to kind`. */
const REFUSED: { readonly [ends: string]: readonly [key: string, remedy: string, mend?: Mend] } = {
  [`${PRODUCER}>${REPLICA}`]: ['replicaEnd', 'useTopic', 'use-topic'],
  [`${REPLICA}>${CONSUMER}`]: ['replicaEnd', 'useTopic', 'use-topic'],
  [`${REPLICA}>${GROUP}`]: ['replicaEnd', 'useTopic', 'use-topic'],
  [`${PRODUCER}>${BROKER}`]: ['producerToBroker', 'toTopic'],
  [`${PRODUCER}>${CONSUMER}`]: ['clientToClient', 'viaTopic'],
  [`${PRODUCER}>${GROUP}`]: ['clientToClient', 'viaTopic'],
  [`${PRODUCER}>${PRODUCER}`]: ['clientToClient', 'viaTopic'],
  [`${CONSUMER}>${CONSUMER}`]: ['clientToClient', 'viaTopic'],
  [`${BROKER}>${CONSUMER}`]: ['brokerToConsumer', 'fromTopic'],
  [`${BROKER}>${GROUP}`]: ['brokerToConsumer', 'fromTopic'],
  [`${TOPIC}>${TOPIC}`]: ['topicToTopic', 'viaClient'],
};

function whyNot(scenario: Scenario, from: Part, to: Part): Refusal {
  if (kindBetween(to, from) !== undefined) {
    const refused = refusal(from, from, to, 'wrongWay', 'swapEnds');
    return 'problem' in connect(scenario, to, from) ? refused : { ...refused, mend: 'swap-ends' };
  }
  const [key, remedy, mend] = REFUSED[`${from.kind}>${to.kind}`] ?? ['noLine', 'viaTopic'];
  const refused = refusal(from, from, to, key, remedy);
  const topic =
    from.kind === REPLICA || to.kind === REPLICA ? topicNamed(scenario, from.kind === REPLICA ? from.name : to.name) : undefined;
  return mend !== undefined && topic ? { ...refused, mend } : refused;
}

function refusal(where: Part, from: Part, to: Part, key: string, remedy: string): Refusal {
  return { problem: problem(where, key, remedy, { from: from.name, to: to.name }) };
}

/** The part that says how a topic is: there is one of each name. */
export function topicNamed(scenario: Pick<Scenario, 'parts'>, name: string): Part | undefined {
  return scenario.parts.find((part) => part.kind === TOPIC && part.name === name);
}

/** A problem of this pack: its texts are `problem.kafka.<key>` and `remedy.kafka.<remedy>`. */
export function problem(where: { readonly id: string }, key: string, remedy: string, args: Problem['args'] = {}): Problem {
  return { where: where.id, key: `kafka.${key}`, remedy: `kafka.${remedy}`, args };
}
