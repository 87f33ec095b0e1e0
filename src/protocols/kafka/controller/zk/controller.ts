import { assert } from '../../../../base/index.ts';
import { NO_LEADER } from '../image.ts';
import { flush } from './batch.ts';
import * as brokers from './brokers.ts';
import { isActiveController, type ZkController } from './context.ts';
import * as deletion from './deletion.ts';
import type { ZkEffect, ZkEvent } from './events.ts';
import * as office from './office.ts';
import * as partitions from './partitions.ts';
import * as reassign from './reassign.ts';
import * as replicas from './replicas.ts';
import { controllerMoved, dropTasks, hasMoved, next, type Run, type Task } from './tasks.ts';
import * as topics from './topics.ts';
import { type ZkAnswer, type ZkWatchEvent, ZNODES } from './zookeeper.ts';

type Handler<T> = (run: Run, task: T, answers: readonly ZkAnswer[]) => void;

const TASKS: { readonly [K in Task['do']]: Handler<Extract<Task, { do: K }>> } = {
  event: (run, { event }) => begin(run, event),
  register: office.register,
  registered: office.registered,
  elect: office.elect,
  electAfterController: (run, _, answers) => office.electAfterController(run, answers),
  electAfterEpoch: (run, _, answers) => office.electAfterEpoch(run, answers),
  electWith: office.electWith,
  electDone: office.electDone,
  electCheck: office.electCheck,
  maybeResign: office.maybeResign,
  maybeResignRead: (run, _, answers) => office.maybeResignRead(run, answers),
  failover: office.failover,
  failoverLists: (run, _, answers) => office.failoverLists(run, answers),
  failoverNodes: office.failoverNodes,
  failoverStart: office.failoverStart,
  ignoreAnswers: (run, _, answers) => void (answers.some(hasMoved) && controllerMoved(run)),
  readStates: partitions.readStates,
  statesRead: partitions.statesRead,
  newPartitions: partitions.newPartitions,
  triggerOnline: partitions.triggerOnline,
  bringOnline: partitions.bringOnline,
  initialize: partitions.initialize,
  initialized: partitions.initialized,
  electRead: partitions.electRead,
  electConfigs: partitions.electConfigs,
  electChoose: partitions.electChoose,
  electWritten: partitions.electWritten,
  replicas: replicas.replicas,
  isrWithout: replicas.isrWithout,
  isrRemove: replicas.isrRemove,
  isrWritten: replicas.isrWritten,
  flush,
  updateMetadata: partitions.updateMetadata,
  brokersListed: (run, _, answers) => brokers.brokersListed(run, answers),
  brokersRead: brokers.brokersRead,
  brokersStarted: brokers.brokersStarted,
  brokersFailed: brokers.brokersFailed,
  stopFollowers: brokers.stopFollowers,
  shutdownDone: brokers.shutdownDone,
  topicsListed: (run, _, answers) => topics.topicsListed(run, answers),
  topicsRead: topics.topicsRead,
  topicDeletion: deletion.topicDeletion,
  deletionsListed: (run, _, answers) => deletion.deletionsListed(run, answers),
  deleteTopic: deletion.deleteTopic,
  isrChangesListed: (run, _, answers) => topics.isrChangesListed(run, answers),
  isrChangesRead: topics.isrChangesRead,
  alterWritten: topics.alterWritten,
  electionNodeRead: (run, _, answers) => topics.electionNodeRead(run, answers),
  deleteElectionNode: topics.deleteElectionNode,
  electionsDone: topics.electionsDone,
  writeAssignment: reassign.writeAssignment,
  reassign: reassign.reassign,
  bump: reassign.bump,
  bumped: reassign.bumped,
  deleteReplicas: reassign.deleteReplicas,
};

function begin(run: Run, event: ZkEvent): void {
  switch (event.type) {
    case 'startup':
    case 'registerAndReelect':
      // The broker is in the list before it runs for controller.
      next(run, { do: 'register', session: event.session }, { do: 'maybeResign' }, { do: 'elect' });
      break;
    case 'controllerChange':
      next(run, { do: 'maybeResign' });
      break;
    case 'reelect':
      next(run, { do: 'maybeResign' }, { do: 'elect' });
      break;
    case 'controlledShutdown':
      brokers.controlledShutdown(run, event);
      break;
    case 'alterPartition':
      topics.alterPartition(run, event);
      break;
    case 'electLeaders':
      topics.electLeaders(run, event);
      break;
    case 'reassign':
      reassign.reassignEvent(run, event);
      break;
    default:
      if (isActiveController(run.state)) beginInOffice(run, event);
  }
}

