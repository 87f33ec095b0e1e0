import type { Line, Part, Problem, Scenario } from '../../scenario/index.ts';
import { clientProblem } from './checkClients.ts';
import { problem } from './connect.ts';
import { type BROKER_FIELDS, TOPIC_FIELDS } from './fields.ts';
import { BROKER, TOPIC } from './kinds.ts';
import { servingIn } from './routes.ts';

/**
 * Why a cluster at work would not take new settings. Partitions can only become more (INVALID_PARTITIONS); how many replicas a
 * topic has, and where, is told when it is created; what a process is, is called and does, when it starts.
 */
export function checkLive(scenario: Scenario, before: Part | Line, after: Part | Line): Problem | undefined {
  if (!('name' in before && 'name' in after)) return undefined;
  const hasChanged = (field: string) => before.config[field] !== after.config[field];
  if (after.kind === TOPIC) {
    const present = partitionsOf(before);
    if (partitionsOf(after) < present) return refusal(after, 'partitions', 'fewerPartitions', 'morePartitions', { present });
    if (hasChanged('replicationFactor')) return factorProblem(after, servingIn(scenario).size);
    if (hasChanged('replicas')) return refusal(after, 'replicas', 'replicasFixed', 'fromStart');
  }
  if (after.kind === BROKER) {
    const field = STARTED_WITH.find(hasChanged);
    if (field !== undefined) return refusal(after, field, 'startedWith', 'fromStart');
  }
  return clientProblem(after, scenario);
}

const STARTED_WITH = ['version', 'nodeId', 'roles'] as const satisfies readonly (typeof BROKER_FIELDS)[number]['name'][];
const PARTITIONS_INITIAL = TOPIC_FIELDS.find(({ name }) => name === 'partitions')?.initial;

function partitionsOf({ config }: Part | Line): number {
  return Number(config['partitions'] ?? PARTITIONS_INITIAL);
}

function factorProblem(topic: Part, brokers: number): Problem {
  const factor = Number(topic.config['replicationFactor'] ?? 1);
  const key = factor > brokers ? 'tooFewBrokers' : 'replicasFixed';
  return refusal(topic, 'replicationFactor', key, factor > brokers ? 'fewerReplicas' : 'fromStart', { factor, brokers });
}

function refusal(part: Part, field: string, key: string, remedy: string, args: Problem['args'] = {}): Problem {
  return { ...problem(part, key, remedy, { name: part.name, ...args }), field };
}
