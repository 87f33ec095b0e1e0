import { NO_LEADER } from '../image.ts';
import { addUpdateMetadata, flush } from './batch.ts';
import { forget, isActiveController, isReplicaOnline, type Known, keyOf, partitionsOn, replicaKey, type ZkController } from './context.ts';
import { ask, next, type Run, read, type Task } from './tasks.ts';
import {
  type Assignment,
  brokerPath,
  decodeController,
  decodeRack,
  decodeTopic,
  encodeBroker,
  encodeController,
  topicPath,
  type ZkAnswer,
  ZNODES,
} from './zookeeper.ts';

type Of<K extends Task['do']> = Extract<Task, { do: K }>;

/** A broker's ephemeral znode; the transaction that made it is the broker's epoch. */
export function register(run: Run, { session }: Of<'register'>): void {
  const { brokerId, rack } = run.state.settings;
  const path = brokerPath(brokerId);
  ask(run, [{ op: 'create', path, data: encodeBroker(rack), mode: 'EPHEMERAL' }, read('get', path)], { do: 'registered', session });
}

export function registered(run: Run, { session }: Of<'registered'>, [created, got]: readonly ZkAnswer[]): void {
  const isOwn = created?.err === '' || got?.stat?.ephemeralOwner === session;
  if (isOwn && got?.stat) {
    run.effects.push({ type: 'registered', brokerEpoch: got.stat.czxid });
    return;
  }
  // The znode of a former life is still there: its session has to end first.
  run.state.tasks = [];
  run.effects.push({ type: 'registrationRefused' });
}

/** Whoever creates /controller first is it. */
export function elect(run: Run): void {
  ask(run, [read('get', ZNODES.controller)], { do: 'electAfterController' });
}

export function electAfterController(run: Run, [controller]: readonly ZkAnswer[]): void {
  run.state.activeId = controllerIn(controller);
  if (run.state.activeId === NO_LEADER) ask(run, [read('get', ZNODES.controllerEpoch)], { do: 'electAfterEpoch' });
}

function controllerIn(answer: ZkAnswer | undefined): number {
  return answer?.err === '' && typeof answer.data === 'string' ? decodeController(answer.data) : NO_LEADER;
}

export function electAfterEpoch(run: Run, answers: readonly ZkAnswer[]): void {
  const node = answers.at(-1);
  if (node?.err === '' && node.stat) next(run, { do: 'electWith', epoch: Number(node.data ?? 0), version: node.stat.version });
  else {
    // The very first election of the cluster. Somebody else may create it at the same moment: what is read then counts.
    const create = { op: 'create', path: ZNODES.controllerEpoch, data: '0', mode: 'PERSISTENT' } as const;
    ask(run, [create, read('get', ZNODES.controllerEpoch)], { do: 'electAfterEpoch' });
  }
}

export function electWith(run: Run, { epoch, version }: Of<'electWith'>): void {
  const ops = [
    { op: 'create', path: ZNODES.controller, data: encodeController(run.state.settings.brokerId), mode: 'EPHEMERAL' },
    { op: 'set', path: ZNODES.controllerEpoch, data: `${epoch + 1}`, version },
  ] as const;
  ask(run, [{ op: 'multi', ops }], { do: 'electDone', epoch: epoch + 1 });
}

export function electDone(run: Run, { epoch }: Of<'electDone'>, [multi]: readonly ZkAnswer[]): void {
  const stat = multi?.err === '' ? multi.results?.[1]?.stat : undefined;
  if (stat) takeOffice(run, epoch, stat.version);
  // Perhaps the first try did succeed and only its answer was lost.
  else ask(run, [read('get', ZNODES.controller), read('get', ZNODES.controllerEpoch)], { do: 'electCheck', epoch });
}

export function electCheck(run: Run, { epoch }: Of<'electCheck'>, [controller, node]: readonly ZkAnswer[]): void {
  const isOwn = controllerIn(controller) === run.state.settings.brokerId && Number(node?.data ?? -1) === epoch;
  if (isOwn && node?.stat) takeOffice(run, epoch, node.stat.version);
  else next(run, { do: 'maybeResign' });
}

function takeOffice(run: Run, epoch: number, version: number): void {
  const { state } = run;
  state.epoch = epoch;
  state.epochZkVersion = version;
  state.activeId = state.settings.brokerId;
  run.effects.push({ type: 'controller', active: true, epoch });
  next(run, { do: 'failover' });
}

/** Looks (and watches) who is in office; lays it down when it is somebody else. */
export function maybeResign(run: Run): void {
  if (!run.state.nodeHandlers.includes(ZNODES.controller)) run.state.nodeHandlers = [...run.state.nodeHandlers, ZNODES.controller];
  ask(run, [read('exists', ZNODES.controller), read('get', ZNODES.controller)], { do: 'maybeResignRead' });
}

export function maybeResignRead(run: Run, [, controller]: readonly ZkAnswer[]): void {
  const wasActive = isActiveController(run.state);
  run.state.activeId = controllerIn(controller);
  if (wasActive && !isActiveController(run.state)) resign(run);
}

export function resign(run: Run): void {
  const { epoch } = run.state;
  forget(run.state);
  run.effects.push({ type: 'controller', active: false, epoch });
}

