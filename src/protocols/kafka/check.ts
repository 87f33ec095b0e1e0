import type { Part, Problem, Scenario } from '../../scenario/index.ts';
import { clientProblem } from './checkClients.ts';
import { replicasOf } from './configs.ts';
import { kindBetween, problem } from './connect.ts';
import { BROKER, GROUP, LINE_KINDS, REPLICA, TOPIC, ZOOKEEPER } from './kinds.ts';
import { drawsZookeeper, isControllerOnly, versionOf } from './mode.ts';
import { brokerIds, servingIn } from './routes.ts';
import { featuresOf } from './versions.ts';

/** Everything that an author did wrong with parts and lines of this pack. */
export function check(scenario: Scenario): readonly Problem[] {
  const byId = new Map(scenario.parts.map((part) => [part.id, part]));
  const brokers = scenario.parts.filter(({ kind }) => kind === BROKER);
  const ids = brokerIds(brokers);
  const isZookeeper = drawsZookeeper(scenario);
  const serving = servingIn(scenario);
  const topics = new Map<string, Part>();
  const problems: Problem[] = [];
  const say = (found: Problem | undefined) => {
    if (found) problems.push(found);
  };
  for (const part of scenario.parts) {
    if (part.kind === TOPIC) {
      say(topicProblem(part, topics, serving));
      topics.set(part.name, topics.get(part.name) ?? part);
    } else if (part.kind === BROKER) say(idProblem(part, ids));
    else if (part.kind === GROUP) say(twice(scenario, part));
    say(clientProblem(part, scenario));
  }
  for (const part of scenario.parts) if (part.kind === REPLICA) say(replicaProblem(scenario, part, topics));
  for (const line of scenario.lines) {
    if (!LINE_KINDS.has(line.kind)) continue;
    const [from, to] = [byId.get(line.from), byId.get(line.to)];
    if (!from || !to || kindBetween(from, to) !== line.kind) say(problem(line, 'lineEnds', 'removeLine'));
    else if (line.kind === ZOOKEEPER && !mayUseZookeeper(from))
      say(problem(line, 'noZookeeper', 'olderVersion', { broker: from.name, version: versionOf(from) }));
  }
  return [...problems, ...(isZookeeper ? strangers(scenario, brokers) : [...tooOld(brokers), ...inControllers(scenario, isZookeeper)])];
}

function mayUseZookeeper(broker: Part): boolean {
  return featuresOf([versionOf(broker)]).mayUseZookeeper;
}

/** Before KRaft, brokers can't keep the metadata themselves. */
function tooOld(brokers: readonly Part[]): readonly Problem[] {
  return brokers
    .filter((broker) => !featuresOf([versionOf(broker)]).mayUseKraft)
    .map((part) => ({
      ...problem(part, 'needsZookeeper', 'drawZookeeper', { broker: part.name, version: versionOf(part) }),
      field: 'version',
    }));
}

/** Lanes that nothing would ever lie in. */
function inControllers({ parts }: Scenario, isZookeeper: boolean): readonly Problem[] {
  const controllers = new Map(parts.filter((part) => isControllerOnly(part, isZookeeper)).map((part) => [part.id, part.name]));
  return parts.flatMap((part) => {
    const broker = part.parent === undefined ? undefined : controllers.get(part.parent);
    return broker === undefined ? [] : [problem(part, 'inController', 'intoBroker', { name: part.name, broker })];
  });
}

/** Where the cluster keeps its metadata in ZooKeeper, a broker without a line there would never belong to it. */
function strangers({ lines }: Scenario, brokers: readonly Part[]): readonly Problem[] {
  const joined = new Set(lines.filter(({ kind }) => kind === ZOOKEEPER).map(({ from }) => from));
  return brokers
    .filter(({ id }) => !joined.has(id))
    .map((part) => problem(part, 'noWayToZookeeper', 'lineToZookeeper', { broker: part.name }));
}

/** Letters, digits, dot, underscore and dash: Kafka's rule for topic names. */
const LEGAL_NAME = /^[a-zA-Z0-9._-]{1,249}$/;

function topicProblem(part: Part, topics: ReadonlyMap<string, Part>, ids: ReadonlyMap<number, Part>): Problem | undefined {
  const { name, config } = part;
  if (!LEGAL_NAME.test(name) || name === '.' || name === '..') return problem(part, 'topicName', 'legalName', { name: name.slice(0, 40) });
  if (topics.has(name)) return problem(part, 'topicTwice', 'otherName', { name });
  const factor = Number(config['replicationFactor'] ?? 1);
  const written = String(config['replicas'] ?? '');
  if (written === '')
    return factor > ids.size ? problem(part, 'tooFewBrokers', 'fewerReplicas', { name, factor, brokers: ids.size }) : undefined;
  const replicas = replicasOf(written);
  if (!replicas) return problem(part, 'replicasText', 'replicasExample', { text: written.slice(0, 40) });
  const unknown = replicas.flat().find((id) => !ids.has(id));
  return unknown === undefined
    ? undefined
    : problem(part, 'unknownBroker', 'knownBrokers', { id: unknown, known: [...ids.keys()].join(', ') });
}

function idProblem(part: Part, ids: ReadonlyMap<number, Part>): Problem | undefined {
  const set = Number(part.config['nodeId'] ?? 0);
  return set > 0 && ids.get(set)?.id !== part.id ? problem(part, 'nodeIdTwice', 'otherNodeId', { id: set }) : undefined;
}

/** A group is known by its name alone. */
function twice(scenario: Scenario, part: Part): Problem | undefined {
  const first = scenario.parts.find(({ kind, name }) => kind === GROUP && name === part.name);
  return first?.id === part.id ? undefined : problem(part, 'groupTwice', 'otherName', { name: part.name });
}

function replicaProblem(scenario: Scenario, part: Part, topics: ReadonlyMap<string, Part>): Problem | undefined {
  const topic = topics.get(part.name);
  if (!topic) return problem(part, 'replicaOfNothing', 'nameOfTopic', { name: part.name });
  const isSecond = scenario.parts.some(
    ({ id, name, parent, kind }) => id !== part.id && (kind === REPLICA || kind === TOPIC) && name === part.name && parent === part.parent,
  );
  return isSecond ? problem(part, 'copyTwice', 'removeSecond', { name: part.name }) : undefined;
}
