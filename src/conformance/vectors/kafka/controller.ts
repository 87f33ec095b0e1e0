import type { Json, JsonObject } from '../../../base/index.ts';
import {
  assignReplicasToBrokers,
  type ElectionStrategy,
  electZkLeader,
  isPlacementError,
  isRefusal,
  placeReplicas,
} from '../../../protocols/kafka/controller/index.ts';
import type { VectorPlayers } from '../types.ts';
import { playLeadership } from './controllerLeadership.ts';
import { differs, int, ints, list, object, text } from './controllerRead.ts';

export const CONTROLLER_PLAYERS: VectorPlayers = {
  'kafka-kraft-leadership-traces': playLeadership,
  'kafka-zk-leader-election': playZkElection,
  'kafka-replica-placement-kraft': playKraftPlacement,
  'kafka-replica-placement-zk': playZkPlacement,
};

const STRATEGIES: { readonly [kind: string]: ElectionStrategy } = {
  offline: 'offline',
  reassign: 'reassign',
  preferred: 'preferred',
  controlled: 'controlledShutdown',
};

function playZkElection(data: JsonObject): string | undefined {
  const input = object(data.input);
  const strategy = STRATEGIES[text(input.kind)];
  if (!strategy) return `unknown kind ${text(input.kind)}`;
  const elected = electZkLeader(strategy, {
    replicas: ints(input.replicas),
    isr: ints(input.isr),
    live: ints(input.live),
    shuttingDown: ints(input.shuttingDown),
    mayElectUncleanly: input['unclean.leader.election.enable'] === true,
  });
  const actual: JsonObject = { leader: elected?.leader ?? null, newIsr: elected?.isr ?? null, unclean: elected?.unclean ?? false };
  const expected = object(data.expected);
  return Object.keys(expected)
    .map((key) => differs(key, actual[key] ?? null, expected[key] ?? null))
    .find((why) => why !== undefined);
}

function playKraftPlacement(data: JsonObject): string | undefined {
  const draws = list(data['randomDraws_[bound,value]_in_order']).map(ints);
  let wrong: string | undefined;
  const random = (below: number): number => {
    const [bound, value] = draws.shift() ?? [below, 0];
    if (bound !== below) wrong ??= `draws below ${below}, not below ${bound}`;
    return value ?? 0;
  };
  const brokers = brokersOf(data.brokers).map(({ id, rack, fenced }) => ({ id, rack, fenced }));
  const placed = placeReplicas(brokers, int(data.numPartitions), int(data.replicationFactor), random);
  if (isRefusal(placed)) return differs('error', `InvalidReplicationFactorException: ${placed.message}`, data.expectedError ?? null);
  return wrong ?? differs('replicas', byNumber(placed.entries()), data.expected ?? null);
}

function playZkPlacement(data: JsonObject): string | undefined {
  const wish = {
    brokers: brokersOf(data.brokers),
    partitions: int(data.numPartitions),
    replicationFactor: int(data.replicationFactor),
    fixedStartIndex: int(data.fixedStartIndex),
    startPartition: int(data.startPartitionId),
  };
  const assigned = assignReplicasToBrokers(wish, () => 0);
  if (!isPlacementError(assigned)) return differs('replicas', byNumber(assigned.entries()), data.expected ?? null);
  const expected = text(data.expectedError);
  return differs('error', assigned.exception, expected.split(':')[0] ?? '');
}

function brokersOf(
  value: Json | undefined,
): readonly { readonly id: number; readonly rack: string | undefined; readonly fenced: boolean }[] {
  return list(value).map((entry) => {
    const { id, rack, fenced } = object(entry);
    return { id: int(id), rack: typeof rack === 'string' ? rack : undefined, fenced: fenced === true };
  });
}

function byNumber(entries: Iterable<readonly [number, readonly number[]]>): JsonObject {
  return Object.fromEntries([...entries].map(([partition, replicas]) => [`${partition}`, replicas]));
}
