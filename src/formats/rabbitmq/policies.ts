import type { JsonObject } from '../../base/index.ts';
import { BROKER_FIELDS } from '../../protocols/rabbitmq/fields.ts';
import { compilePattern, type Pattern } from '../../protocols/rabbitmq/policy/pattern.ts';
import type { PolicyConfig } from '../../protocols/rabbitmq/policy/policies.ts';
import { DEFINITIONS_LIMITS } from './limits.ts';
import { entryPath, type Notes, quoted } from './notes.ts';
import { APPLY_TO, isMirrorKey } from './rules.ts';
import { tableOf } from './settings.ts';
import type { NoteKey, PolicyDefinition, Version, VhostDefinitions } from './types.ts';

/** Keys of policies that the simulated broker heeds. */
const SIMULATED: ReadonlySet<string> = new Set([
  ...['message-ttl', 'expires', 'max-length', 'max-length-bytes', 'overflow', 'dead-letter-exchange', 'dead-letter-routing-key'],
  ...['delivery-limit', 'alternate-exchange', 'ha-mode', 'ha-params', 'ha-sync-mode'],
]);
const KEYS_MAX = 16;

/**
 * The policies of a virtual host as its drawn broker holds them. What the broker can't match, has no room for, or would
 * need too long for is left out and noted.
 */
export function policiesOf(vhost: VhostDefinitions, version: Version, notes: Notes<NoteKey>): readonly JsonObject[] {
  const most = BROKER_FIELDS.find((field) => field.name === 'policies')?.maxEntries ?? 0;
  const names = [...vhost.queues, ...vhost.exchanges];
  const letters = names.reduce((sum, { name }) => sum + name.length + 1, 0);
  let effort = 0;
  const kept: JsonObject[] = [];
  for (const policy of vhost.policies) {
    const { path, name, pattern } = policy;
    const compiled = compilePattern(pattern);
    const definition = definitionOf(policy, version, vhost.name, notes);
    const note = (key: NoteKey, at: string, args: JsonObject = {}) =>
      notes.add(key, at, { name: quoted(name), ...(args as { readonly [name: string]: string | number }) }, vhost.name);
    if (!compiled) note('policyPattern', `${path}.pattern`, { pattern: quoted(pattern) });
    else if (name === '' || !APPLY_TO.has(policy.applyTo)) note('policyOther', path);
    else if (Object.keys(definition).length === 0) note('policyEmpty', path);
    else if (kept.length >= most) note('policyMany', path, { max: most });
    else if (effort + sizeOf(compiled) * letters > DEFINITIONS_LIMITS.matchSteps) note('policyEffort', `${path}.pattern`);
    else {
      effort += sizeOf(compiled) * letters;
      kept.push(settingsOf(policy, definition));
    }
  }
  return kept;
}

/** In the one way to write it: defaults left out. */
function settingsOf({ name, pattern, applyTo, priority }: PolicyDefinition, definition: JsonObject): JsonObject {
  return {
    name,
    ...(pattern === '.*' ? {} : { pattern }),
    ...(applyTo === 'all' ? {} : { applyTo }),
    ...(priority === 0 ? {} : { priority }),
    definition,
  };
}

/** Steps that a name takes a letter, at most: a look ahead may read the rest of the name each time. */
function sizeOf({ program }: Pattern): number {
  return program.reduce((sum, op) => sum + (op.op === 'look' ? DEFINITIONS_LIMITS.nameBytes * sizeOf({ program: op.program }) : 1), 0);
}

/** What the drawn policy says: from 4.0 on nobody knows the keys of classic mirrored queues. */
function definitionOf({ path, name, definition }: PolicyDefinition, version: Version, vhost: string, notes: Notes<NoteKey>): JsonObject {
  const hasMirrors = Object.keys(definition).some(isMirrorKey);
  const isStripped = hasMirrors && version !== '3.13';
  if (isStripped) notes.add('haPolicy', path, { name: quoted(name) }, vhost);
  const wanted = Object.entries(definition).filter(([key]) => !isStripped || !isMirrorKey(key));
  const { table, left } = tableOf(Object.fromEntries(wanted), KEYS_MAX);
  const silent = Object.keys(table).filter((key) => !SIMULATED.has(key));
  for (const key of [...left, ...silent])
    notes.add('policyKey', entryPath(`${path}.definition`, key), { name: quoted(name), key: quoted(key) }, vhost);
  return table;
}

/** A drawn policy as a definitions file writes it. */
export function policyItem(config: Partial<PolicyConfig>, vhost: string): JsonObject {
  const { name = '', pattern = '.*', applyTo = 'all', priority = 0, definition = {} } = config;
  return { vhost, name, pattern, 'apply-to': applyTo, priority, definition };
}
