import type { Context, NodeId } from '../../../engine/index.ts';
import type { Table } from '../amqp/index.ts';
import { type Policy, policyFor } from '../policy/policies.ts';
import { formGroup } from './cluster/group.ts';
import { dropExpired, dropOverflow, touch } from './expiry.ts';
import { rulesOf } from './rules.ts';
import { type Broker, topologyChanged } from './state.ts';

/** Where an exchange sends what no binding matches: its own argument, or else what a policy says. */
export function alternateOf(policies: readonly Policy[], name: string, args: Table): string | undefined {
  const given = args['alternate-exchange'] ?? policyFor(policies, 'exchange', name)?.definition['alternate-exchange'];
  return typeof given === 'string' ? given : undefined;
}

/** Policies hold for the whole cluster, on whichever node they are configured. */
export function takePolicies(broker: Broker, node: NodeId, policies: readonly Policy[], x: Context): void {
  broker.policiesBy = new Map([...broker.policiesBy, [node, policies]]);
  applyPolicies(broker, [...broker.policiesBy.values()].flat(), x);
  for (const queue of broker.queues.values()) formGroup(broker, queue, x);
}

/** Other policies hold from now on, for what is there already as well. */
function applyPolicies(broker: Broker, policies: readonly Policy[], x: Context): void {
  broker.policies = policies;
  topologyChanged(broker);
  for (const exchange of broker.exchanges.values()) exchange.alternate = alternateOf(policies, exchange.name, exchange.arguments);
  for (const queue of [...broker.queues.values()]) {
    queue.rules = rulesOf(queue.arguments, policyFor(policies, queue.type, queue.name), broker.version);
    dropOverflow(queue, x);
    dropExpired(queue, x);
    touch(queue, x);
  }
}
