import type { ControllerError } from '../errors.ts';
import { NO_LEADER, sameIds } from '../image.ts';
import type { AlterPartition, AlterPartitionAnswer } from '../kraft/alterPartition.ts';
import { isActiveController, isReplicaOnline, type Known, keyOf, type ZkController } from './context.ts';
import type { ZkEvent } from './events.ts';
import { learnTopic } from './office.ts';
import { knownOf, settle, writes } from './partitions.ts';
import { ask, type ElectionResult, guarded, next, type Run, read, type Task, type WantedState } from './tasks.ts';
import { decodePartitions, topicPath, type ZkAnswer, ZNODES } from './zookeeper.ts';

type Of<K extends Task['do']> = Extract<Task, { do: K }>;
type EventOf<K extends ZkEvent['type']> = Extract<ZkEvent, { type: K }>;

export function topicChange(run: Run): void {
  ask(run, [read('children', ZNODES.topics)], { do: 'topicsListed' });
}

export function topicsListed(run: Run, [listed]: readonly ZkAnswer[]): void {
  const { state } = run;
  const topics = listed?.children ?? [];
  for (const [key, known] of state.partitions)
    if (!topics.includes(known.topic)) {
      state.partitions.delete(key);
      state.partitionStates.delete(key);
      for (const replica of [...state.replicaStates.keys()]) if (replica.startsWith(`${key}@`)) state.replicaStates.delete(replica);
    }
  const paths = topics.map(topicPath);
  const added = topics.filter((topic) => !state.nodeHandlers.includes(topicPath(topic)));
  const others = state.nodeHandlers.filter((path) => !path.startsWith(`${ZNODES.topics}/`) || paths.includes(path));
  state.nodeHandlers = [...others, ...added.map(topicPath)];
  readTopics(run, added);
}

/** A topic's znode has changed: more partitions, perhaps. */
export function readTopics(run: Run, topics: readonly string[]): void {
  ask(
    run,
    topics.map((topic) => read('get', topicPath(topic))),
    { do: 'topicsRead', topics },
  );
}

export function topicsRead(run: Run, { topics }: Of<'topicsRead'>, answers: readonly ZkAnswer[]): void {
  next(run, { do: 'newPartitions', keys: topics.flatMap((topic, i) => learnTopic(run.state, topic, answers[i])) });
}

/** Before 2.7 leaders wrote their ISR into the state znode themselves and left a notice. */
export function isrChange(run: Run): void {
  ask(run, [read('children', ZNODES.isrChanges)], { do: 'isrChangesListed' });
}

export function isrChangesListed(run: Run, [listed]: readonly ZkAnswer[]): void {
  const names = listed?.children ?? [];
  const ops = names.map((name) => read('get', `${ZNODES.isrChanges}/${name}`));
  ask(run, ops, { do: 'isrChangesRead', names });
}

export function isrChangesRead(run: Run, { names }: Of<'isrChangesRead'>, answers: readonly ZkAnswer[]): void {
  const { state } = run;
  const noted = answers.flatMap((answer) => (answer.err === '' ? decodePartitions(answer.data ?? '') : [])).map(keyOf);
  const keys = [...new Set(noted)].filter((key) => state.partitions.has(key));
  if (keys.length > 0)
    next(run, { do: 'readStates', keys }, { do: 'updateMetadata', keys }, ...keys.map((key): Task => ({ do: 'reassign', key })));
  const deletes = names.map((name) => guarded(state, { op: 'delete', path: `${ZNODES.isrChanges}/${name}`, version: -1 }));
  ask(run, deletes, { do: 'ignoreAnswers' });
}

