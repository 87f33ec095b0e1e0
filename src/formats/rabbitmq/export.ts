import type { Json, JsonObject, PartId } from '../../base/index.ts';
import { clustersOf } from '../../protocols/rabbitmq/clusters.ts';
import { argumentsOf } from '../../protocols/rabbitmq/configs.ts';
import { isDefaultExchange, vhostOf } from '../../protocols/rabbitmq/connect.ts';
import { BINDING, BROKER, EXCHANGE, QUEUE } from '../../protocols/rabbitmq/kinds.ts';
import type { PolicyConfig } from '../../protocols/rabbitmq/policy/policies.ts';
import type { Line, Part, Scenario } from '../../scenario/index.ts';
import { VHOST_PREFIX } from './draw.ts';
import { Notes, quoted } from './notes.ts';
import { policyItem } from './policies.ts';
import type { NoteKey, NoteList } from './types.ts';

export interface Exported {
  /** The file as text, ready for `rabbitmqctl import_definitions`. */
  readonly text: string;
  /** What of the drawing no definitions file holds. */
  readonly notes: NoteList<NoteKey>;
}

/** Brokers that a scenario has: what can be exported. */
export function brokersOf(scenario: Scenario): readonly PartId[] {
  return scenario.parts.filter((part) => part.kind === BROKER).map((part) => part.id);
}

/**
 * What is drawn in one broker, or in the cluster that it is a node of, as a definitions file that a real one imports. No users
 * and no permissions: those who import it have their own. What every broker has anyway is left out, and so are exclusive
 * queues, as real exports do.
 */
export function exportDefinitions(scenario: Scenario, broker: PartId): Exported {
  const notes = new Notes<NoteKey>();
  // The nodes of a cluster are one broker to whoever imports: they share exchanges, queues and policies.
  const clusters = clustersOf(scenario);
  const isOurs = (id: PartId | undefined) => id !== undefined && clusters.get(id) === clusters.get(broker);
  const nodes = scenario.parts.filter((part) => part.kind === BROKER && isOurs(part.id));
  const policies = nodes.flatMap(({ config }) => (config['policies'] ?? []) as readonly Partial<PolicyConfig>[]);
  const home = vhostNamed(nodes.find((part) => part.id === broker)?.name ?? '');
  const hostOf = (part: Part) => (vhostOf(part) === '/' ? home : vhostOf(part));
  const places = new Map<PartId, Place>();
  const exchanges: JsonObject[] = [];
  const queues: JsonObject[] = [];
  for (const part of scenario.parts) {
    if (!isOurs(part.parent)) continue;
    const place = { part, vhost: hostOf(part) };
    if (part.kind === EXCHANGE && !isDefaultExchange(part)) {
      places.set(part.id, place);
      if (!part.name.startsWith('amq.')) exchanges.push(exchangeItem(place));
    } else if (part.kind === QUEUE && part.config['exclusive'] === true)
      notes.add('exclusiveQueue', part.name, { name: quoted(part.name) });
    else if (part.kind === QUEUE) {
      places.set(part.id, place);
      queues.push(queueItem(place));
    }
  }
  const vhosts = [...new Set([home, ...[...places.values()].map(({ vhost }) => vhost)])];
  const file = {
    rabbitmq_definition_format: 'cluster',
    vhosts: vhosts.map((name) => ({ name })),
    // A drawn broker's policies hold in all its virtual hosts, a real one's in one each.
    policies: vhosts.flatMap((vhost) => policies.map((policy) => policyItem(policy, vhost))),
    exchanges,
    queues,
    bindings: scenario.lines.flatMap((line) => bindingItem(line, places)),
  };
  return { text: `${JSON.stringify(file, undefined, 2)}\n`, notes: notes.all };
}

interface Place {
  readonly part: Part;
  readonly vhost: string;
}

/** A broker that was imported is named after its virtual host; any other stands for the one that every broker has. */
function vhostNamed(broker: string): string {
  return broker.startsWith(VHOST_PREFIX) && broker.length > VHOST_PREFIX.length ? broker.slice(VHOST_PREFIX.length) : '/';
}

function exchangeItem({ part: { name, config }, vhost }: Place): JsonObject {
  const { type = 'direct', durable = true, autoDelete = false, internal = false, alternate = '' } = config;
  const args: JsonObject = alternate === '' ? {} : { 'alternate-exchange': alternate };
  return { name, vhost, type, durable, auto_delete: autoDelete, internal, arguments: args };
}

function queueItem({ part: { name, config }, vhost }: Place): JsonObject {
  const { durable = true, autoDelete = false } = config;
  return { name, vhost, durable, auto_delete: autoDelete, arguments: argumentsOf(config) as JsonObject };
}

function bindingItem({ kind, from, to, config }: Line, places: ReadonlyMap<PartId, Place>): JsonObject[] {
  const source = places.get(from);
  const destination = places.get(to);
  if (kind !== BINDING || !source || !destination || source.vhost !== destination.vhost) return [];
  const { key = '', headers = {}, xMatch = 'all' } = config as { readonly [name: string]: Json };
  const isHeaders = source.part.config['type'] === 'headers';
  return [
    {
      source: source.part.name,
      vhost: source.vhost,
      destination: destination.part.name,
      destination_type: destination.part.kind === QUEUE ? 'queue' : 'exchange',
      routing_key: key,
      arguments: isHeaders ? { ...(headers as JsonObject), 'x-match': xMatch } : {},
    },
  ];
}
