import { NO_LEADER } from '../image.ts';
import { addLeaderAndIsr, addStopReplica, addUpdateMetadata } from './batch.ts';
import { type Known, replicaKey } from './context.ts';
import { elected, knownOf, learnState, settle, writes } from './partitions.ts';
import { ask, next, type Run, read, type Task, type WantedState } from './tasks.ts';
import { statePath, type ZkAnswer } from './zookeeper.ts';

type Of<K extends Task['do']> = Extract<Task, { do: K }>;

/** Brings one broker's replicas to a state. What that tells brokers is sent by the `flush` that follows. */
export function replicas(run: Run, { broker, keys, target }: Of<'replicas'>): void {
  const { state } = run;
  for (const key of keys) {
    state.replicaStates.set(replicaKey(key, broker), target);
    const known = state.partitions.get(key);
    if (!known) continue;
    if (target === 'OfflineReplica') {
      addStopReplica(state, broker, known, false);
      if (!known.hasLeadership) addUpdateMetadata(state, [...state.brokers.keys()], [known]);
    } else if (known.hasLeadership) addLeaderAndIsr(state, [broker], known, target === 'NewReplica');
  }
  if (target !== 'OfflineReplica') return;
  const led = keys.filter((key) => state.partitions.get(key)?.hasLeadership);
  if (led.length > 0) next(run, { do: 'isrWithout', broker, keys: led });
}

export function isrWithout(run: Run, { broker, keys }: Of<'isrWithout'>): void {
  const ops = knownOf(run.state, keys).map(({ topic, partition }) => read('get', statePath(topic, partition)));
  ask(run, ops, { do: 'isrRemove', broker, keys });
}

/** The replica leaves the ISR, except as its last member: then only the leader goes, and nobody else may take over cleanly. */
export function isrRemove(run: Run, { broker, keys }: Of<'isrRemove'>, answers: readonly ZkAnswer[]): void {
  const { state } = run;
  const wanted: WantedState[] = [];
  for (const [i, key] of keys.entries()) {
    if (!learnState(state, key, answers[i])) continue;
    const known = state.partitions.get(key);
    if (!known) continue;
    if (!known.isr.includes(broker)) {
      addLeaderAndIsr(state, others(known, broker), known, false);
      continue;
    }
    wanted.push({
      key,
      leader: known.leader === broker ? NO_LEADER : known.leader,
      isr: known.isr.length === 1 ? known.isr : known.isr.filter((id) => id !== broker),
      leaderEpoch: known.leaderEpoch + 1,
      leaderRecoveryState: known.leaderRecoveryState,
      version: known.partitionEpoch,
      recipients: others(known, broker),
    });
  }
  ask(run, writes(state, wanted), { do: 'isrWritten', broker, wanted });
}

function others(known: Known, broker: number): readonly number[] {
  return known.replicas.filter((id) => id !== broker);
}

export function isrWritten(run: Run, { broker, wanted }: Of<'isrWritten'>, answers: readonly ZkAnswer[]): void {
  const settled = settle(run, wanted, answers);
  if (!settled) return;
  for (const { want, known } of settled.done) {
    addLeaderAndIsr(run.state, want.recipients, known, false);
    elected(run, known, 'replica-offline');
  }
  if (settled.retry.length > 0) next(run, { do: 'isrWithout', broker, keys: settled.retry });
}