/** A leader changes ISRs by way of the controller (since 2.7). */
export function alterPartition(run: Run, { ticket, brokerId, brokerEpoch, partitions }: EventOf<'alterPartition'>): void {
  const { state } = run;
  const refuse = (error: ControllerError): void => void run.effects.push({ type: 'answer', ticket, answer: { error } });
  if (!isActiveController(state)) {
    refuse('NOT_CONTROLLER');
    return;
  }
  if (state.brokers.get(brokerId)?.epoch !== brokerEpoch) {
    refuse('STALE_BROKER_EPOCH');
    return;
  }
  const settled: AlterPartitionAnswer[] = [];
  const wanted: WantedState[] = [];
  for (const wish of partitions) {
    const known = state.partitions.get(keyOf(wish));
    const verdict = judge(state, brokerId, known, wish);
    const { topic, partition } = wish;
    if (verdict === 'change' && known) wanted.push(wantedOf(known, wish, brokerId));
    else if (verdict === 'same' && known) settled.push({ topic, partition, error: 'NONE', state: known });
    else if (verdict !== 'change' && verdict !== 'same') settled.push({ topic, partition, error: verdict });
  }
  ask(run, writes(state, wanted), { do: 'alterWritten', ticket, wanted, settled });
}

function wantedOf(known: Known, wish: AlterPartition, leader: number): WantedState {
  const leaderRecoveryState = wish.leaderRecoveryState ?? 'RECOVERED';
  const { leaderEpoch, partitionEpoch: version, newIsr: isr } = wish;
  return { key: keyOf(known), leader, isr, leaderEpoch, leaderRecoveryState, version, recipients: [] };
}

function judge(
  state: ZkController,
  broker: number,
  known: Known | undefined,
  wish: AlterPartition,
): Exclude<ControllerError, 'NONE'> | 'change' | 'same' {
  if (!known?.hasLeadership) return 'UNKNOWN_TOPIC_OR_PARTITION';
  if (wish.partitionEpoch > known.partitionEpoch || wish.leaderEpoch > known.leaderEpoch) return 'NOT_CONTROLLER';
  if (wish.leaderEpoch < known.leaderEpoch) return 'FENCED_LEADER_EPOCH';
  const recovery = wish.leaderRecoveryState ?? 'RECOVERED';
  // A request whose answer was lost comes again: what it wants has been done.
  if (broker === known.leader && sameIds(wish.newIsr, known.isr) && recovery === known.leaderRecoveryState) return 'same';
  if (wish.partitionEpoch < known.partitionEpoch) return 'INVALID_UPDATE_VERSION';
  if (recovery === 'RECOVERING' && (wish.newIsr.length > 1 || known.leaderRecoveryState === 'RECOVERED')) return 'INVALID_REQUEST';
  return wish.newIsr.every((id) => isReplicaOnline(state, id)) ? 'change' : 'INELIGIBLE_REPLICA';
}

export function alterWritten(run: Run, { ticket, wanted, settled }: Of<'alterWritten'>, answers: readonly ZkAnswer[]): void {
  const outcome = settle(run, wanted, answers);
  if (!outcome) {
    run.effects.push({ type: 'answer', ticket, answer: { error: 'NOT_CONTROLLER' } });
    return;
  }
  const done = outcome.done.map(({ known }): AlterPartitionAnswer => {
    return { topic: known.topic, partition: known.partition, error: 'NONE', state: known };
  });
  const late = knownOf(run.state, outcome.retry).map(({ topic, partition }): AlterPartitionAnswer => {
    return { topic, partition, error: 'INVALID_UPDATE_VERSION' };
  });
  const partitions = [...done, ...late, ...settled];
  run.effects.push({ type: 'answer', ticket, answer: { error: 'NONE', partitions } });
  const keys = wanted.map(({ key }) => key);
  const reassigned = outcome.done.filter(({ known }) => known.addingReplicas.length + known.removingReplicas.length > 0);
  next(run, { do: 'updateMetadata', keys }, ...reassigned.map(({ want }): Task => ({ do: 'reassign', key: want.key })));
}

