import { addStopReplica, addUpdateMetadata, flush } from './batch.ts';
import { isActiveController, isReplicaOnline, keyOf, type LiveBroker, partitionsOn } from './context.ts';
import type { ZkEvent } from './events.ts';
import { knownOf } from './partitions.ts';
import { ask, next, type Run, read, type Task } from './tasks.ts';
import { brokerPath, decodeRack, type ZkAnswer, ZNODES } from './zookeeper.ts';

type Of<K extends Task['do']> = Extract<Task, { do: K }>;

/** The children of /brokers/ids have changed: watch them again, and find out who. */
export function brokerChange(run: Run): void {
  ask(run, [read('children', ZNODES.brokerIds)], { do: 'brokersListed' });
}

export function brokersListed(run: Run, [listed]: readonly ZkAnswer[]): void {
  const { state } = run;
  const ids = (listed?.children ?? []).map(Number).sort((a, b) => a - b);
  const paths = ids.map(brokerPath);
  state.nodeHandlers = [...state.nodeHandlers, ...paths.filter((path) => !state.nodeHandlers.includes(path))];
  ask(
    run,
    paths.map((path) => read('get', path)),
    { do: 'brokersRead', ids },
  );
}

export function brokersRead(run: Run, { ids }: Of<'brokersRead'>, answers: readonly ZkAnswer[]): void {
  const { brokers } = run.state;
  const present = ids.flatMap((id, i): LiveBroker[] => {
    const answer = answers[i];
    return answer?.err === '' && answer.stat ? [{ id, epoch: answer.stat.czxid, rack: decodeRack(answer.data ?? '') }] : [];
  });
  const started = present.filter(({ id }) => !brokers.has(id));
  // Gone and back between two looks: it has lost what it knew, so it fails first.
  const bounced = present.filter(({ id, epoch }) => (brokers.get(id)?.epoch ?? epoch) < epoch);
  const dead = [...brokers.keys()].filter((id) => !present.some((one) => one.id === id)).sort((a, b) => a - b);
  const tasks: Task[] = [];
  if (started.length > 0) tasks.push({ do: 'brokersStarted', brokers: started });
  if (bounced.length > 0) tasks.push({ do: 'brokersFailed', ids: bounced.map(({ id }) => id) }, { do: 'brokersStarted', brokers: bounced });
  if (dead.length > 0) tasks.push({ do: 'brokersFailed', ids: dead });
  next(run, ...tasks);
}

/** Others learn that they are there, they learn of everything; then their replicas follow, and partitions without leader try again. */
export function brokersStarted(run: Run, { brokers }: Of<'brokersStarted'>): void {
  const { state } = run;
  const existing = [...state.brokers.keys()];
  const ids = brokers.map(({ id }) => id);
  for (const broker of brokers) state.brokers.set(broker.id, broker);
  addUpdateMetadata(state, existing, []);
  flush(run);
  addUpdateMetadata(state, ids, [...state.partitions.values()]);
  flush(run);
  const online = ids.map(
    (broker): Task => ({ do: 'replicas', broker, keys: partitionsOn(state, broker).map(keyOf), target: 'OnlineReplica' }),
  );
  const resumed = [...state.partitions.values()].filter(
    (known) => known.addingReplicas.length + known.removingReplicas.length > 0 && known.replicas.some((id) => ids.includes(id)),
  );
  next(run, ...online, { do: 'flush' }, { do: 'triggerOnline' }, ...resumed.map((known): Task => ({ do: 'reassign', key: keyOf(known) })), {
    do: 'topicDeletion',
  });
}

/** Partitions that they led are offline, get new leaders where possible; then they leave all ISRs. */
export function brokersFailed(run: Run, { ids }: Of<'brokersFailed'>): void {
  const { state } = run;
  for (const id of ids) state.brokers.delete(id);
  state.shuttingDown = state.shuttingDown.filter((id) => !ids.includes(id));
  const paths = ids.map(brokerPath);
  state.nodeHandlers = state.nodeHandlers.filter((path) => !paths.includes(path));
  for (const [key, known] of state.partitions)
    if (known.hasLeadership && !isReplicaOnline(state, known.leader)) state.partitionStates.set(key, 'OfflinePartition');
  const offline = ids.map(
    (broker): Task => ({ do: 'replicas', broker, keys: partitionsOn(state, broker).map(keyOf), target: 'OfflineReplica' }),
  );
  const isIdle = offline.every((task) => task.do === 'replicas' && task.keys.length === 0);
  next(run, { do: 'triggerOnline' }, ...offline, { do: 'flush' }, ...(isIdle ? [{ do: 'updateMetadata', keys: [] } as const] : []));
}

/** A broker wants to stop: others lead its partitions first, then it leaves the ISRs of those that it follows. */
export function controlledShutdown(run: Run, { ticket, brokerId, brokerEpoch }: Extract<ZkEvent, { type: 'controlledShutdown' }>): void {
  const { state } = run;
  const broker = state.brokers.get(brokerId);
  if (!isActiveController(state)) run.effects.push({ type: 'answer', ticket, answer: { error: 'NOT_CONTROLLER' } });
  else if (!broker) run.effects.push({ type: 'answer', ticket, answer: { error: 'BROKER_NOT_AVAILABLE' } });
  else if (brokerEpoch < broker.epoch) run.effects.push({ type: 'answer', ticket, answer: { error: 'STALE_BROKER_EPOCH' } });
  else {
    if (!state.shuttingDown.includes(brokerId)) state.shuttingDown = [...state.shuttingDown, brokerId];
    const moving = partitionsOn(state, brokerId).filter((known) => known.replicas.length > 1 && known.hasLeadership);
    const keysOf = (leads: boolean): readonly string[] => moving.filter((known) => (known.leader === brokerId) === leads).map(keyOf);
    const [led, followed] = [keysOf(true), keysOf(false)];
    next(
      run,
      { do: 'bringOnline', keys: led, strategy: 'controlledShutdown', allowUnclean: false },
      { do: 'stopFollowers', broker: brokerId, keys: followed },
      { do: 'replicas', broker: brokerId, keys: followed, target: 'OfflineReplica' },
      { do: 'flush' },
      { do: 'shutdownDone', ticket, broker: brokerId },
    );
  }
}

export function stopFollowers(run: Run, { broker, keys }: Of<'stopFollowers'>): void {
  for (const known of knownOf(run.state, keys)) addStopReplica(run.state, broker, known, false);
  flush(run);
}

export function shutdownDone(run: Run, { ticket, broker }: Of<'shutdownDone'>): void {
  const led = partitionsOn(run.state, broker).filter((known) => known.leader === broker && known.replicas.length > 1);
  const remaining = led.map(({ topic, partition }) => ({ topic, partition }));
  run.effects.push({ type: 'answer', ticket, answer: { error: 'NONE', remaining } });
}
