import type { Config } from '../../../scenario/index.ts';
import type { Table } from '../amqp/index.ts';
import { compilePattern, matches, type Pattern } from './pattern.ts';

/** What a policy applies to, in RabbitMQ's own words. */
export const APPLY_TO = ['all', 'queues', 'classic_queues', 'quorum_queues', 'streams', 'exchanges'] as const;
export type ApplyTo = (typeof APPLY_TO)[number];

/** A policy as it is configured on a broker. */
export interface PolicyConfig {
  readonly name: string;
  readonly pattern: string;
  readonly applyTo: ApplyTo;
  readonly priority: number;
  readonly definition: Table;
}

/** A policy whose pattern has been read; one that is not understood applies to nothing (`check` says so before). */
export interface Policy extends PolicyConfig {
  readonly compiled: Pattern | undefined;
}

export function policiesOf(config: Config): readonly Policy[] {
  const given = (config['policies'] ?? []) as unknown as readonly Partial<PolicyConfig>[];
  return given.map((one) => {
    const { name = '', pattern = '.*', applyTo = 'all', priority = 0, definition = {} } = one;
    return { name, pattern, applyTo, priority, definition, compiled: compilePattern(pattern) };
  });
}

const KINDS: { readonly [type: string]: readonly ApplyTo[] } = {
  classic: ['all', 'queues', 'classic_queues'],
  quorum: ['all', 'queues', 'quorum_queues'],
  stream: ['all', 'queues', 'streams'],
  exchange: ['all', 'exchanges'],
};

/** The one policy that holds for a queue (by its type) or an exchange: the matching one of the highest priority. */
export function policyFor(
  policies: readonly Policy[],
  type: 'classic' | 'quorum' | 'stream' | 'exchange',
  name: string,
): Policy | undefined {
  let best: Policy | undefined;
  for (const policy of policies) {
    const fits = KINDS[type]?.includes(policy.applyTo) && policy.compiled !== undefined && matches(policy.compiled, name);
    if (fits && (best === undefined || policy.priority > best.priority)) best = policy;
  }
  return best;
}
