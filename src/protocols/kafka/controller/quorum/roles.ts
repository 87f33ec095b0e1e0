import { lastEpoch, logEnd, type MetadataBatch } from './log.ts';
import type { NodeNumber, QuorumMessage, QuorumState, QuorumStep, Role } from './types.ts';

type LeaderRole = Extract<Role, { name: 'leader' }>;

export function isVoter(state: QuorumState): boolean {
  return state.voters.includes(state.id);
}

export function majority(state: QuorumState): number {
  return Math.floor(state.voters.length / 2) + 1;
}

export function send(step: QuorumStep, to: NodeNumber, message: QuorumMessage): void {
  step.effects.push({ type: 'send', to, message });
}

export function otherVoters(state: QuorumState): readonly NodeNumber[] {
  return state.voters.filter((id) => id !== state.id);
}

function setRole(step: QuorumStep, role: Role): void {
  const { state } = step;
  const { epoch, leaderId, highWatermark } = state;
  const held = state.role.name === 'leader' ? state.role.parked : [];
  for (const { from } of held)
    send(step, from, { type: 'FetchAnswer', error: 'NOT_LEADER_OR_FOLLOWER', epoch, leaderId, batches: [], highWatermark });
  state.role = role;
  state.fetch = undefined;
  step.effects.push({ type: 'role', role: role.name, epoch: state.epoch, leaderId: state.leaderId });
}

export function randomElectionTimeout({ state, random }: QuorumStep): number {
  return state.settings.electionTimeout + random(Math.max(1, state.settings.electionTimeout));
}

/** A later epoch without known leader. A deadline that is running keeps running. */
export function becomeUnattached(step: QuorumStep, epoch: number): void {
  const { state, now } = step;
  const { role } = state;
  const keeps = role.name === 'unattached' || role.name === 'candidate' || role.name === 'follower';
  const deadline = keeps ? role.deadline : now + randomElectionTimeout(step);
  if (epoch > state.epoch) state.votedFor = undefined;
  state.epoch = epoch;
  state.leaderId = undefined;
  setRole(step, { name: 'unattached', deadline });
}

export function becomeFollower(step: QuorumStep, epoch: number, leader: NodeNumber): void {
  const { state, now } = step;
  if (epoch > state.epoch) state.votedFor = undefined;
  state.epoch = epoch;
  state.leaderId = leader;
  setRole(step, { name: 'follower', leader, deadline: now + state.settings.fetchTimeout });
  sendFetch(step);
}

/** Votes for itself in a new epoch and asks the others. Alone it has won. */
export function becomeCandidate(step: QuorumStep): void {
  const { state, now } = step;
  const retries = state.role.name === 'candidate' ? state.role.retries + 1 : 1;
  state.epoch += 1;
  state.votedFor = state.id;
  state.leaderId = undefined;
  const deadline = now + randomElectionTimeout(step);
  setRole(step, { name: 'candidate', deadline, granted: [state.id], rejected: [], retries, backingOff: false });
  const end = { offset: logEnd(state.log), epoch: lastEpoch(state.log) };
  for (const voter of otherVoters(state)) send(step, voter, { type: 'Vote', epoch: state.epoch, candidate: state.id, end });
  if (majority(state) === 1) becomeLeader(step);
}

/** The pause after a lost election grows at random, so that rivals part. */
export function backOff(step: QuorumStep, role: Extract<Role, { name: 'candidate' }>): void {
  const { settings } = step.state;
  const steps = step.random(2 << Math.min(20, role.retries - 1));
  const pause = Math.min(settings.backoffBase * steps, settings.electionBackoffMax);
  step.state.role = { ...role, backingOff: true, deadline: step.now + pause };
}

/** Begins its epoch with a record of its own: only with that can it commit what former leaders left. */
export function becomeLeader(step: QuorumStep): void {
  const { state, now } = step;
  const { fetchTimeout } = state.settings;
  state.leaderId = state.id;
  setRole(step, {
    name: 'leader',
    epochStart: logEnd(state.log),
    ends: new Map(otherVoters(state).map((id) => [id, -1])),
    fetched: [],
    checkQuorumAt: now + checkQuorumTimeout(state),
    beginAgainAt: now + Math.floor(fetchTimeout / 2),
    parked: [],
  });
  sayBegin(step, otherVoters(state));
  appendToLog(step, []);
}

