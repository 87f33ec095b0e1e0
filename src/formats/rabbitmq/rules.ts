import type { JsonObject } from '../../base/index.ts';
import { checkQueueArguments } from '../../protocols/rabbitmq/broker/arguments.ts';
import { DEFINITIONS_LIMITS } from './limits.ts';
import { entryPath, type Notes, quoted } from './notes.ts';
import type { ExchangeDefinition, PolicyDefinition, QueueDefinition, RuleKey, Version, VhostDefinitions } from './types.ts';

/** Types of exchanges that every broker has. */
export const EXCHANGE_TYPES: ReadonlySet<string> = new Set(['direct', 'fanout', 'topic', 'headers']);
/** Types that come with a plugin, or that every newer broker has but that are not modelled: no mistake of the file. */
const PLUGIN_TYPES: ReadonlySet<string> = new Set([
  ...['x-consistent-hash', 'x-delayed-message', 'x-random', 'x-local-random', 'x-recent-history', 'x-modulus-hash'],
  ...['x-jms-topic', 'x-event', 'x-federation-upstream', 'x-rtopic', 'x-management'],
]);

/** Keys of policies that the broker itself or a plugin that comes with it knows. */
const POLICY_KEYS: ReadonlySet<string> = new Set([
  ...['alternate-exchange', 'consumer-timeout', 'dead-letter-exchange', 'dead-letter-routing-key', 'dead-letter-strategy'],
  ...['delivery-limit', 'expires', 'federation-upstream', 'federation-upstream-set', 'initial-cluster-size', 'max-age'],
  ...['max-in-memory-bytes', 'max-in-memory-length', 'max-length', 'max-length-bytes', 'message-ttl', 'overflow'],
  ...['queue-leader-locator', 'queue-master-locator', 'queue-mode', 'queue-version', 'quorum-initial-group-size'],
  ...['routing-key', 'shards-per-node', 'stream-filter-size-bytes', 'stream-max-segment-size-bytes', 'target-group-size'],
]);
export const APPLY_TO: ReadonlySet<string> = new Set(['all', 'exchanges', 'queues', 'classic_queues', 'quorum_queues', 'streams']);

/** Classic mirrored queues went with 4.0, and with them all these keys. */
export function isMirrorKey(key: string): boolean {
  return key.startsWith('ha-');
}

/** What a broker of this version refuses to import of one virtual host, as far as the items' shape did not say it already. */
export function checkVhost(vhost: VhostDefinitions, version: Version, refusals: Notes<RuleKey>): void {
  const checker = new Checker(vhost.name, version, refusals);
  for (const exchange of vhost.exchanges) checker.exchange(exchange);
  for (const queue of vhost.queues) checker.queue(queue, typeOf(queue, vhost.defaultQueueType));
  for (const policy of vhost.policies) checker.policy(policy);
}

/** The type of a queue: its own argument, else what its virtual host says for queues that can be of that type. */
export function typeOf(queue: QueueDefinition, vhostDefault: string): string {
  const own = queue.arguments['x-queue-type'];
  if (typeof own === 'string') return own;
  const fits = vhostDefault !== '' && queue.durable && (vhostDefault !== 'stream' || !queue.autoDelete);
  return fits ? vhostDefault : 'classic';
}

/** The first argument of a queue that the broker refuses, and what it answers. */
export function refusedArgument(name: string, args: JsonObject): { readonly name: string; readonly text: string } | undefined {
  const error = checkQueueArguments(name, args);
  if (!error) return undefined;
  const found = /arg '([^']+)'/.exec(error.text)?.[1] ?? '';
  return { name: Object.hasOwn(args, found) ? found : (Object.keys(args)[0] ?? ''), text: error.text };
}

class Checker {
  private readonly vhost: string;
  private readonly version: Version;
  private readonly refusals: Notes<RuleKey>;

  constructor(vhost: string, version: Version, refusals: Notes<RuleKey>) {
    this.vhost = vhost;
    this.version = version;
    this.refusals = refusals;
  }

  private refuse(key: RuleKey, path: string, args: { readonly [name: string]: string | number } = {}): void {
    this.refusals.add(key, path, { version: this.version, ...args }, this.vhost);
  }

  exchange({ path, name, type }: ExchangeDefinition): void {
    if (!EXCHANGE_TYPES.has(type) && !PLUGIN_TYPES.has(type))
      this.refuse('exchangeType', `${path}.type`, { name: quoted(name), type: quoted(type) });
  }

  queue(queue: QueueDefinition, type: string): void {
    const { path, name, durable, arguments: args } = queue;
    const at = `${path}.arguments`;
    // Newer classic queues take it, the simulated ones do not.
    const checked = type === 'classic' ? omit(args, 'x-queue-leader-locator') : args;
    for (let rest = checked, refused = refusedArgument(name, rest); refused; refused = refusedArgument(name, rest)) {
      const text = refused.text.replace(" in vhost '/'", ` in vhost '${this.vhost}'`);
      this.refuse('queueArgument', entryPath(at, refused.name), { name: quoted(name), text: text.slice(0, 200) });
      rest = omit(rest, refused.name);
    }
    if (!durable && (type === 'quorum' || type === 'stream')) this.refuse('notDurable', `${path}.durable`, { name: quoted(name), type });
    if (this.version !== '4.3') return;
    if (!durable && type === 'classic') this.refuse('transientQueue', `${path}.durable`, { name: quoted(name) });
    if (args['x-queue-mode'] !== undefined) this.refuse('queueMode', entryPath(at, 'x-queue-mode'), { name: quoted(name) });
    if (args['x-queue-version'] === 1) this.refuse('queueVersion', entryPath(at, 'x-queue-version'), { name: quoted(name) });
  }

  policy({ path, name, pattern, applyTo, definition }: PolicyDefinition): void {
    if (name === '') this.refuse('policyName', path);
    if (Object.keys(definition).length === 0) this.refuse('policyEmpty', `${path}.definition`, { name: quoted(name) });
    if (!APPLY_TO.has(applyTo)) this.refuse('policyApplyTo', `${path}["apply-to"]`, { name: quoted(name), value: quoted(applyTo) });
    if (pattern.length > DEFINITIONS_LIMITS.patternBytes) this.refuse('patternTooLong', `${path}.pattern`, { name: quoted(name) });
    else if (isUnbalanced(pattern)) this.refuse('patternInvalid', `${path}.pattern`, { name: quoted(name) });
    for (const key of Object.keys(definition)) {
      const isKnown = POLICY_KEYS.has(key) || (this.version === '3.13' && isMirrorKey(key));
      if (!isKnown) this.refuse('policyKey', entryPath(`${path}.definition`, key), { name: quoted(name), key: quoted(key) });
    }
  }
}

export function omit(table: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(table).filter(([key]) => key !== name));
}

/** A pattern whose brackets do not close is none in any dialect. */
function isUnbalanced(pattern: string): boolean {
  let depth = 0;
  let isSet = false;
  for (let at = 0; at < pattern.length; at++) {
    const c = pattern.charAt(at);
    if (c === '\\') at++;
    else if (isSet) isSet = c !== ']';
    else if (c === '[') {
      isSet = true;
      // A bracket that closes at once stands for itself.
      if (/^\^?\]/.test(pattern.slice(at + 1, at + 3))) at += pattern.charAt(at + 1) === '^' ? 2 : 1;
    } else if (c === '(') depth++;
    else if (c === ')' && --depth < 0) return true;
  }
  return isSet || depth !== 0;
}
