import { compareEnds, endOfEpoch, isPrefix, lastEpoch, logEnd, readFrom, truncateTo } from './log.ts';
import {
  answerParked,
  backOff,
  becomeFollower,
  becomeLeader,
  becomeUnattached,
  checkQuorumTimeout,
  isVoter,
  majority,
  raiseHighWatermark,
  randomElectionTimeout,
  send,
  sendFetch,
  updateHighWatermark,
} from './roles.ts';
import type { FetchRequest, NodeNumber, QuorumError, QuorumMessage, QuorumStep, VoteRequest } from './types.ts';

type Message<T extends QuorumMessage['type']> = Extract<QuorumMessage, { type: T }>;

/** One message's effects on a member. Source: KafkaRaftClient. */
export function receive(step: QuorumStep, from: NodeNumber, message: QuorumMessage): void {
  switch (message.type) {
    case 'Vote': {
      const { error, granted } = vote(step, message);
      send(step, from, { type: 'VoteAnswer', granted, ...known(step, error) });
      break;
    }
    case 'BeginQuorumEpoch':
      send(step, from, { type: 'BeginQuorumEpochAnswer', ...known(step, hearLeader(step, message)) });
      break;
    case 'EndQuorumEpoch':
      send(step, from, { type: 'EndQuorumEpochAnswer', ...known(step, hearLeader(step, message)) });
      succeed(step, message);
      break;
    case 'Fetch': {
      const answer = answerFetch(step, from, message);
      if (answer) send(step, from, answer);
      break;
    }
    case 'VoteAnswer':
      voted(step, from, message);
      break;
    case 'FetchAnswer':
      fetchAnswered(step, from, message);
      break;
    case 'BeginQuorumEpochAnswer':
    case 'EndQuorumEpochAnswer':
      follow(step, message);
  }
}

function known({ state }: QuorumStep, error: QuorumError) {
  return { error, epoch: state.epoch, leaderId: state.leaderId };
}

/** Learns of epoch and leader from an answer. False when the answer is of no more use. */
function follow(step: QuorumStep, answer: { readonly epoch: number; readonly leaderId: NodeNumber | undefined }): boolean {
  const { state } = step;
  if (answer.epoch < state.epoch) return false;
  const isNews = answer.epoch > state.epoch || (answer.leaderId !== undefined && state.leaderId === undefined);
  if (!isNews || answer.leaderId === state.id) return !isNews;
  if (answer.leaderId === undefined) becomeUnattached(step, answer.epoch);
  else becomeFollower(step, answer.epoch, answer.leaderId);
  return false;
}

function vote(step: QuorumStep, { epoch, candidate, end: theirs }: VoteRequest): { error: QuorumError; granted: boolean } {
  const { state } = step;
  if (!isVoter(state) || !state.voters.includes(candidate)) return { error: 'INVALID_REQUEST', granted: false };
  if (epoch < state.epoch) return { error: 'FENCED_LEADER_EPOCH', granted: false };
  if (epoch > state.epoch) becomeUnattached(step, epoch);
  const mine = { offset: logEnd(state.log), epoch: lastEpoch(state.log) };
  // One vote an epoch, and only for somebody who has all that this voter has.
  const isFree = state.votedFor === undefined ? compareEnds(theirs, mine) >= 0 : state.votedFor === candidate;
  const granted = state.role.name === 'unattached' && isFree;
  // Whoever gives a vote away waits anew: the candidate's chances are no worse than its own.
  if (granted && state.votedFor === undefined) state.role = { name: 'unattached', deadline: step.now + randomElectionTimeout(step) };
  if (granted) state.votedFor = candidate;
  return { error: 'NONE', granted };
}

function voted(step: QuorumStep, from: NodeNumber, answer: Message<'VoteAnswer'>): void {
  if (!follow(step, answer)) return;
  const { role } = step.state;
  if (role.name !== 'candidate' || answer.error !== 'NONE') return;
  const add = (ids: readonly NodeNumber[]): readonly NodeNumber[] => (ids.includes(from) ? ids : [...ids, from]);
  const now = answer.granted ? { ...role, granted: add(role.granted) } : { ...role, rejected: add(role.rejected) };
  step.state.role = now;
  if (now.granted.length >= majority(step.state)) becomeLeader(step);
  else if (step.state.voters.length - now.rejected.length < majority(step.state) && !now.backingOff) backOff(step, now);
}

function hearLeader(step: QuorumStep, { epoch, leader }: { readonly epoch: number; readonly leader: NodeNumber }): QuorumError {
  const { state } = step;
  if (epoch < state.epoch) return 'FENCED_LEADER_EPOCH';
  if (epoch > state.epoch || state.leaderId === undefined) becomeFollower(step, epoch, leader);
  return 'NONE';
}

