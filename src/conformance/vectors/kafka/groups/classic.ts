import type { Json, JsonObject } from '../../../../base/index.ts';
import {
  type Answer,
  type ClassicGroup,
  type Coordinator,
  type CoordinatorEnv,
  commitOffsets,
  createCoordinator,
  expire,
  heartbeat,
  joinGroup,
  leaveGroup,
  nextDeadline,
  type Outcome,
  simpleShareAssignor,
  syncGroup,
  waitingToRejoin,
} from '../../../../protocols/kafka/group/index.ts';
import { numberIn, objectIn, objectsIn, textIn, textsOf } from '../read.ts';
import { difference } from './difference.ts';

/*
 * Traces of classic groups. Ids of members are the names that the trace gives them; a request that is answered later is known
 * by `JoinGroup:<name>`; several of one name are told apart by a number behind it.
 */
const GROUP = 'g';
const MAX = Number.MAX_SAFE_INTEGER;

interface Played {
  readonly coordinator: Coordinator;
  readonly env: CoordinatorEnv;
  readonly config: JsonObject;
  /** Tokens of the requests without an answer, in the order in which they came. */
  readonly parked: string[];
  requests: number;
}

export function playClassicTrace(data: JsonObject): string | undefined {
  const played = begin(objectIn(data, 'config'));
  for (const [i, step] of objectsIn(data, 'steps').entries()) {
    const differs = playStep(played, step, `step ${i} (${textIn(step, 'op')} at ${numberIn(step, 't')})`);
    if (differs !== undefined) return differs;
  }
  return undefined;
}

function begin(config: JsonObject): Played {
  const modern = { config: { sessionTimeout: 45_000, heartbeatInterval: 5_000, maxSize: MAX, assignmentInterval: 0 }, topics: new Map() };
  const env: CoordinatorEnv = {
    classic: {
      initialRebalanceDelay: numberIn(config, 'group.initial.rebalance.delay.ms') ?? 3_000,
      newMemberJoinTimeout: 300_000,
      maxSize: numberIn(config, 'group.max.size') ?? MAX,
      // The traces were made below the place where the bounds of the session's time are held against a request.
      minSessionTimeout: 0,
      maxSessionTimeout: MAX,
    },
    consumer: { ...modern, assignors: new Map([['simple', simpleShareAssignor]]) },
    share: { ...modern, assignors: new Map([['simple', simpleShareAssignor]]) },
    offsetsRetention: MAX,
  };
  return { coordinator: createCoordinator(), env, config, parked: [], requests: 0 };
}

function playStep(played: Played, step: JsonObject, where: string): string | undefined {
  const now = numberIn(step, 't') ?? 0;
  const op = textIn(step, 'op') ?? '';
  const params = objectIn(step, 'params');
  let answers: readonly Answer[];
  let token: string | undefined;
  if (op === 'advanceClock') answers = elapse(played, now);
  else {
    token = `${op}:${textIn(params, 'member') ?? ''}#${played.requests++}`;
    const outcome = ask(played, op, token, params, now);
    if (!outcome) return `${where}: ${op} is unknown`;
    played.parked.push(token);
    answers = outcome.answers;
  }
  const own = answers.find((answer) => answer.token === token);
  const order = (answer: Answer): number => played.parked.indexOf(String(answer.token));
  const others = answers.filter((answer) => answer !== own).sort((a, b) => order(a) - order(b));
  for (const answer of answers) played.parked.splice(order(answer), 1);
  return (
    (token === undefined ? undefined : differsOwn(`${where} response`, step.response, own)) ??
    difference(`${where} completedParkedRequests`, step.completedParkedRequests ?? [], others.map(asCompleted)) ??
    difference(`${where} stillParked`, step.stillParked ?? [], played.parked.map(nameOfRequest)) ??
    differsGroup(`${where} group`, step.group, played)
  );
}

/** Timers fire in the order of their time; what is read off the clock while one fires is the time that the clock was set to. */
function elapse(played: Played, now: number): readonly Answer[] {
  return nextDeadline(played.coordinator) <= now ? expire(played.coordinator, played.env, now).answers : [];
}

/** A name may have a remark in brackets, as `m2 (old process)`; a remark alone stands for nobody that is known. */
function withoutRemark(name: string): string {
  const bare = name.replace(/ *\([^)]*\)$/, '');
  return bare === '' ? name : bare;
}

/** Who asks. Only a JoinGroup tells an id that nobody has from none at all. */
function idOf(op: string, value: Json | undefined): string {
  const name = typeof value === 'string' ? withoutRemark(value) : '';
  const isRemark = name.startsWith('(');
  return name === '(empty)' || (isRemark && op !== 'JoinGroup') ? '' : name;
}