function beginInOffice(run: Run, event: ZkEvent): void {
  switch (event.type) {
    case 'brokerChange':
      brokers.brokerChange(run);
      break;
    case 'topicChange':
      topics.topicChange(run);
      break;
    case 'partitionModifications':
      topics.readTopics(run, [event.topic]);
      break;
    case 'topicDeletion':
      deletion.topicDeletion(run);
      break;
    case 'isrChange':
      topics.isrChange(run);
      break;
    case 'preferredElectionNode':
      topics.preferredElectionNode(run);
      break;
    case 'uncleanElectionEnabled':
      next(run, { do: 'triggerOnline' });
      break;
    case 'rebalance':
      topics.rebalance(run);
      break;
    default:
  }
}

/** Works through tasks and events until ZooKeeper has to answer something or nothing is left. */
function work(run: Run): readonly ZkEffect[] {
  const { state } = run;
  for (let steps = 0; !state.awaiting; steps += 1) {
    assert(steps < 1_000_000, 'the controller comes to an end');
    const [task, ...tasks] = state.tasks;
    const [event, ...queue] = state.queue;
    if (task) {
      state.tasks = tasks;
      perform(run, task, []);
    } else if (event) {
      state.queue = queue;
      begin(run, event);
    } else break;
  }
  return run.effects;
}

function perform(run: Run, task: Task, answers: readonly ZkAnswer[]): void {
  (TASKS[task.do] as Handler<Task>)(run, task, answers);
}

/** Something has happened or is asked for; events are worked off one after another. */
export function handleZkEvent(state: ZkController, event: ZkEvent, now: number): readonly ZkEffect[] {
  state.queue = [...state.queue, event];
  return work({ state, now, effects: [] });
}

/** ZooKeeper's answer to one request. */
export function zkAnswered(state: ZkController, xid: number, answer: ZkAnswer, now: number): readonly ZkEffect[] {
  const { awaiting } = state;
  if (!awaiting || xid < awaiting.firstXid || xid >= awaiting.firstXid + awaiting.ops.length) return [];
  const answers = awaiting.answers.with(xid - awaiting.firstXid, answer);
  const done = answers.filter((one) => one !== undefined);
  if (done.length < answers.length) {
    state.awaiting = { ...awaiting, answers };
    return [];
  }
  const run: Run = { state, now, effects: [] };
  state.awaiting = undefined;
  perform(run, awaiting.resume, done);
  return work(run);
}

/** A watch has fired, once: the event that it causes reads (and watches) again. */
export function zkWatchFired(state: ZkController, type: ZkWatchEvent, path: string, now: number): readonly ZkEffect[] {
  const event = eventOf(type, path);
  return event ? handleZkEvent(state, event, now) : [];
}

const LIST_EVENTS: { readonly [path: string]: ZkEvent } = {
  [ZNODES.brokerIds]: { type: 'brokerChange' },
  [ZNODES.topics]: { type: 'topicChange' },
  [ZNODES.deleteTopics]: { type: 'topicDeletion' },
  [ZNODES.isrChanges]: { type: 'isrChange' },
};

function eventOf(type: ZkWatchEvent, path: string): ZkEvent | undefined {
  if (type === 'NODE_CHILDREN_CHANGED') return LIST_EVENTS[path];
  if (path === ZNODES.controller) return { type: type === 'NODE_DELETED' ? 'reelect' : 'controllerChange' };
  if (path === ZNODES.preferredElection) return type === 'NODE_CREATED' ? { type: 'preferredElectionNode' } : undefined;
  const isTopic = path.startsWith(`${ZNODES.topics}/`) && type === 'NODE_DATA_CHANGED';
  return isTopic ? { type: 'partitionModifications', topic: path.slice(ZNODES.topics.length + 1) } : undefined;
}

/** ZooKeeper has given up on this broker: its znodes are gone, and with them the office. Requests that wait are refused. */
export function zkSessionExpired(state: ZkController, now: number): readonly ZkEffect[] {
  const run: Run = { state, now, effects: [] };
  dropTasks(run);
  for (const event of state.queue)
    if ('ticket' in event) run.effects.push({ type: 'answer', ticket: event.ticket, answer: { error: 'NOT_CONTROLLER' } });
  state.queue = [];
  if (isActiveController(state)) office.resign(run);
  state.activeId = NO_LEADER;
  return run.effects;
}

/** Requests that were under way when the connection broke, to be sent again on the next one of the same session. */
export function zkReconnected({ awaiting }: ZkController): readonly ZkEffect[] {
  if (!awaiting) return [];
  return awaiting.ops.flatMap((op, i): readonly ZkEffect[] =>
    awaiting.answers[i] === undefined ? [{ type: 'zookeeper', xid: awaiting.firstXid + i, op }] : [],
  );
}

/** When `tickZk` has something to do. */
export function nextZkDeadline(state: ZkController): number {
  return state.rebalanceAt;
}

export function tickZk(state: ZkController, now: number): readonly ZkEffect[] {
  if (state.rebalanceAt > now) return [];
  state.rebalanceAt = now + state.settings.rebalanceInterval;
  return handleZkEvent(state, { type: 'rebalance' }, now);
}
