import { NO_LEADER } from '../image.ts';
import { addLeaderAndIsr, addUpdateMetadata, flush } from './batch.ts';
import { isReplicaOnline, type Known, replicaKey, type ZkController } from './context.ts';
import { type Candidates, type ElectionStrategy, electZkLeader } from './elections.ts';
import {
  ask,
  controllerMoved,
  type Electing,
  guarded,
  guardedAnswer,
  hasMoved,
  next,
  type Run,
  read,
  type Task,
  type WantedState,
} from './tasks.ts';
import {
  decodeConfigs,
  decodeState,
  encodeState,
  partitionPath,
  statePath,
  topicConfigPath,
  topicPath,
  type ZkAnswer,
  type ZkOp,
} from './zookeeper.ts';

type Of<K extends Task['do']> = Extract<Task, { do: K }>;

export function knownOf(state: ZkController, keys: readonly string[]): readonly Known[] {
  return keys.flatMap((key) => state.partitions.get(key) ?? []);
}

export function readStates(run: Run, { keys }: Of<'readStates'>): void {
  const present = keys.filter((key) => run.state.partitions.has(key));
  const paths = knownOf(run.state, present).map((known) => statePath(known.topic, known.partition));
  ask(
    run,
    paths.map((path) => read('get', path)),
    { do: 'statesRead', keys: present },
  );
}

export function statesRead(run: Run, { keys }: Of<'statesRead'>, answers: readonly ZkAnswer[]): void {
  for (const [i, key] of keys.entries()) learnState(run.state, key, answers[i]);
}

/** Takes over what the state znode says. False when it is missing or written by a later controller. */
export function learnState(state: ZkController, key: string, answer: ZkAnswer | undefined): boolean {
  const known = state.partitions.get(key);
  if (!known || answer?.err !== '' || typeof answer.data !== 'string') return false;
  const read = decodeState(answer.data);
  if (read.controllerEpoch > state.epoch) return false;
  state.partitions.set(key, { ...known, ...read, partitionEpoch: answer.stat?.version ?? 0, hasLeadership: true });
  return true;
}

/** Partitions that nobody has seen before: all their replicas are new. */
export function newPartitions(run: Run, { keys }: Of<'newPartitions'>): void {
  const { state } = run;
  for (const key of keys) {
    state.partitionStates.set(key, 'NewPartition');
    for (const id of state.partitions.get(key)?.replicas ?? []) state.replicaStates.set(replicaKey(key, id), 'OnlineReplica');
  }
  if (keys.length > 0) next(run, { do: 'bringOnline', keys, strategy: 'offline', allowUnclean: false });
}

/** Tries again with every partition that has no leader. */
export function triggerOnline(run: Run): void {
  const keys = [...run.state.partitionStates].filter(([, value]) => value !== 'OnlinePartition').map(([key]) => key);
  if (keys.length > 0) next(run, { do: 'bringOnline', keys, strategy: 'offline', allowUnclean: false });
}

export function bringOnline(run: Run, { keys, strategy, allowUnclean }: Of<'bringOnline'>): void {
  const isNew = (key: string): boolean => run.state.partitionStates.get(key) === 'NewPartition';
  const electable = keys.filter((key) => !isNew(key) && run.state.partitionStates.has(key));
  const tasks: Task[] = [{ do: 'initialize', keys: keys.filter(isNew) }];
  next(run, ...tasks, { do: 'electRead', keys: electable, strategy, allowUnclean }, { do: 'flush' });
}

function liveReplicas(state: ZkController, known: Known, orShuttingDown = false): readonly number[] {
  return known.replicas.filter((id) => isReplicaOnline(state, id, orShuttingDown));
}