/** An operator's elections. */
export function electLeaders(run: Run, { ticket, election, partitions }: EventOf<'electLeaders'>): void {
  const { state } = run;
  if (!isActiveController(state)) {
    run.effects.push({ type: 'answer', ticket, answer: { error: 'NOT_CONTROLLER' } });
    return;
  }
  const settled: ElectionResult[] = [];
  const keys: string[] = [];
  for (const { topic, partition } of partitions) {
    const known = state.partitions.get(keyOf({ topic, partition }));
    if (!known) settled.push({ topic, partition, error: 'UNKNOWN_TOPIC_OR_PARTITION' });
    else if (needs(state, known, election)) keys.push(keyOf(known));
    else settled.push({ topic, partition, error: 'ELECTION_NOT_NEEDED' });
  }
  const strategy = election === 'PREFERRED' ? 'preferred' : 'offline';
  next(
    run,
    { do: 'bringOnline', keys, strategy, allowUnclean: election === 'UNCLEAN' },
    { do: 'electionsDone', ticket, election, keys, settled },
  );
}

function needs(state: ZkController, known: Known, election: 'PREFERRED' | 'UNCLEAN'): boolean {
  if (election === 'PREFERRED') return known.leader !== known.replicas[0];
  return known.leader === NO_LEADER || !state.brokers.has(known.leader);
}

export function electionsDone(run: Run, { ticket, election, keys, settled }: Of<'electionsDone'>): void {
  const failure = election === 'PREFERRED' ? 'PREFERRED_LEADER_NOT_AVAILABLE' : 'ELIGIBLE_LEADERS_NOT_AVAILABLE';
  const results = knownOf(run.state, keys).map((known): ElectionResult => {
    const { topic, partition } = known;
    return { topic, partition, error: needs(run.state, known, election) ? failure : 'NONE' };
  });
  run.effects.push({ type: 'answer', ticket, answer: { error: 'NONE', results: [...results, ...settled] } });
}

/** /admin/preferred_replica_election: how tools asked before there was a request for it. */
export function preferredElectionNode(run: Run): void {
  const path = ZNODES.preferredElection;
  ask(run, [read('exists', path), read('get', path)], { do: 'electionNodeRead' });
}

export function electionNodeRead(run: Run, [, node]: readonly ZkAnswer[]): void {
  if (node?.err !== '') return;
  const keys = decodePartitions(node.data ?? '').map(keyOf);
  const electable = keys.filter((key) => knownOf(run.state, [key]).some((known) => needs(run.state, known, 'PREFERRED')));
  next(run, { do: 'bringOnline', keys: electable, strategy: 'preferred', allowUnclean: false }, { do: 'deleteElectionNode' });
}

export function deleteElectionNode(run: Run): void {
  const op = guarded(run.state, { op: 'delete', path: ZNODES.preferredElection, version: -1 });
  ask(run, [op], { do: 'event', event: { type: 'preferredElectionNode' } });
}

/** Partitions go back to their preferred leaders, broker by broker, where more than the allowed share has left it. */
export function rebalance(run: Run): void {
  const { state } = run;
  state.rebalanceAt = run.now + state.settings.rebalanceInterval;
  const byPreferred = new Map<number, Known[]>();
  for (const known of state.partitions.values()) {
    const preferred = known.replicas[0] ?? NO_LEADER;
    byPreferred.set(preferred, [...(byPreferred.get(preferred) ?? []), known]);
  }
  for (const [preferred, group] of [...byPreferred].sort(([a], [b]) => a - b)) {
    const away = group.filter((known) => known.hasLeadership && known.leader !== preferred);
    if (away.length * 100 <= state.settings.imbalancePercent * group.length) continue;
    const able = away.filter((known) => isReplicaOnline(state, preferred) && known.isr.includes(preferred));
    if (able.length > 0) next(run, { do: 'bringOnline', keys: able.map(keyOf), strategy: 'preferred', allowUnclean: false });
  }
}
