import type { Context } from '../../../../engine/index.ts';
import { leaveClassic } from './classic.ts';
import { commitOnClose } from './commits.ts';
import { isReachable } from './connection.ts';
import { leaveModern } from './modern.ts';
import { removePartitions } from './partitions.ts';
import { groupOf } from './settings.ts';
import { releaseAll } from './share.ts';
import type { Consumer } from './state.ts';

/** `consumer.close()`: the last auto commit, what it has goes back, and it leaves its group unless it is a static member. */
export function close(state: Consumer, why: string, x: Context): void {
  const group = groupOf(x);
  const { member } = state;
  const canTalk = state.coordinator >= 0 && isReachable(state, state.coordinator, x);
  if (group && member?.kind === 'share' && member.memberId !== '') releaseAll(state, member, group, x);
  else if (group && member && canTalk) commitOnClose(state, x);
  const isLost = member?.kind === 'classic' && member.generation < 0;
  removePartitions(state, [...state.partitions.keys()], isLost ? 'lost' : 'revoked', x);
  if (group && member && canTalk) {
    if (member.kind === 'classic') leaveClassic(state, member, group, why, x);
    else leaveModern(state, member, group, why, x);
  }
  state.member = undefined;
  state.sync = undefined;
  state.buffer = [];
  state.app.batch = [];
  state.app.next = 0;
  if (state.app.work) x.forget(state.app.work.timer);
  state.app.work = undefined;
}