/** The new controller watches everything, then reads everything. */
export function failover(run: Run): void {
  const { state } = run;
  state.childHandlers = [ZNODES.brokerIds, ZNODES.topics, ZNODES.deleteTopics, ZNODES.logDirEvents, ZNODES.isrChanges];
  state.nodeHandlers = [...state.nodeHandlers, ZNODES.preferredElection, ZNODES.reassignment];
  const lists = state.childHandlers.map((path) => read('children', path));
  ask(run, [...lists, read('exists', ZNODES.preferredElection), read('exists', ZNODES.reassignment)], { do: 'failoverLists' });
}

export function failoverLists(run: Run, [ids, topics, , , isrChanges]: readonly ZkAnswer[]): void {
  const { state } = run;
  const brokers = (ids?.children ?? []).map(Number).sort((a, b) => a - b);
  const names = topics?.children ?? [];
  state.nodeHandlers = [...state.nodeHandlers, ...brokers.map(brokerPath), ...names.map(topicPath)];
  // What the notices are about is read anyway.
  const stale = (isrChanges?.children ?? []).map((name) => ({ op: 'delete', path: `${ZNODES.isrChanges}/${name}`, version: -1 }) as const);
  const reads = [...brokers.map(brokerPath), ...names.map(topicPath)].map((path) => read('get', path));
  ask(run, [...reads, ...stale], { do: 'failoverNodes', brokers, topics: names });
}

export function failoverNodes(run: Run, { brokers, topics }: Of<'failoverNodes'>, answers: readonly ZkAnswer[]): void {
  const { state } = run;
  for (const [i, id] of brokers.entries()) addBroker(state, id, answers[i]);
  const keys = topics.flatMap((topic, i) => learnTopic(state, topic, answers[brokers.length + i]));
  next(run, { do: 'readStates', keys }, { do: 'failoverStart' });
}

export function addBroker(state: ZkController, id: number, answer: ZkAnswer | undefined): void {
  if (answer?.err !== '' || !answer.stat) return;
  state.brokers.set(id, { id, epoch: answer.stat.czxid, rack: decodeRack(answer.data ?? '') });
}

/** Learns a topic's partitions from its znode; returns those that were not known. */
export function learnTopic(state: ZkController, topic: string, answer: ZkAnswer | undefined): readonly string[] {
  if (answer?.err !== '' || typeof answer.data !== 'string') return [];
  const added: string[] = [];
  for (const [partition, assignment] of decodeTopic(answer.data).entries()) {
    const known = unledPartition(topic, partition, assignment);
    const key = keyOf(known);
    if (state.partitions.has(key)) continue;
    state.partitions.set(key, known);
    added.push(key);
  }
  return added;
}

function unledPartition(topic: string, partition: number, assignment: Assignment): Known {
  const none: readonly number[] = [];
  return {
    topic,
    partition,
    ...assignment,
    isr: none,
    leader: NO_LEADER,
    leaderEpoch: 0,
    partitionEpoch: 0,
    leaderRecoveryState: 'RECOVERED',
    elr: none,
    lastKnownElr: none,
    controllerEpoch: 0,
    hasLeadership: false,
  };
}

/** All is known: tell the brokers of each other, then bring replicas and partitions to their states. */
export function failoverStart(run: Run): void {
  const { state } = run;
  addUpdateMetadata(state, [...state.brokers.keys()], []);
  flush(run);
  for (const [key, known] of state.partitions) {
    for (const id of known.replicas)
      state.replicaStates.set(replicaKey(key, id), isReplicaOnline(state, id) ? 'OnlineReplica' : 'ReplicaDeletionIneligible');
    const isLed = known.hasLeadership && isReplicaOnline(state, known.leader);
    state.partitionStates.set(key, !known.hasLeadership ? 'NewPartition' : isLed ? 'OnlinePartition' : 'OfflinePartition');
  }
  const online = [...state.brokers.keys()].map(
    (broker): Task => ({ do: 'replicas', broker, keys: partitionsOn(state, broker).map(keyOf), target: 'OnlineReplica' }),
  );
  const everyone = new Set([...state.partitions.values()].flatMap(({ replicas }) => replicas));
  const dead = state.settings.retiresAtFailover ? [...everyone].filter((id) => !isReplicaOnline(state, id)).sort((a, b) => a - b) : [];
  const offline = dead.map(
    (broker): Task => ({ do: 'replicas', broker, keys: partitionsOn(state, broker).map(keyOf), target: 'OfflineReplica' }),
  );
  const reassigned = [...state.partitions].filter(([, known]) => known.addingReplicas.length + known.removingReplicas.length > 0);
  const resume = reassigned.map(([key]): Task => ({ do: 'reassign', key }));
  next(
    run,
    ...online,
    { do: 'flush' },
    ...offline,
    { do: 'flush' },
    { do: 'triggerOnline' },
    ...resume,
    { do: 'topicDeletion' },
    { do: 'event', event: { type: 'preferredElectionNode' } },
  );
  if (state.settings.autoLeaderRebalance) state.rebalanceAt = run.now + state.settings.firstRebalance;
}
