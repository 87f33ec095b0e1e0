import type { Json, JsonObject } from '../../base/index.ts';
import type { Fact, Program, World } from '../../engine/index.ts';
import { metadataOf } from '../../protocols/kafka/broker/index.ts';
import { partitionName } from '../../protocols/kafka/message.ts';
import type { Outcome } from '../compare.ts';
import type { Step } from '../format.ts';
import { partitionsOf } from '../vectors/kafka/partitions.ts';
import { brokerId, memberId, producerId } from './script.ts';

/** What has been seen of the run so far, in the recording's words. */
export interface Watch {
  /** Partitions that each member has; members that are there. */
  readonly assigned: Map<string, Set<string>>;
  /** Partitions that were taken from a member since the last look. */
  readonly revoked: Map<string, Set<string>>;
  /** Messages by id, as they were published. */
  readonly published: Map<number, { readonly m: string; readonly key: Json; readonly topic: string }>;
}

export function newWatch(): Watch {
  return { assigned: new Map(), revoked: new Map(), published: new Map() };
}

export interface Played {
  readonly step: Step;
  readonly facts: readonly Fact[];
  readonly program: Program;
  readonly world: World;
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** What a step has brought about. */
export function observe(played: Played, watch: Watch): Outcome {
  const { step, facts } = played;
  const records = listOf(step.args['records']) as readonly JsonObject[];
  const own = facts.filter(({ kind, at }) => kind === 'message.published' && at === producerId(String(step.args['producer'])));
  own.forEach((fact, i) => {
    const { m, key = null } = records[i] ?? {};
    watch.published.set(fact.message, { m: String(m), key: key as Json, topic: String(fact.data?.['topic']) });
  });
  if (step.op === 'join') for (const name of listOf(step.args['member'])) watch.assigned.set(String(name), new Set());
  for (const fact of facts) note(fact, played, watch);
  if (step.op === 'leave' || step.op === 'crash') for (const name of listOf(step.args['member'])) watch.assigned.delete(String(name));
  return { result: resultOf(played, watch, own), seen: seenOf(played, watch) };
}

function note({ kind, at, data }: Fact, { program }: Played, watch: Watch): void {
  if (kind !== 'partition.assigned' && kind !== 'partition.revoked' && kind !== 'partition.lost') return;
  const name = program.parts.get(at)?.name ?? at;
  for (const tp of listOf(data?.['partitions']).map(String)) {
    if (kind === 'partition.assigned') watch.assigned.get(name)?.add(tp);
    else {
      watch.assigned.get(name)?.delete(tp);
      const revoked = watch.revoked.get(name) ?? new Set();
      watch.revoked.set(name, revoked.add(tp));
    }
  }
}

function resultOf(played: Played, watch: Watch, published: readonly Fact[]): Json | undefined {
  const { step, facts } = played;
  switch (step.op) {
    case 'publish':
      return published.map((fact) => fateOf(fact, facts, watch));
    case 'quiet':
      return quietResult(step, watch);
    case 'describe':
      return described(played);
    case 'partition':
      return partitionsOf(String(step.args['key']));
    default:
      return undefined;
  }
}

function fateOf({ message, at }: Fact, facts: readonly Fact[], watch: Watch): Json {
  const { m } = watch.published.get(message) ?? { m: '' };
  const end = facts.find(
    (fact) => fact.message === message && fact.at === at && (fact.kind === 'message.confirmed' || fact.kind === 'message.refused'),
  );
  if (end?.kind === 'message.confirmed') return { m, partition: end.data?.['partition'] as Json, offset: end.data?.['offset'] as Json };
  const words = (end?.why ?? 'nothing').split('-').map((word) => word[0]?.toUpperCase() + word.slice(1));
  return { m, error: `${words.join('')}Exception` };
}

const sortedNames = (names: Iterable<string>) => [...names].sort((a, b) => (a < b ? -1 : 1));
const tableOf = (sets: ReadonlyMap<string, ReadonlySet<string>>, byNumber: (names: Iterable<string>) => readonly string[]): JsonObject =>
  Object.fromEntries(sortedNames(sets.keys()).map((name) => [name, byNumber(sets.get(name) as ReadonlySet<string>)]));

function quietResult(step: Step, watch: Watch): Json {
  const wanted = (step.result ?? {}) as JsonObject;
  const assignment = tableOf(watch.assigned, inOrder);
  const taken = new Map([...watch.revoked].filter(([, revoked]) => revoked.size > 0));
  const revokedOnTheWay = tableOf(taken, inOrder);
  watch.revoked.clear();
  // What differed from run to run is not recorded.
  return { assignment, ...('revokedOnTheWay' in wanted ? { revokedOnTheWay } : {}) };
}

/** By topic, then by number. */
function inOrder(partitions: Iterable<string>): readonly string[] {
  const split = (tp: string): [string, number] => [tp.slice(0, tp.lastIndexOf('-')), Number(tp.slice(tp.lastIndexOf('-') + 1))];
  return [...partitions].sort((a, b) => {
    const [[topicA, a1], [topicB, b1]] = [split(a), split(b)];
    return topicA === topicB ? a1 - b1 : topicA < topicB ? -1 : 1;
  });
}

/** As any broker that is up tells it; of each partition what the recording has. */
function described({ step, world }: Played): Json {
  const up = [1, 2, 3].map(brokerId).find((id) => world.nodes.has(id) && !world.down.has(id)) as string;
  const { topics } = metadataOf(world.nodes.get(up) as Parameters<typeof metadataOf>[0]);
  const wanted = listOf(step.result) as readonly JsonObject[];
  const ascending = (nodes: readonly number[]) => [...nodes].sort((a, b) => a - b);
  return (topics[String(step.args['topic'])] ?? []).map(({ leader, replicas, isr }, partition) => {
    const all: JsonObject = { partition, leader, replicas: ascending(replicas), isr: ascending(isr) };
    const recorded = wanted.find((one) => one['partition'] === partition);
    return recorded ? Object.fromEntries(Object.keys(recorded).map((key) => [key, all[key] as Json])) : all;
  });
}

function seenOf({ facts, program }: Played, watch: Watch): Outcome['seen'] {
  const seen: { [actor: string]: JsonObject[] } = {};
  for (const { kind, at, message, data } of facts) {
    const published = watch.published.get(message);
    const name = program.parts.get(at)?.name;
    if (kind !== 'message.received' || !published || name === undefined || at !== memberId(name)) continue;
    const actor = `${name}/${partitionName(published.topic, Number(data?.['partition']))}`;
    const delivered: JsonObject = { ev: 'deliver', m: published.m, offset: Number(data?.['offset']), key: published.key };
    seen[actor] = [...(seen[actor] ?? []), delivered];
  }
  return seen;
}
