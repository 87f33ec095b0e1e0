import type { JsonObject } from '../../base/index.ts';
import { DEFINITIONS_LIMITS } from './limits.ts';
import { entryPath, type Notes, quoted } from './notes.ts';
import { type Effort, Pattern } from './pattern.ts';
import { isMirrorKey, omit } from './rules.ts';
import type { NoteKey, PolicyDefinition } from './types.ts';

/** Keys that a drawn queue has settings for, by the argument that says the same. */
const QUEUE_KEYS: { readonly [key: string]: string } = {
  'message-ttl': 'x-message-ttl',
  'max-length': 'x-max-length',
  overflow: 'x-overflow',
  'dead-letter-exchange': 'x-dead-letter-exchange',
  'dead-letter-routing-key': 'x-dead-letter-routing-key',
};
/** Of argument and policy the smaller number holds (rabbit_queue_type_util:args_policy_lookup with res_min). */
const SMALLER: ReadonlySet<string> = new Set(['message-ttl', 'max-length']);
const EXCHANGE_KEYS: { readonly [key: string]: string } = { 'alternate-exchange': 'alternate-exchange' };

interface Ready {
  readonly policy: PolicyDefinition;
  readonly pattern: Pattern;
}

/**
 * The policies of a virtual host. A drawn broker has no place for policies of its own: what the one that applies to a queue
 * or exchange says is written into its settings, as if it had been declared so, and a note tells.
 */
export class Policies {
  private readonly ready: readonly Ready[];
  private readonly notes: Notes<NoteKey>;
  private readonly vhost: string;
  private readonly effort: Effort = { left: DEFINITIONS_LIMITS.matchSteps };
  private readonly folded = new Map<PolicyDefinition, number>();

  constructor(policies: readonly PolicyDefinition[], vhost: string, notes: Notes<NoteKey>) {
    this.vhost = vhost;
    this.notes = notes;
    const usable = policies.flatMap((policy) => this.prepare(policy));
    // Of several that match only that of the highest priority applies; which one of equals, a broker leaves open.
    this.ready = usable.sort((a, b) => b.policy.priority - a.policy.priority);
  }

  /** Arguments of a queue once the policy that applies to it has had its say. */
  ofQueue(name: string, type: string, args: JsonObject): JsonObject {
    const kinds = ['all', 'queues', type === 'stream' ? 'streams' : `${type}_queues`];
    const merged = this.merge(this.find(name, kinds), QUEUE_KEYS, args);
    const hasKeyOnly = merged['x-dead-letter-routing-key'] !== undefined && merged['x-dead-letter-exchange'] === undefined;
    return hasKeyOnly && args['x-dead-letter-routing-key'] === undefined ? omit(merged, 'x-dead-letter-routing-key') : merged;
  }

  ofExchange(name: string, args: JsonObject): JsonObject {
    return this.merge(this.find(name, ['all', 'exchanges']), EXCHANGE_KEYS, args);
  }

  /** Says which policies were written into settings, once each. */
  tell(): void {
    for (const [{ path, name }, count] of this.folded) this.notes.add('policyFolded', path, { name: quoted(name), count }, this.vhost);
  }

  private prepare(policy: PolicyDefinition): Ready[] {
    const { path, name, pattern, definition } = policy;
    if (pattern.length > DEFINITIONS_LIMITS.patternBytes) return [];
    const compiled = Pattern.compile(pattern);
    if (!compiled.ok) {
      this.notes.add('policyPattern', `${path}.pattern`, { name: quoted(name), pattern: quoted(pattern) }, this.vhost);
      return [];
    }
    const keys = Object.keys(definition);
    if (keys.some(isMirrorKey)) this.notes.add('haPolicy', path, { name: quoted(name) }, this.vhost);
    for (const key of keys) {
      if (isMirrorKey(key) || Object.hasOwn(QUEUE_KEYS, key) || Object.hasOwn(EXCHANGE_KEYS, key)) continue;
      this.notes.add('policyKey', entryPath(`${path}.definition`, key), { name: quoted(name), key: quoted(key) }, this.vhost);
    }
    // One of mirror keys only says nothing, but it still outranks those below it.
    return [{ policy, pattern: compiled.value }];
  }

  private find(name: string, kinds: readonly string[]): PolicyDefinition | undefined {
    for (const { policy, pattern } of this.ready) {
      if (!kinds.includes(policy.applyTo)) continue;
      const isMatch = pattern.test(name, this.effort);
      if (isMatch === undefined) {
        this.notes.add('policyEffort', `${policy.path}.pattern`, { name: quoted(policy.name) }, this.vhost);
        return undefined;
      }
      if (isMatch) return policy;
    }
    return undefined;
  }

  private merge(policy: PolicyDefinition | undefined, keys: { readonly [key: string]: string }, args: JsonObject): JsonObject {
    if (!policy) return args;
    let merged = args;
    for (const [key, argument] of Object.entries(keys)) {
      const wanted = policy.definition[key];
      const own = args[argument];
      if (wanted === undefined) continue;
      const isSmaller = SMALLER.has(key) && typeof wanted === 'number' && typeof own === 'number' && wanted < own;
      if (own === undefined || isSmaller) merged = { ...merged, [argument]: wanted };
    }
    if (merged !== args) this.folded.set(policy, (this.folded.get(policy) ?? 0) + 1);
    return merged;
  }
}
