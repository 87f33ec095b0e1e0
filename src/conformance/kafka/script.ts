import type { Json, JsonObject, Micros } from '../../base/index.ts';
import type { Intervention } from '../../engine/index.ts';
import type { Config } from '../../scenario/index.ts';
import type { Step, Trace } from '../format.ts';

/*
 * A recording as a run: everything that it ever speaks of is drawn, and joins when its step comes. Each step has a time of
 * its own, long enough for everything that it causes.
 */

/** The recorder goes on after a moment of silence, except where it waits for things to settle: for those all ends within the step. */
const STEP_MICROS = 900_000;
const SETTLE_MICROS = 30_000_000;
const SETTLING = new Set(['topic', 'publish', 'quiet', 'node']);
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
  const draft: Draft = {
    topics: new Map(),
    members: new Map(),
    producers: new Map(),
    interventions: [],
    crashed: new Set(),
    at: FIRST_MICROS,
  };
  const steps = trace.steps.map((step) => {
    translate(step, draft);
    draft.at += SETTLING.has(step.op) ? SETTLE_MICROS : STEP_MICROS;
    return { step, to: draft.at };
  });
  const { topics, members, producers, interventions, at } = draft;
  const drawn = { topics: [...topics.values()], members: [...members.values()], producers: [...producers.values()] };
  return { ...drawn, interventions, steps, until: at as Micros };
}

interface Draft {
  readonly topics: Map<string, DrawnTopic>;
  readonly members: Map<string, DrawnMember>;
  readonly producers: Map<string, DrawnProducer>;
  readonly interventions: Intervention[];
  readonly crashed: Set<string>;
  at: number;
}

function translate({ op, args }: Step, draft: Draft): void {
  const act = (verb: string, target: string, more: Config = {}) =>
    draft.interventions.push({ at: draft.at as Micros, verb, target, args: more });
  const named = texts(args['member']);
  switch (op) {
    case 'topic': {
      const topic = topicOf(args);
      draft.topics.set(topic.name, topic);
      act('join', topicId(topic.name));
      return;
    }
    case 'producer': {
      const { as, acks = 'all', retries } = args;
      const name = String(as);
      draft.producers.set(name, { name, acks: String(acks), retries: retries === undefined ? undefined : Number(retries) });
      return;
    }
    case 'publish':
      for (const record of listOf(args['records'])) act('publish', producerId(String(args['producer'])), recordOf(record as JsonObject));
      return;
    case 'join':
      for (const name of named) {
        if (!draft.members.has(name)) draft.members.set(name, memberOf(name, args));
        act(draft.crashed.delete(name) ? 'restart' : 'join', memberId(name));
      }
      return;
    case 'crash':
      for (const name of named) draft.crashed.add(name);
      for (const name of named) act('crash', memberId(name));
      return;
    case 'leave':
    case 'commit':
      for (const name of named) act(op, memberId(name));
      return;
    case 'node':
      act(NODE_VERBS[String(args['do'])] as string, brokerId(Number(args['n'])));
      return;
    default:
      return;
  }
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
