import type { Classic, Life, Member, Modern } from './state.ts';

export function newClassic(): Classic {
  return {
    kind: 'classic',
    state: 'unjoined',
    memberId: '',
    generation: -1,
    isRejoinNeeded: true,
    reason: 'first',
    isPreparing: false,
    isPrepared: false,
    assignor: '',
    isLeader: false,
    topics: [],
    last: { owned: [], generation: -1 },
    groupTopics: [],
    counted: '',
    received: undefined,
    retryAt: 0,
    heartbeatAt: 0,
    heardAt: 0,
  };
}

export function newModern(kind: Modern['kind']): Modern {
  return {
    kind,
    state: 'unjoined',
    memberId: '',
    epoch: 0,
    target: [],
    isCommitting: false,
    topics: [],
    interval: 0,
    heartbeatAt: 0,
  };
}

/** It joins again when the application next polls. */
export function requestRejoin(member: Classic, reason: string): void {
  member.isRejoinNeeded = true;
  member.reason = reason;
  member.isPrepared = false;
}

/** The coordinator does not know it as it thought to be known: with its generation everything that it owned is lost. */
export function resetClassic(member: Classic, reason: string, keepsId = false): void {
  member.generation = -1;
  if (!keepsId) member.memberId = '';
  member.state = 'unjoined';
  member.received = undefined;
  member.isPreparing = false;
  requestRejoin(member, reason);
}

/** What its requests say of itself; undefined while it is no active member. */
export function activeMember(member: Member | undefined): { readonly memberId: string; readonly generation: number } | undefined {
  if (!member) return undefined;
  if (member.kind === 'classic') {
    const { memberId, generation } = member;
    return member.state === 'stable' ? { memberId, generation } : undefined;
  }
  return member.epoch > 0 ? { memberId: member.memberId, generation: member.epoch } : undefined;
}

/** An error that the application's next poll throws: it ends there. */
export function failWith(state: Life, error: string): void {
  if (state.app.failure === '') state.app.failure = error;
}

/** Reason key of an error that makes it join anew: `UNKNOWN_MEMBER_ID` → `unknown-member-id`. */
export function reasonOf(error: string): string {
  return error.toLowerCase().replaceAll('_', '-');
}
