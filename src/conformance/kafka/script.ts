import type { Json, JsonObject, Micros } from '../../base/index.ts';
import type { Intervention } from '../../engine/index.ts';
import type { Config } from '../../scenario/index.ts';
import type { Step, Trace } from '../format.ts';

/*
 * A recording as a run: everything that it ever speaks of is drawn, and joins when its step comes. Each step has a time of
 * its own, long enough for everything that it causes.
 */

/** Time that a step has: rebalances, session time-outs and broker deaths end within it. */
const STEP_MICROS = 40_000_000;
const FIRST_MICROS = 10_000_000;

export interface DrawnTopic {
  readonly name: string;
  readonly config: Config;
}
export interface DrawnMember {
  readonly name: string;
  readonly group: string;
  readonly topics: readonly string[];
  readonly assignor: string | undefined;
  readonly reset: string;
}
export interface DrawnProducer {
  readonly name: string;
  readonly acks: string;
  readonly retries: number | undefined;
}
export interface Script {
  readonly topics: readonly DrawnTopic[];
  readonly members: readonly DrawnMember[];
  readonly producers: readonly DrawnProducer[];
  readonly interventions: readonly Intervention[];
  readonly steps: readonly { readonly step: Step; readonly to: number }[];
  readonly until: Micros;
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const texts = (value: Json | undefined): readonly string[] => listOf(value).map(String);

export const topicId = (name: string) => `topic-${name}`;
export const memberId = (name: string) => `member-${name}`;
export const producerId = (name: string) => `producer-${name}`;
export const brokerId = (node: number) => `broker-${node}`;

/** Operations that are played, with their arguments. */
const KNOWN: { readonly [op: string]: readonly string[] } = {
  topic: ['name', 'partitions', 'replicas', 'config'],
  producer: ['as', 'acks', 'retries'],
  publish: ['producer', 'topic', 'records'],
  join: ['member', 'topics', 'assignor', 'group', 'reset'],
  leave: ['member'],
  crash: ['member'],
  commit: ['member'],
  quiet: ['quietMs'],
  node: ['do', 'n', 'settle'],
  describe: ['topic'],
  partition: ['key'],
};

/** Why a recording can't be played at all, or undefined. */
export function notPlayable(trace: Trace): string | undefined {
  for (const { op, args } of trace.steps) {
    const known = KNOWN[op];
    if (!known) return `operation ${op} is not modelled`;
    const unknown = Object.keys(args).find((name) => !known.includes(name));
    if (unknown !== undefined) return `argument ${unknown} of operation ${op} is not modelled`;
    const verb = op === 'node' ? String(args['do']) : undefined;
    if (verb !== undefined && NODE_VERBS[verb] === undefined) return `node ${verb} is not modelled`;
  }
  return undefined;
}

const NODE_VERBS: { readonly [what: string]: string } = { kill: 'crash', stop: 'stop', start: 'restart', boot: 'restart' };

export function scriptOf(trace: Trace): Script {
  const topics = new Map<string, DrawnTopic>();
  const members = new Map<string, DrawnMember>();
  const producers = new Map<string, DrawnProducer>();
  const interventions: Intervention[] = [];
  const steps: { step: Step; to: number }[] = [];
  const crashed = new Set<string>();
  let at = FIRST_MICROS;
  const act = (verb: string, target: string, args: Config = {}) => interventions.push({ at: at as Micros, verb, target, args });
  for (const step of trace.steps) {
    const { op, args } = step;
    if (op === 'topic') {
      const topic = topicOf(args);
      topics.set(topic.name, topic);
      act('join', topicId(topic.name));
    } else if (op === 'producer') {
      const { as, acks = 'all', retries } = args;
      producers.set(String(as), { name: String(as), acks: String(acks), retries: retries === undefined ? undefined : Number(retries) });
    } else if (op === 'publish') {
      for (const record of listOf(args['records'])) act('publish', producerId(String(args['producer'])), recordOf(record as JsonObject));
    } else if (op === 'join') {
      for (const name of texts(args['member'])) {
        members.set(name, members.get(name) ?? memberOf(name, args));
        act(crashed.delete(name) ? 'restart' : 'join', memberId(name));
      }
    } else if (op === 'leave') for (const name of texts(args['member'])) act('leave', memberId(name));
    else if (op === 'crash')
      for (const name of texts(args['member'])) {
        crashed.add(name);
        act('crash', memberId(name));
      }
    else if (op === 'commit') for (const name of texts(args['member'])) act('commit', memberId(name));
    else if (op === 'node') act(NODE_VERBS[String(args['do'])] as string, brokerId(Number(args['n'])));
    at += STEP_MICROS;
    steps.push({ step, to: at });
  }
  const found = { topics: [...topics.values()], members: [...members.values()], producers: [...producers.values()] };
  return { ...found, interventions, steps, until: at as Micros };
}

function topicOf(args: JsonObject): DrawnTopic {
  const replicas = texts(args['replicas']);
  const [key, value] = String(args['config'] ?? '').split('=');
  const partitions = replicas.length > 0 ? replicas.length : Number(args['partitions'] ?? 1);
  const config: Config = {
    partitions,
    ...(replicas.length > 0 ? { replicas: replicas.join(', '), replicationFactor: (replicas[0] as string).split(':').length } : {}),
    ...(key === 'min.insync.replicas' ? { minInsyncReplicas: Number(value) } : {}),
  };
  return { name: String(args['name']), config };
}

function memberOf(name: string, args: JsonObject): DrawnMember {
  const { group = 'g', assignor, reset = 'earliest' } = args;
  return {
    name,
    group: String(group),
    topics: texts(args['topics']),
    assignor: assignor === undefined ? undefined : String(assignor),
    reset: String(reset),
  };
}

function recordOf({ m, key, partition }: JsonObject): Config {
  const hasKey = key !== null && key !== undefined;
  return {
    body: String(m),
    ...(hasKey ? { key: String(key), isEmptyKey: key === '' } : {}),
    ...(partition === undefined || partition === null ? {} : { partition: Number(partition) }),
  };
}