export function checkQuorumTimeout({ settings }: QuorumState): number {
  return settings.fetchTimeout + Math.floor(settings.fetchTimeout / 2);
}

export function sayBegin(step: QuorumStep, voters: readonly NodeNumber[]): void {
  const { epoch, id } = step.state;
  for (const voter of voters) send(step, voter, { type: 'BeginQuorumEpoch', epoch, leader: id });
}

/** Gives up leading: by wish, or because no majority fetches any more. Writes that are not committed hang in the air. */
export function resign(step: QuorumStep): void {
  const { state, now } = step;
  const { role } = state;
  if (role.name !== 'leader') return;
  const successors = [...role.ends].sort(([a, x], [b, y]) => y - x || a - b).map(([id]) => id);
  for (const voter of otherVoters(state)) {
    send(step, voter, { type: 'EndQuorumEpoch', epoch: state.epoch, leader: state.id, successors });
  }
  state.leaderId = undefined;
  setRole(step, { name: 'resigned', deadline: now + randomElectionTimeout(step) });
}

/** A batch at the end of the leader's log (none: its control record). Held fetches get it at once. Returns the offset after it. */
export function appendToLog(step: QuorumStep, records: MetadataBatch['records']): number {
  const { state } = step;
  state.log = [...state.log, { baseOffset: logEnd(state.log), epoch: state.epoch, records }];
  updateHighWatermark(step);
  const { role } = state;
  if (role.name === 'leader') answerParked(step, role, () => true);
  return logEnd(state.log);
}

/** What a majority has is committed, once it includes something of this leader's own epoch. */
export function updateHighWatermark(step: QuorumStep): void {
  const { state } = step;
  const { role } = state;
  if (role.name !== 'leader') return;
  const ends = [logEnd(state.log), ...role.ends.values()].sort((a, b) => b - a);
  const reached = ends[majority(state) - 1] ?? 0;
  if (reached <= role.epochStart || reached <= state.highWatermark) return;
  raiseHighWatermark(step, reached);
  if (state.settings.fetchAwaitsHighWatermark) answerParked(step, role, ({ request }) => request.highWatermark < reached);
}

export function raiseHighWatermark(step: QuorumStep, to: number): void {
  const { state } = step;
  if (to <= state.highWatermark) return;
  step.effects.push({ type: 'committed', from: state.highWatermark, to });
  state.highWatermark = to;
}

/** Answers held fetches that `isDue` picks with whatever the log has for them by now. */
export function answerParked(step: QuorumStep, role: LeaderRole, isDue: (parked: LeaderRole['parked'][number]) => boolean): void {
  const due = role.parked.filter(isDue);
  step.state.role = { ...role, parked: role.parked.filter((parked) => !due.includes(parked)) };
  for (const parked of due) {
    const { log, epoch, id, highWatermark, settings } = step.state;
    const batches = log.slice(firstFrom(log, parked.request.fetchOffset));
    // Up to 4.0 a fetch that waited in vain carries the high watermark of its arrival.
    const known = batches.length > 0 || settings.fetchAwaitsHighWatermark ? highWatermark : parked.highWatermark;
    send(step, parked.from, { type: 'FetchAnswer', error: 'NONE', epoch, leaderId: id, batches, highWatermark: known });
  }
}

function firstFrom(log: readonly MetadataBatch[], offset: number): number {
  const at = log.findIndex((batch) => batch.baseOffset >= offset);
  return at < 0 ? log.length : at;
}

/** Fetches from the leader, or, knowing none, from a voter drawn at random: its answer names the leader. */
export function sendFetch(step: QuorumStep): void {
  const { state, now, random } = step;
  const { role } = state;
  const voters = otherVoters(state);
  const to = role.name === 'follower' ? role.leader : voters[random(Math.max(1, voters.length))];
  // With nobody to ask it looks again after a while.
  state.fetch = { state: to === undefined ? 'waiting' : 'sent', until: now + state.settings.requestTimeout };
  if (to === undefined) return;
  send(step, to, {
    type: 'Fetch',
    epoch: state.epoch,
    replica: state.id,
    fetchOffset: logEnd(state.log),
    lastFetchedEpoch: lastEpoch(state.log),
    highWatermark: state.highWatermark,
  });
}