/** The first state of new partitions: every living replica is in sync, the first of them leads. */
export function initialize(run: Run, { keys }: Of<'initialize'>): void {
  const { state } = run;
  const ready = keys.filter((key) => knownOf(state, [key]).some((known) => liveReplicas(state, known).length > 0));
  for (const known of knownOf(
    state,
    keys.filter((key) => !ready.includes(key)),
  ))
    failed(run, known, 'no-live-replica');
  const partitions = knownOf(state, ready);
  const create = (path: string, data = ''): ZkOp => guarded(state, { op: 'create', path, data, mode: 'PERSISTENT' });
  const parents = [...new Set(partitions.map(({ topic }) => `${topicPath(topic)}/partitions`))];
  const ops = [
    ...parents.map((path) => create(path)),
    ...partitions.map((known) => create(partitionPath(known.topic, known.partition))),
    ...partitions.map((known) => create(statePath(known.topic, known.partition), encodeState(firstState(state, known)))),
  ];
  ask(run, ops, { do: 'initialized', keys: ready });
}

function firstState(state: ZkController, known: Known): Known {
  const isr = liveReplicas(state, known);
  const controllerEpoch = state.epoch;
  return { ...known, isr, leader: isr[0] ?? NO_LEADER, leaderEpoch: 0, partitionEpoch: 0, controllerEpoch, hasLeadership: true };
}

export function initialized(run: Run, { keys }: Of<'initialized'>, answers: readonly ZkAnswer[]): void {
  const { state } = run;
  const written = answers.slice(answers.length - keys.length);
  if (written.some(hasMoved)) {
    controllerMoved(run);
    return;
  }
  for (const [i, known] of knownOf(state, keys).entries()) {
    const key = keys[i] ?? '';
    if (guardedAnswer(written[i]).err !== '') continue;
    const first = firstState(state, known);
    state.partitions.set(key, first);
    state.partitionStates.set(key, 'OnlinePartition');
    addLeaderAndIsr(state, first.isr, first, true);
    elected(run, first, 'new');
  }
}

export function electRead(run: Run, { keys, strategy, allowUnclean }: Of<'electRead'>): void {
  const ops = knownOf(run.state, keys).map(({ topic, partition }) => read('get', statePath(topic, partition)));
  ask(run, ops, { do: 'electConfigs', keys, strategy, allowUnclean });
}

/** Whether an unclean election is allowed is asked of ZooKeeper only where no member of the ISR is alive. */
export function electConfigs(run: Run, task: Of<'electConfigs'>, answers: readonly ZkAnswer[]): void {
  const { state } = run;
  const keys = task.keys.filter((key, i) => learnState(state, key, answers[i]));
  for (const known of knownOf(
    state,
    task.keys.filter((key) => !keys.includes(key)),
  ))
    failed(run, known, 'no-state');
  const needy = task.strategy === 'offline' && !task.allowUnclean;
  const stranded = knownOf(state, keys).filter((known) => !known.isr.some((id) => isReplicaOnline(state, id)));
  const topics = needy ? [...new Set(stranded.map(({ topic }) => topic))] : [];
  const { strategy, allowUnclean } = task;
  ask(
    run,
    topics.map((topic) => read('get', topicConfigPath(topic))),
    { do: 'electChoose', keys, strategy, allowUnclean, topics },
  );
}

export function electChoose(run: Run, task: Of<'electChoose'>, answers: readonly ZkAnswer[]): void {
  const { state } = run;
  const wanted: WantedState[] = [];
  for (const [i, known] of knownOf(state, task.keys).entries()) {
    const want = choose(state, known, task, mayElectUncleanly(state, known.topic, task, answers));
    if (want) wanted.push({ key: task.keys[i] ?? '', ...want });
    else failed(run, known, task.strategy);
  }
  const { keys, strategy, allowUnclean } = task;
  ask(run, writes(state, wanted), { do: 'electWritten', keys, strategy, allowUnclean, wanted });
}

function mayElectUncleanly(state: ZkController, topic: string, task: Of<'electChoose'>, answers: readonly ZkAnswer[]): boolean {
  if (task.allowUnclean) return true;
  const data = answers[task.topics.indexOf(topic)]?.data;
  const configs = typeof data === 'string' ? decodeConfigs(data) : {};
  return (configs['unclean.leader.election.enable'] ?? `${state.settings.uncleanLeaderElection}`) === 'true';
}

