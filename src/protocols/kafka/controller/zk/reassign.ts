import type { ControllerError } from '../errors.ts';
import { addLeaderAndIsr, addStopReplica, flush } from './batch.ts';
import { isActiveController, isReplicaOnline, type Known, keyOf, replicaKey, type ZkController } from './context.ts';
import type { ZkEvent } from './events.ts';
import { settle, writes } from './partitions.ts';
import { ask, type ElectionResult, guarded, next, type Run, type Task, type WantedState } from './tasks.ts';
import { encodeTopic, topicPath, type ZkAnswer } from './zookeeper.ts';

type Of<K extends Task['do']> = Extract<Task, { do: K }>;

/** Moves partitions to other brokers: replicas of both places until the new ones are in sync, then only those. */
export function reassignEvent(run: Run, { ticket, partitions }: Extract<ZkEvent, { type: 'reassign' }>): void {
  const { state } = run;
  if (!isActiveController(state)) {
    run.effects.push({ type: 'answer', ticket, answer: { error: 'NOT_CONTROLLER' } });
    return;
  }
  const results: ElectionResult[] = [];
  for (const { topic, partition, replicas } of partitions) {
    const known = state.partitions.get(keyOf({ topic, partition }));
    const error = known ? check(state, known, replicas) : 'UNKNOWN_TOPIC_OR_PARTITION';
    results.push({ topic, partition, error });
    if (!known || error !== 'NONE') continue;
    const origin = known.replicas.filter((id) => !known.addingReplicas.includes(id));
    const all = [...new Set([...replicas, ...origin])];
    const addingReplicas = all.filter((id) => !origin.includes(id));
    const removingReplicas = all.filter((id) => !replicas.includes(id));
    state.partitions.set(keyOf(known), { ...known, replicas: all, addingReplicas, removingReplicas });
    next(run, { do: 'writeAssignment', topic }, { do: 'reassign', key: keyOf(known) });
  }
  run.effects.push({ type: 'answer', ticket, answer: { error: 'NONE', results } });
}

function check(state: ZkController, known: Known, target: readonly number[]): ControllerError {
  const isSet = target.length > 0 && new Set(target).size === target.length;
  const isAlive = target.every((id) => known.replicas.includes(id) || isReplicaOnline(state, id));
  return isSet && isAlive ? 'NONE' : 'INVALID_REPLICA_ASSIGNMENT';
}

export function writeAssignment(run: Run, { topic }: Of<'writeAssignment'>): void {
  const partitions = [...run.state.partitions.values()].filter((known) => known.topic === topic).sort((a, b) => a.partition - b.partition);
  const op = guarded(run.state, { op: 'set', path: topicPath(topic), data: encodeTopic(partitions), version: -1 });
  ask(run, [op], { do: 'ignoreAnswers' });
}

/** One step of a reassignment: begin it, or end it when the new replicas are in sync. */
export function reassign(run: Run, { key }: Of<'reassign'>): void {
  const { state } = run;
  const known = state.partitions.get(key);
  if (!known || known.addingReplicas.length + known.removingReplicas.length === 0) return;
  const target = known.replicas.filter((id) => !known.removingReplicas.includes(id));
  if (!target.every((id) => known.isr.includes(id))) {
    const begun = known.addingReplicas.every((id) => state.replicaStates.get(replicaKey(key, id)) !== undefined);
    for (const id of known.addingReplicas) state.replicaStates.set(replicaKey(key, id), 'NewReplica');
    if (!begun || known.addingReplicas.length === 0) next(run, { do: 'bump', key, newReplicas: known.addingReplicas });
    return;
  }
  for (const id of known.addingReplicas) state.replicaStates.set(replicaKey(key, id), 'OnlineReplica');
  const removed = known.removingReplicas;
  state.partitions.set(key, { ...known, replicas: target, addingReplicas: [], removingReplicas: [] });
  const stays = target.includes(known.leader) && isReplicaOnline(state, known.leader);
  const lead: Task = stays
    ? { do: 'bump', key, newReplicas: [] }
    : { do: 'bringOnline', keys: [key], strategy: 'reassign', allowUnclean: false };
  const leave = removed.map((broker): Task => ({ do: 'replicas', broker, keys: [key], target: 'OfflineReplica' }));
  next(
    run,
    lead,
    ...leave,
    { do: 'flush' },
    { do: 'deleteReplicas', key, brokers: removed },
    { do: 'writeAssignment', topic: known.topic },
    { do: 'updateMetadata', keys: [key] },
  );
}

/** A new leader epoch without a new leader, so that nobody goes on with the old assignment. */
export function bump(run: Run, { key, newReplicas }: Of<'bump'>): void {
  const known = run.state.partitions.get(key);
  if (!known) return;
  const { leader, isr, leaderRecoveryState, partitionEpoch: version } = known;
  const want: WantedState = {
    key,
    leader,
    isr,
    leaderEpoch: known.leaderEpoch + 1,
    leaderRecoveryState,
    version,
    recipients: known.replicas,
  };
  ask(run, writes(run.state, [want]), { do: 'bumped', key, newReplicas, wanted: [want] });
}

export function bumped(run: Run, { key, newReplicas, wanted }: Of<'bumped'>, answers: readonly ZkAnswer[]): void {
  const settled = settle(run, wanted, answers);
  if (!settled) return;
  if (settled.retry.length > 0) next(run, { do: 'readStates', keys: [key] }, { do: 'bump', key, newReplicas });
  for (const { known } of settled.done) {
    for (const id of known.replicas) addLeaderAndIsr(run.state, [id], known, newReplicas.includes(id));
    flush(run);
  }
}

/** Replicas that have left a partition for good are deleted with their logs. */
export function deleteReplicas(run: Run, { key, brokers }: Of<'deleteReplicas'>): void {
  const known = run.state.partitions.get(key);
  for (const id of brokers) {
    if (known) addStopReplica(run.state, id, known, true);
    run.state.replicaStates.delete(replicaKey(key, id));
  }
  flush(run);
}
