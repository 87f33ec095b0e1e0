import {
  type Answer,
  brokerAssignors,
  type ClassicGroup,
  type ClassicState,
  type Coordinator,
  type CoordinatorEnv,
  commitOffsets,
  consumerGroupHeartbeat,
  copyCoordinator,
  createCoordinator,
  expire,
  type GroupEvent,
  type GroupRecord,
  heartbeat,
  type JoinGroupRequest,
  joinGroup,
  leaveGroup,
  type ModernGroup,
  type ModernHeartbeatRequest,
  type Outcome,
  shareGroupHeartbeat,
  simpleShareAssignor,
  syncGroup,
} from './index.ts';

/** A coordinator with a clock in ms; what it said, told and wrote piles up and is looked at by the test. */
export interface Desk {
  coordinator: Coordinator;
  env: CoordinatorEnv;
  now: number;
  answers: Answer[];
  events: GroupEvent[];
  records: GroupRecord[];
}

export function desk(
  change: { classic?: Partial<CoordinatorEnv['classic']>; modern?: Partial<CoordinatorEnv['consumer']['config']> } = {},
): Desk {
  const config = { sessionTimeout: 45_000, heartbeatInterval: 5_000, maxSize: 100, assignmentInterval: 0, ...change.modern };
  const topics = new Map([['t', 4]]);
  const env: CoordinatorEnv = {
    classic: {
      initialRebalanceDelay: 3_000,
      newMemberJoinTimeout: 300_000,
      maxSize: 100,
      minSessionTimeout: 6_000,
      maxSessionTimeout: 1_800_000,
      ...change.classic,
    },
    consumer: { config, topics, assignors: brokerAssignors(['uniform', 'range']) },
    share: { config, topics, assignors: new Map([['simple', simpleShareAssignor]]) },
    offsetsRetention: 1_000_000,
  };
  return { coordinator: createCoordinator(), env, now: 0, answers: [], events: [], records: [] };
}

/** Takes the outcome into the piles; gives the answers in it by token, short: error, and what was granted. */
function took(at: Desk, outcome: Outcome): { [token: string]: string } {
  at.answers.push(...outcome.answers);
  at.events.push(...outcome.events);
  at.records.push(...outcome.records);
  return Object.fromEntries(outcome.answers.map((answer) => [String(answer.token), short(answer)]));
}

function short(answer: Answer): string {
  if (answer.response.error !== 'NONE') return answer.response.error;
  switch (answer.api) {
    case 'JoinGroup':
      return `generation ${answer.response.generation} led by ${answer.response.leader}`;
    case 'SyncGroup':
      return `assigned ${answer.response.assignment}`;
    case 'LeaveGroup':
      return answer.response.members.map((member) => member.error).join();
    default:
      return 'NONE';
  }
}

export function join(at: Desk, memberId: string, change: Partial<JoinGroupRequest> = {}): { [token: string]: string } {
  const request: JoinGroupRequest = {
    token: `join ${memberId}`,
    memberId,
    newMemberId: memberId,
    clientId: memberId,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: { topics: ['t'] } }],
    sessionTimeout: 10_000,
    rebalanceTimeout: 60_000,
    ...change,
  };
  return took(at, joinGroup(at.coordinator, 'g', request, at.env, at.now));
}

/** Both requests of a dynamic member that comes. */
export function come(at: Desk, memberId: string, change: Partial<JoinGroupRequest> = {}): { [token: string]: string } {
  join(at, memberId, { ...change, memberId: '' });
  return join(at, memberId, change);
}

export function sync(at: Desk, memberId: string, generation: number, assignments: { [memberId: string]: string } = {}) {
  const list = Object.entries(assignments).map(([to, assignment]) => ({ memberId: to, assignment }));
  const request = { token: `sync ${memberId}`, memberId, generation, assignments: list };
  return took(at, syncGroup(at.coordinator, 'g', request, at.env, at.now));
}

export function beat(at: Desk, memberId: string, generation: number, instanceId?: string): string | undefined {
  const request = { token: 'beat', memberId, generation, ...(instanceId === undefined ? {} : { instanceId }) };
  return took(at, heartbeat(at.coordinator, 'g', request, at.env, at.now)).beat;
}

export function leave(at: Desk, memberId: string, instanceId?: string) {
  const member = { memberId, ...(instanceId === undefined ? {} : { instanceId }) };
  return took(at, leaveGroup(at.coordinator, 'g', { token: 'leave', members: [member] }, at.env, at.now));
}

export function commit(at: Desk, memberId: string, generation: number, offset = 1, producerId?: number): string | undefined {
  const producer = producerId === undefined ? {} : { producerId };
  const offsets = [{ topic: 't', partition: 0, offset }];
  const request = { token: 'commit', groupId: 'g', memberId, generation, offsets, ...producer };
  return took(at, commitOffsets(at.coordinator, request, at.env, at.now)).commit;
}

export function modern(
  at: Desk,
  kind: 'consumer' | 'share',
  memberId: string,
  memberEpoch: number,
  change: Partial<ModernHeartbeatRequest> = {},
) {
  const joining = memberEpoch === 0 ? { rebalanceTimeout: 60_000, subscribedTopics: ['t'], ownedPartitions: [] } : {};
  const request = { token: 'beat', memberId, newMemberId: memberId, memberEpoch, clientId: memberId, ...joining, ...change };
  const call = kind === 'consumer' ? consumerGroupHeartbeat : shareGroupHeartbeat;
  const outcome = call(at.coordinator, 'g', request, at.env, at.now);
  took(at, outcome);
  const answer = outcome.answers[0];
  if (answer?.api !== 'ConsumerGroupHeartbeat' && answer?.api !== 'ShareGroupHeartbeat') throw new Error('a heartbeat is answered');
  return answer.response;
}

export function wait(at: Desk, ms: number): { [token: string]: string } {
  at.now += ms;
  return took(at, expire(at.coordinator, at.env, at.now));
}

export function classic(at: Desk): ClassicGroup {
  const group = at.coordinator.groups.get('g');
  if (group?.kind !== 'classic') throw new Error('no classic group');
  return group;
}

export function group(at: Desk): ModernGroup {
  const found = at.coordinator.groups.get('g');
  if (!found || found.kind === 'classic') throw new Error('no such group');
  return found;
}

export function stateOf(at: Desk): ClassicState {
  return classic(at).state;
}

/** A group of these members, stable in generation 1, that the first one leads. */
export function stable(members: readonly string[], change: Parameters<typeof desk>[0] = {}): Desk {
  const at = desk({ ...change, classic: { initialRebalanceDelay: 1_000, ...change.classic } });
  for (const member of members) come(at, member);
  wait(at, 1_000);
  wait(at, 1_000);
  for (const member of [...members].reverse()) sync(at, member, 1, Object.fromEntries(members.map((id) => [id, `for ${id}`])));
  at.events.length = 0;
  at.records.length = 0;
  return at;
}

/** The same desk a moment later, apart from the first. */
export function twin(at: Desk): Desk {
  return { ...at, coordinator: copyCoordinator(at.coordinator), answers: [], events: [], records: [] };
}
