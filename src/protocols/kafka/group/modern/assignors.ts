import { assignOnServer, type ServerAssignor } from '../../assign/index.ts';
import type { TargetAssignor } from './heartbeat.ts';

/** The brokers' assignors by name, in the order of `group.consumer.assignors`: the first one is the default. */
export function brokerAssignors(names: readonly ServerAssignor[]): ReadonlyMap<string, TargetAssignor> {
  return new Map(names.map((name): [string, TargetAssignor] => [name, (input) => assignOnServer(name, input)]));
}