function ask(played: Played, op: string, token: string, params: JsonObject, now: number): Outcome | undefined {
  const { coordinator, env, config } = played;
  const instance = textIn(params, 'group.instance.id');
  const common = {
    token,
    memberId: idOf(op, params.memberId ?? params.member),
    ...(instance === undefined ? {} : { instanceId: instance }),
  };
  const generation = numberIn(params, 'generation') ?? -1;
  switch (op) {
    case 'JoinGroup':
      return joinGroup(coordinator, GROUP, { ...common, ...joining(params, config) }, env, now);
    case 'SyncGroup': {
      const assignments = Object.entries(objectIn(params, 'assignments')).map(([memberId, assignment]) => ({ memberId, assignment }));
      const protocol = {
        ...nameOf('protocolType', params.protocolType),
        ...nameOf('protocolName', params.protocolName ?? params.protocol),
      };
      return syncGroup(coordinator, GROUP, { ...common, ...protocol, generation, assignments }, env, now);
    }
    case 'Heartbeat':
      return heartbeat(coordinator, GROUP, { ...common, generation }, env, now);
    case 'LeaveGroup':
      return leaveGroup(coordinator, GROUP, { token, members: [common] }, env, now);
    case 'OffsetCommit':
    case 'TxnOffsetCommit': {
      const isTransactional = op === 'TxnOffsetCommit' || params.transactional === true;
      const producer = !isTransactional ? {} : { producerId: numberIn(params, 'producerId') ?? 1 };
      const offsets = [{ topic: 't', partition: 0, offset: numberIn(params, 'offset') ?? 0 }];
      return commitOffsets(coordinator, { ...common, ...producer, groupId: GROUP, generation, offsets }, env, now);
    }
    default:
      return undefined;
  }
}

function nameOf(field: string, value: Json | undefined): { readonly [field: string]: string } {
  return typeof value === 'string' ? { [field]: value } : {};
}

/** `range/v2` is the assignor `range` with a subscription other than that of `range`. */
function joining(params: JsonObject, config: JsonObject) {
  const timeout = (name: string, inConfig: string, otherwise: number): number =>
    numberIn(params, name) ?? numberIn(params, inConfig) ?? numberIn(config, inConfig) ?? otherwise;
  return {
    newMemberId: withoutRemark(textIn(params, 'member') ?? ''),
    clientId: textIn(params, 'member') ?? '',
    protocolType: textIn(params, 'protocolType') ?? 'consumer',
    ...(params.requireKnownMemberId === false ? { isMemberIdRequired: false } : {}),
    protocols: textsOf(params.protocols).map((entry) => {
      const [name = '', metadata = ''] = entry.split('/');
      return { name, metadata: { topics: ['t'], says: metadata } };
    }),
    sessionTimeout: timeout('sessionTimeoutMs', 'session.timeout.ms', 10_000),
    rebalanceTimeout: timeout('rebalanceTimeoutMs', 'rebalanceTimeoutMs(max.poll.interval.ms)', 300_000),
  };
}

function nameOfRequest(token: string): string {
  return token.replace(/#\d+$/, '');
}

function asCompleted(answer: Answer): Json {
  return { request: nameOfRequest(String(answer.token)), response: asResponse(answer) };
}

/** The answer as traces tell it: of a refusal only what it says. */
function asResponse(answer: Answer): Json {
  switch (answer.api) {
    case 'JoinGroup': {
      const { error, memberId, generation, leader, protocol, members, skipAssignment } = answer.response;
      const member = memberId === '' ? {} : { memberId };
      if (error !== 'NONE') return { error, ...member };
      // The real coordinator lists them in the order of a hash.
      const membersListedToThisMember = members.map((at) => at.memberId).sort();
      const skip = skipAssignment ? { skipAssignment } : {};
      return { error, generation, ...member, leader: leader ?? null, protocol: protocol ?? null, membersListedToThisMember, ...skip };
    }
    case 'SyncGroup': {
      const { error, assignment } = answer.response;
      return error === 'NONE' ? { error, assignment: assignment ?? '' } : { error };
    }
    case 'LeaveGroup':
      return answer.response.error === 'NONE' ? (answer.response.members[0]?.error ?? 'NONE') : answer.response.error;
    default:
      return answer.response.error;
  }
}

function differsOwn(where: string, expected: Json | undefined, own: Answer | undefined): string | undefined {
  const isParked = typeof expected === 'string' && expected.startsWith('(parked');
  if (isParked || !own) return isParked && !own ? undefined : difference(where, expected, own ? asResponse(own) : '(parked)');
  const got = asResponse(own);
  // Answers that are nothing but a code are told as the code, or as an object with it.
  if (typeof got === 'string' && typeof expected === 'object') return difference(where, expected, { error: got });
  return difference(where, expected, got);
}

function differsGroup(where: string, expected: Json | undefined, played: Played): string | undefined {
  const group = played.coordinator.groups.get(GROUP);
  if (group?.kind !== 'classic') return typeof expected === 'object' && expected !== null ? `${where}: there is none` : undefined;
  return difference(where, expected, asGroup(group));
}

function asGroup(group: ClassicGroup): Json {
  const waiting = waitingToRejoin(group).map((member) => member.memberId);
  return {
    state: group.state,
    generation: group.generation,
    leader: group.leader ?? null,
    members: [...group.members.keys()].sort(),
    ...(group.state === 'PreparingRebalance' ? { waitingToRejoin: waiting.sort() } : {}),
    ...(group.protocolName === undefined ? {} : { protocol: group.protocolName }),
  };
}