function choose(state: ZkController, known: Known, { strategy }: Electing, unclean: boolean): Omit<WantedState, 'key'> | undefined {
  const isShutdown = strategy === 'controlledShutdown';
  const replicas = strategy === 'reassign' ? known.replicas.filter((id) => !known.removingReplicas.includes(id)) : known.replicas;
  const live = replicas.filter((id) => isReplicaOnline(state, id, isShutdown));
  const candidates: Candidates = { replicas, isr: known.isr, live, shuttingDown: state.shuttingDown, mayElectUncleanly: unclean };
  const result = electZkLeader(strategy, candidates);
  if (!result) return undefined;
  const leaderRecoveryState = result.unclean ? 'RECOVERING' : known.leaderRecoveryState;
  const recipients = told(strategy, live, replicas);
  const { leader, isr } = result;
  return { leader, isr, leaderEpoch: known.leaderEpoch + 1, leaderRecoveryState, version: known.partitionEpoch, recipients };
}

function told(strategy: ElectionStrategy, live: readonly number[], replicas: readonly number[]): readonly number[] {
  return strategy === 'preferred' || strategy === 'reassign' ? replicas : live;
}

/** State znodes are set only if nobody has set them since they were read. */
export function writes(state: ZkController, wanted: readonly WantedState[]): readonly ZkOp[] {
  return wanted.flatMap((want) => {
    const known = state.partitions.get(want.key);
    if (!known) return [];
    const data = encodeState({ ...want, controllerEpoch: state.epoch });
    return [guarded(state, { op: 'set', path: statePath(known.topic, known.partition), data, version: want.version })];
  });
}

/** Sorts what ZooKeeper said of writes: taken over, to be tried again, or (false) all in vain as another controller is in office. */
export function settle(
  run: Run,
  wanted: readonly WantedState[],
  answers: readonly ZkAnswer[],
): { readonly done: readonly { readonly want: WantedState; readonly known: Known }[]; readonly retry: readonly string[] } | false {
  const { state } = run;
  if (answers.some(hasMoved)) {
    controllerMoved(run);
    return false;
  }
  const done: { want: WantedState; known: Known }[] = [];
  const retry: string[] = [];
  for (const [i, want] of wanted.entries()) {
    const before = state.partitions.get(want.key);
    const answer = guardedAnswer(answers[i]);
    if (!before) continue;
    if (answer.err === 'BAD_VERSION') retry.push(want.key);
    if (answer.err !== '') continue;
    const { leader, isr, leaderEpoch, leaderRecoveryState } = want;
    const partitionEpoch = answer.stat?.version ?? want.version + 1;
    const known = { ...before, leader, isr, leaderEpoch, leaderRecoveryState, partitionEpoch, controllerEpoch: state.epoch };
    state.partitions.set(want.key, known);
    done.push({ want, known });
  }
  return { done, retry };
}

export function electWritten(run: Run, { strategy, allowUnclean, wanted }: Of<'electWritten'>, answers: readonly ZkAnswer[]): void {
  const settled = settle(run, wanted, answers);
  if (!settled) return;
  for (const { want, known } of settled.done) {
    run.state.partitionStates.set(want.key, 'OnlinePartition');
    addLeaderAndIsr(run.state, want.recipients, known, false);
    elected(run, known, known.leaderRecoveryState === 'RECOVERING' ? 'unclean' : strategy);
  }
  if (settled.retry.length > 0) next(run, { do: 'electRead', keys: settled.retry, strategy, allowUnclean });
}

export function updateMetadata(run: Run, { keys }: Of<'updateMetadata'>): void {
  addUpdateMetadata(run.state, [...run.state.brokers.keys()], knownOf(run.state, keys));
  flush(run);
}

export function elected(run: Run, { hasLeadership: _, ...state }: Known, why: string): void {
  run.effects.push({ type: 'elected', topic: state.topic, partition: state.partition, why, state });
}

function failed(run: Run, { topic, partition }: Known, why: string): void {
  run.effects.push({ type: 'electionFailed', topic, partition, why });
}