/** The leader has stopped: the most up to date stands at once, the others later, so that they don't split the vote. */
function succeed({ state, now }: QuorumStep, { leader, successors }: Message<'EndQuorumEpoch'>): void {
  if (state.role.name !== 'follower' || state.role.leader !== leader || !isVoter(state)) return;
  const place = successors.indexOf(state.id);
  const { backoffBase, electionBackoffMax } = state.settings;
  const wait = place === 0 ? 0 : Math.min(electionBackoffMax, backoffBase << Math.min(20, place < 0 ? 20 : place - 1));
  state.role = { ...state.role, deadline: now + wait };
}

/** The answer, or undefined when the fetch finds nothing new and is held. */
function answerFetch(step: QuorumStep, from: NodeNumber, request: FetchRequest): Message<'FetchAnswer'> | undefined {
  const { state, now } = step;
  const answer = (error: QuorumError): Message<'FetchAnswer'> => {
    return { type: 'FetchAnswer', batches: [], highWatermark: state.highWatermark, ...known(step, error) };
  };
  if (request.epoch < state.epoch) return answer('FENCED_LEADER_EPOCH');
  if (request.epoch > state.epoch) return answer('UNKNOWN_LEADER_EPOCH');
  if (state.role.name !== 'leader') return answer('NOT_LEADER_OR_FOLLOWER');
  const { fetchOffset, lastFetchedEpoch } = request;
  if (!isPrefix(state.log, fetchOffset, lastFetchedEpoch)) return { ...answer('NONE'), diverging: endOfEpoch(state.log, lastFetchedEpoch) };
  noteFetch(step, request);
  const batches = readFrom(state.log, fetchOffset);
  const isNews = state.settings.fetchAwaitsHighWatermark && request.highWatermark < state.highWatermark;
  if (batches.length > 0 || isNews) return { ...answer('NONE'), batches };
  const parked = { from, request, deadline: now + state.settings.fetchMaxWait, highWatermark: state.highWatermark };
  // A new fetch of the same replica takes the place of one that it no longer waits for.
  state.role = { ...state.role, parked: [...state.role.parked.filter((other) => other.from !== from), parked] };
  return undefined;
}

/** Fetching at an offset says: I have everything before it. A majority of fetching voters lets the leader stay. */
function noteFetch(step: QuorumStep, { replica, fetchOffset }: FetchRequest): void {
  const { state, now } = step;
  if (state.role.name !== 'leader' || !state.role.ends.has(replica)) return;
  const fetchedBy = state.role.fetched.includes(replica) ? state.role.fetched : [...state.role.fetched, replica];
  const isMajority = fetchedBy.length >= majority(state) - 1;
  state.role = {
    ...state.role,
    ends: new Map(state.role.ends).set(replica, fetchOffset),
    fetched: isMajority ? [] : fetchedBy,
    checkQuorumAt: isMajority ? now + checkQuorumTimeout(state) : state.role.checkQuorumAt,
  };
  updateHighWatermark(step);
}

function fetchAnswered(step: QuorumStep, from: NodeNumber, answer: Message<'FetchAnswer'>): void {
  const { state, now } = step;
  if (state.role.name === 'follower' && state.role.leader !== from) return;
  const isStale = answer.epoch < state.epoch;
  if (!isStale && !follow(step, answer)) return;
  if (state.role.name !== 'follower' && state.role.name !== 'unattached') return;
  if (isStale || answer.error !== 'NONE' || state.role.name !== 'follower') {
    state.fetch = { state: 'waiting', until: now + state.settings.retryBackoff };
    return;
  }
  if (answer.diverging) {
    // Back to the end of the last epoch that both may share; the next fetch finds out whether that suffices.
    const mine = endOfEpoch(state.log, answer.diverging.epoch);
    const to = mine.epoch === answer.diverging.epoch ? Math.min(mine.offset, answer.diverging.offset) : mine.offset;
    state.log = truncateTo(state.log, to);
    step.effects.push({ type: 'truncated', to: logEnd(state.log) });
  } else {
    const news = readFrom(answer.batches, logEnd(state.log));
    if (news.length > 0) state.log = [...state.log, ...news];
    raiseHighWatermark(step, Math.min(answer.highWatermark, logEnd(state.log)));
  }
  state.role = { ...state.role, deadline: now + state.settings.fetchTimeout };
  sendFetch(step);
}

/** Held fetches whose time is up are answered empty. */
export function expireParked(step: QuorumStep): void {
  const { role } = step.state;
  if (role.name === 'leader' && role.parked.some(({ deadline }) => deadline <= step.now))
    answerParked(step, role, ({ deadline }) => deadline <= step.now);
}
