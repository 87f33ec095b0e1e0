import type { ControllerError } from '../errors.ts';
import type { BrokerId, PartitionRegistration } from '../image.ts';
import type { AlterPartitionAnswer } from '../kraft/alterPartition.ts';
import type { LiveBroker, ReplicaState, ZkController } from './context.ts';
import type { ElectionStrategy } from './elections.ts';
import type { ZkEffect, ZkEvent } from './events.ts';
import type { TopicPartition, ZkAnswer, ZkOp } from './zookeeper.ts';

/**
 * What is left to do for the event in hand, as plain data: Kafka's controller thread blocks on ZooKeeper's answers, this one
 * keeps its place on a stack of tasks. A task that asks ZooKeeper names the task that goes on with the answers.
 */
export type Task =
  | { readonly do: 'event'; readonly event: ZkEvent }
  // Registration and election of the controller.
  | { readonly do: 'register'; readonly session: number }
  | { readonly do: 'registered'; readonly session: number }
  | { readonly do: 'elect' }
  | { readonly do: 'electAfterController' }
  | { readonly do: 'electAfterEpoch' }
  | { readonly do: 'electWith'; readonly epoch: number; readonly version: number }
  | { readonly do: 'electDone'; readonly epoch: number }
  | { readonly do: 'electCheck'; readonly epoch: number }
  | { readonly do: 'maybeResign' }
  | { readonly do: 'maybeResignRead' }
  // Taking up office.
  | { readonly do: 'failover' }
  | { readonly do: 'failoverLists' }
  | { readonly do: 'failoverNodes'; readonly brokers: readonly BrokerId[]; readonly topics: readonly string[] }
  | { readonly do: 'failoverStart' }
  | { readonly do: 'ignoreAnswers' }
  // Partitions and replicas.
  | { readonly do: 'readStates'; readonly keys: readonly string[] }
  | { readonly do: 'statesRead'; readonly keys: readonly string[] }
  | { readonly do: 'newPartitions'; readonly keys: readonly string[] }
  | { readonly do: 'triggerOnline' }
  | ({ readonly do: 'bringOnline' } & Electing)
  | { readonly do: 'initialize'; readonly keys: readonly string[] }
  | { readonly do: 'initialized'; readonly keys: readonly string[] }
  | ({ readonly do: 'electRead' } & Electing)
  | ({ readonly do: 'electConfigs' } & Electing)
  | ({ readonly do: 'electChoose'; readonly topics: readonly string[] } & Electing)
  | ({ readonly do: 'electWritten'; readonly wanted: readonly WantedState[] } & Electing)
  | { readonly do: 'replicas'; readonly broker: BrokerId; readonly keys: readonly string[]; readonly target: ReplicaState }
  | { readonly do: 'isrWithout'; readonly broker: BrokerId; readonly keys: readonly string[] }
  | { readonly do: 'isrRemove'; readonly broker: BrokerId; readonly keys: readonly string[] }
  | { readonly do: 'isrWritten'; readonly broker: BrokerId; readonly wanted: readonly WantedState[] }
  | { readonly do: 'flush' }
  | { readonly do: 'updateMetadata'; readonly keys: readonly string[] }
  // Brokers come and go.
  | { readonly do: 'brokersListed' }
  | { readonly do: 'brokersRead'; readonly ids: readonly BrokerId[] }
  | { readonly do: 'brokersStarted'; readonly brokers: readonly LiveBroker[] }
  | { readonly do: 'brokersFailed'; readonly ids: readonly BrokerId[] }
  | { readonly do: 'stopFollowers'; readonly broker: BrokerId; readonly keys: readonly string[] }
  | { readonly do: 'shutdownDone'; readonly ticket: number; readonly broker: BrokerId }
  // Topics, ISRs, elections by wish, reassignment.
  | { readonly do: 'topicsListed' }
  | { readonly do: 'topicsRead'; readonly topics: readonly string[] }
  | { readonly do: 'topicDeletion' }
  | { readonly do: 'deletionsListed' }
  | { readonly do: 'deleteTopic'; readonly topic: string }
  | { readonly do: 'isrChangesListed' }
  | { readonly do: 'isrChangesRead'; readonly names: readonly string[] }
  | {
      readonly do: 'alterWritten';
      readonly ticket: number;
      readonly wanted: readonly WantedState[];
      readonly settled: readonly AlterPartitionAnswer[];
    }
  | { readonly do: 'electionNodeRead' }
  | { readonly do: 'deleteElectionNode' }
  | {
      readonly do: 'electionsDone';
      readonly ticket: number;
      readonly election: 'PREFERRED' | 'UNCLEAN';
      readonly keys: readonly string[];
      readonly settled: readonly ElectionResult[];
    }
  | { readonly do: 'writeAssignment'; readonly topic: string }
  | { readonly do: 'reassign'; readonly key: string }
  | { readonly do: 'bump'; readonly key: string; readonly newReplicas: readonly BrokerId[] }
  | { readonly do: 'bumped'; readonly key: string; readonly newReplicas: readonly BrokerId[]; readonly wanted: readonly WantedState[] }
  | { readonly do: 'deleteReplicas'; readonly key: string; readonly brokers: readonly BrokerId[] };

