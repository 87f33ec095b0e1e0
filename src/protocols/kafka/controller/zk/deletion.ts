import { addStopReplica, addUpdateMetadata, flush } from './batch.ts';
import { isReplicaOnline, type Known, keyOf, type ZkController } from './context.ts';
import { LEADER_DURING_DELETE } from './requests.ts';
import { ask, guarded, next, type Run, read, type Task } from './tasks.ts';
import { partitionPath, statePath, topicConfigPath, topicPath, type ZkAnswer, type ZkOp, ZNODES } from './zookeeper.ts';

type Of<K extends Task['do']> = Extract<Task, { do: K }>;

/** A topic to be deleted stands in /admin/delete_topics. One with a replica that is down, or being moved, has to wait. */
export function topicDeletion(run: Run): void {
  ask(run, [read('children', ZNODES.deleteTopics)], { do: 'deletionsListed' });
}

export function deletionsListed(run: Run, [listed]: readonly ZkAnswer[]): void {
  const topics = (listed?.children ?? []).filter((topic) => partitionsOf(run.state, topic).every((known) => mayGo(run.state, known)));
  next(run, ...topics.map((topic): Task => ({ do: 'deleteTopic', topic })));
}

function partitionsOf(state: ZkController, topic: string): readonly Known[] {
  return [...state.partitions.values()].filter((known) => known.topic === topic);
}

function mayGo(state: ZkController, { replicas, addingReplicas, removingReplicas }: Known): boolean {
  return addingReplicas.length + removingReplicas.length === 0 && replicas.every((id) => isReplicaOnline(state, id));
}

/** Clients lose sight of it, replicas stop and delete their logs, and its znodes go. Kafka waits for the brokers' answers between. */
export function deleteTopic(run: Run, { topic }: Of<'deleteTopic'>): void {
  const { state } = run;
  const partitions = partitionsOf(state, topic);
  const leaving = partitions.map((known) => ({ ...known, leader: LEADER_DURING_DELETE }));
  addUpdateMetadata(state, [...state.brokers.keys()], leaving);
  flush(run);
  for (const deletePartition of [false, true]) {
    for (const known of partitions) for (const id of known.replicas) addStopReplica(state, id, known, deletePartition);
    flush(run);
  }
  for (const known of partitions) {
    const key = keyOf(known);
    state.partitions.delete(key);
    state.partitionStates.delete(key);
    for (const id of known.replicas) state.replicaStates.delete(`${key}@${id}`);
  }
  state.nodeHandlers = state.nodeHandlers.filter((path) => path !== topicPath(topic));
  const remove = (path: string): ZkOp => guarded(state, { op: 'delete', path, version: -1 });
  const nodes = partitions.flatMap(({ partition }) => [statePath(topic, partition), partitionPath(topic, partition)]);
  const paths = [...nodes, `${topicPath(topic)}/partitions`, topicPath(topic), topicConfigPath(topic), `${ZNODES.deleteTopics}/${topic}`];
  ask(run, paths.map(remove), { do: 'ignoreAnswers' });
}
