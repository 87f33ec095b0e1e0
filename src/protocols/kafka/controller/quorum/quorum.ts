import type { Random } from '../image.ts';
import type { MetadataRecord } from '../records.ts';
import { batchEnd, type MetadataBatch, type MetadataLog } from './log.ts';
import { expireParked, receive } from './receive.ts';
import { appendToLog, backOff, becomeCandidate, isVoter, otherVoters, resign, sayBegin, sendFetch } from './roles.ts';
import type { NodeNumber, QuorumEffect, QuorumMessage, QuorumSettings, QuorumState, QuorumStep } from './types.ts';

/** What a member's disk keeps over a crash. */
export interface QuorumDisk {
  readonly epoch: number;
  readonly votedFor: NodeNumber | undefined;
  readonly leaderId: NodeNumber | undefined;
  readonly log: MetadataLog;
}

const BLANK: QuorumDisk = { epoch: 0, votedFor: undefined, leaderId: undefined, log: [] };

export function quorumDisk({ epoch, votedFor, leaderId, log }: QuorumState): QuorumDisk {
  return { epoch, votedFor, leaderId, log };
}

/**
 * A member starts, with what its disk has. It follows the leader it knew, or looks for one: a voter stands for election when it
 * has heard of none in time, an observer (broker) asks voters. Call `tickQuorum` right after.
 */
export function startQuorum(
  id: NodeNumber,
  voters: readonly NodeNumber[],
  settings: QuorumSettings,
  now: number,
  random: Random,
  disk: QuorumDisk = BLANK,
): QuorumState {
  const { epoch, votedFor, log } = disk;
  const isAlone = voters.length === 1 && voters[0] === id;
  const deadline = isAlone ? now : now + settings.electionTimeout + random(Math.max(1, settings.electionTimeout));
  const wasLeader = disk.leaderId === id;
  const leader = wasLeader ? undefined : disk.leaderId;
  const role: QuorumState['role'] =
    leader !== undefined
      ? { name: 'follower', leader, deadline: now + settings.fetchTimeout }
      : { name: wasLeader ? 'resigned' : 'unattached', deadline };
  return { id, voters, settings, epoch, votedFor, leaderId: leader, log, highWatermark: 0, role, fetch: undefined };
}

/** Values inside are shared: they are replaced, never changed. */
export function copyQuorum(state: QuorumState): QuorumState {
  return { ...state };
}

export function receiveQuorum(
  state: QuorumState,
  from: NodeNumber,
  message: QuorumMessage,
  now: number,
  random: Random,
): readonly QuorumEffect[] {
  const step: QuorumStep = { state, now, random, effects: [] };
  receive(step, from, message);
  return step.effects;
}

/** Everything whose time has come: elections, lost fetches, held fetches, the leader's look whether it still has a majority. */
export function tickQuorum(state: QuorumState, now: number, random: Random): readonly QuorumEffect[] {
  const step: QuorumStep = { state, now, random, effects: [] };
  const { role } = state;
  const others = otherVoters(state);
  if (role.name === 'leader') {
    if (others.length > 0 && role.checkQuorumAt <= now) resign(step);
    else {
      expireParked(step);
      if (role.beginAgainAt <= now) beginAgain(step);
    }
  } else if (isVoter(state) && role.deadline <= now) {
    if (role.name === 'candidate' && !role.backingOff) backOff(step, role);
    else becomeCandidate(step);
  } else if (role.name === 'follower' && role.deadline <= now) {
    // An observer never stands: it asks around.
    state.leaderId = undefined;
    state.role = { name: 'unattached', deadline: Number.MAX_SAFE_INTEGER };
    sendFetch(step);
  } else if (mustFetch(state, now)) sendFetch(step);
  return step.effects;
}

function mustFetch(state: QuorumState, now: number): boolean {
  const fetches = state.role.name === 'follower' || (state.role.name === 'unattached' && !isVoter(state));
  return fetches && (state.fetch === undefined || state.fetch.until <= now);
}

function beginAgain(step: QuorumStep): void {
  const { state, now } = step;
  if (state.role.name !== 'leader') return;
  const silent = [...state.role.ends].filter(([, end]) => end < 0).map(([id]) => id);
  sayBegin(step, silent);
  state.role = { ...state.role, beginAgainAt: now + Math.floor(state.settings.fetchTimeout / 2) };
}

/** When `tickQuorum` has something to do next. */
export function nextQuorumDeadline(state: QuorumState): number {
  const { role, fetch } = state;
  if (role.name === 'leader') {
    const checks = otherVoters(state).length > 0 ? [role.checkQuorumAt] : [];
    const begins = [...role.ends.values()].some((end) => end < 0) ? [role.beginAgainAt] : [];
    return Math.min(Number.MAX_SAFE_INTEGER, ...checks, ...begins, ...role.parked.map(({ deadline }) => deadline));
  }
  const election = isVoter(state) || role.name === 'follower' ? role.deadline : Number.MAX_SAFE_INTEGER;
  const fetches = role.name === 'follower' || (role.name === 'unattached' && !isVoter(state));
  return fetches ? Math.min(election, fetch?.until ?? 0) : election;
}

/** The active controller writes. The batch is committed when an effect says so; null when this member does not lead. */
export function appendToQuorum(
  state: QuorumState,
  records: readonly MetadataRecord[],
  now: number,
  random: Random,
): { readonly endOffset: number; readonly effects: readonly QuorumEffect[] } | null {
  if (state.role.name !== 'leader') return null;
  const step: QuorumStep = { state, now, random, effects: [] };
  return { endOffset: appendToLog(step, records), effects: step.effects };
}

/** A leader that is about to stop hands over (EndQuorumEpoch). */
export function resignQuorum(state: QuorumState, now: number, random: Random): readonly QuorumEffect[] {
  const step: QuorumStep = { state, now, random, effects: [] };
  resign(step);
  return step.effects;
}

/** A fetch could not be delivered (refused, connection broken): try again after the back-off. */
export function quorumFetchFailed(state: QuorumState, now: number): void {
  if (state.fetch?.state === 'sent') state.fetch = { state: 'waiting', until: now + state.settings.retryBackoff };
}

/** Batches that became committed between two high watermarks. */
export function committedBatches(state: QuorumState, from: number, to: number): readonly MetadataBatch[] {
  return state.log.filter((batch) => batch.baseOffset >= from && batchEnd(batch) <= to);
}