/** Partitions to be given a leader, and how. */
export interface Electing {
  readonly keys: readonly string[];
  readonly strategy: ElectionStrategy;
  /** Whatever the topic says: an operator has asked for it. */
  readonly allowUnclean: boolean;
}

export interface ElectionResult extends TopicPartition {
  readonly error: ControllerError;
}

/** A state that is being written: kept until ZooKeeper says whether it took it. */
export interface WantedState {
  readonly key: string;
  readonly leader: BrokerId;
  readonly isr: readonly BrokerId[];
  readonly leaderEpoch: number;
  readonly leaderRecoveryState: PartitionRegistration['leaderRecoveryState'];
  readonly version: number;
  /** Who is told. */
  readonly recipients: readonly BrokerId[];
}

/** One call's view of the machine: what a handler may do. */
export interface Run {
  readonly state: ZkController;
  readonly now: number;
  readonly effects: ZkEffect[];
}

/** Does these before everything that is left. */
export function next(run: Run, ...tasks: readonly Task[]): void {
  run.state.tasks = [...tasks, ...run.state.tasks];
}

/** Asks ZooKeeper; `then` goes on with the answers, in the order of the ops. Reads watch where a watch is wanted. */
export function ask(run: Run, ops: readonly ZkOp[], then: Task): void {
  const { state } = run;
  if (ops.length === 0) {
    next(run, then);
    return;
  }
  const firstXid = state.nextXid;
  const watched = ops.map((op) =>
    op.op === 'children' || op.op === 'get' || op.op === 'exists' ? { ...op, watch: wants(state, op) } : op,
  );
  state.nextXid += ops.length;
  state.awaiting = { firstXid, ops: watched, answers: ops.map(() => undefined), resume: then };
  for (const [i, op] of watched.entries()) run.effects.push({ type: 'zookeeper', xid: firstXid + i, op });
}

function wants(state: ZkController, op: { readonly op: string; readonly path: string }): boolean {
  return (op.op === 'children' ? state.childHandlers : state.nodeHandlers).includes(op.path);
}

export function read(op: 'get' | 'exists' | 'children', path: string): ZkOp {
  return { op, path, watch: false };
}

/** A write that only the present controller may do: it fails once /controller_epoch has moved on. */
export function guarded(state: ZkController, op: ZkOp): ZkOp {
  return { op: 'multi', ops: [{ op: 'check', path: '/controller_epoch', version: state.epochZkVersion }, op] };
}

/** True when the guard failed: another controller is in office. */
export function hasMoved(answer: ZkAnswer | undefined): boolean {
  const [guard] = answer?.results ?? [];
  return guard?.err === 'BAD_VERSION' || guard?.err === 'NO_NODE';
}

/** The answer to the op behind the guard. */
export function guardedAnswer(answer: ZkAnswer | undefined): ZkAnswer {
  if (!answer) return { err: 'NO_NODE' };
  return answer.results?.[1] ?? { err: answer.err };
}

/** Drops everything at hand: this controller has been replaced. */
export function controllerMoved(run: Run): void {
  dropTasks(run);
  run.state.tasks = [{ do: 'maybeResign' }];
}

/** Forgets what was left to do; whoever waits for an answer is told that this is no controller any more. */
export function dropTasks({ state, effects }: Run): void {
  const left = state.awaiting ? [state.awaiting.resume, ...state.tasks] : state.tasks;
  for (const task of left) if ('ticket' in task) effects.push({ type: 'answer', ticket: task.ticket, answer: { error: 'NOT_CONTROLLER' } });
  state.tasks = [];
  state.awaiting = undefined;
}
