import type { Json, JsonObject, PartId } from '../../base/index.ts';
import { clustersOf } from '../../protocols/rabbitmq/clusters.ts';
import { argumentsOf } from '../../protocols/rabbitmq/configs.ts';
import { isDefaultExchange } from '../../protocols/rabbitmq/connect.ts';
import { BINDING, BROKER, EXCHANGE, QUEUE } from '../../protocols/rabbitmq/kinds.ts';
import type { PolicyConfig } from '../../protocols/rabbitmq/policy/policies.ts';
import type { Scenario } from '../../scenario/index.ts';
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
 * What is drawn in one broker, or in the cluster that it is a node of, as a definitions file that a real one imports. No users and no permissions: those who import
 * it have their own. What every broker has anyway is left out, and so are exclusive queues, as real exports do.
 */
export function exportDefinitions(scenario: Scenario, broker: PartId): Exported {
  const notes = new Notes<NoteKey>();
  const vhost = vhostOf(scenario, broker);
  // The nodes of a cluster are one broker to whoever imports: they share exchanges, queues and policies.
  const clusters = clustersOf(scenario);
  const isOurs = (id: PartId | undefined) => id !== undefined && clusters.get(id) === clusters.get(broker);
  const places = scenario.parts.filter((part) => isOurs(part.parent));
  const nodes = scenario.parts.filter((part) => part.kind === BROKER && isOurs(part.id));
  const policies = nodes.flatMap(({ config }) => (config['policies'] ?? []) as readonly Partial<PolicyConfig>[]);
  const names = new Map<PartId, string>();
  const exchanges: JsonObject[] = [];
  const queues: JsonObject[] = [];
  for (const place of places) {
    const { id, kind, name, config } = place;
    const { durable = true, autoDelete = false, internal = false, alternate = '', exclusive = false } = config;
    if (kind === EXCHANGE && !isDefaultExchange(place)) {
      names.set(id, name);
      if (name.startsWith('amq.')) continue;
      const { type = 'direct' } = config;
      const args: JsonObject = alternate === '' ? {} : { 'alternate-exchange': alternate };
      exchanges.push({ name, vhost, type, durable, auto_delete: autoDelete, internal, arguments: args });
    } else if (kind === QUEUE && exclusive) notes.add('exclusiveQueue', name, { name: quoted(name) });
    else if (kind === QUEUE) {
      names.set(id, name);
      queues.push({ name, vhost, durable, auto_delete: autoDelete, arguments: argumentsOf(config) as JsonObject });
    }
  }
  const file = {
    rabbitmq_definition_format: 'cluster',
    vhosts: [{ name: vhost }],
    policies: policies.map((policy) => policyItem(policy, vhost)),
    exchanges,
    queues,
    bindings: bindingsOf(scenario, names, vhost),
  };
  return { text: `${JSON.stringify(file, undefined, 2)}\n`, notes: notes.all };
}

/** A broker that was imported is named after its virtual host; any other stands for the one that every broker has. */
function vhostOf(scenario: Scenario, broker: PartId): string {
  const name = scenario.parts.find((part) => part.id === broker)?.name ?? '';
  return name.startsWith(VHOST_PREFIX) && name.length > VHOST_PREFIX.length ? name.slice(VHOST_PREFIX.length) : '/';
}

function bindingsOf(scenario: Scenario, names: ReadonlyMap<PartId, string>, vhost: string): readonly JsonObject[] {
  const parts = new Map(scenario.parts.map((part) => [part.id, part]));
  return scenario.lines.flatMap(({ kind, from, to, config }): JsonObject[] => {
    const source = names.get(from);
    const destination = names.get(to);
    if (kind !== BINDING || source === undefined || destination === undefined) return [];
    const isHeaders = parts.get(from)?.config['type'] === 'headers';
    const { key = '', headers = {}, xMatch = 'all' } = config as { readonly [name: string]: Json };
    const args = isHeaders ? { ...(headers as JsonObject), 'x-match': xMatch } : {};
    const toQueue = parts.get(to)?.kind === QUEUE;
    return [{ source, vhost, destination, destination_type: toQueue ? 'queue' : 'exchange', routing_key: key, arguments: args }];
  });
}
