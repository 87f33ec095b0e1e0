import { micros } from '../../../../base/index.ts';
import type { Context, NodeId } from '../../../../engine/index.ts';
import type { ErrorName, ShareAcknowledgement, ShareAcknowledgeRequest, ShareAcknowledgeResponse } from '../../frames.ts';
import { acknowledge, expireLocks, moveLogStart, nextLockDeadline, releaseMember } from '../../group/index.ts';
import type { Broker, Replica, Return } from '../state.ts';
import { shareSettings } from './settings.ts';
import { memberKey, type Need, shareKey } from './state.ts';
import { answerWhenWritten, settleShare } from './store.ts';

export interface Acknowledged {
  /** The answer waits for these. */
  readonly needs: readonly Need[];
  readonly errors: { readonly [tp: string]: ErrorName };
}

/** A member says what became of records that it was given. */
export function shareAcknowledge(broker: Broker, request: ShareAcknowledgeRequest, back: Return, x: Context): void {
  const { group, memberId, acknowledgements, isFinal } = request;
  const { needs, errors } = takeAcknowledgements(broker, group, memberId, acknowledgements, x);
  if (isFinal) giveBack(broker, group, memberId, x);
  const error = Object.values(errors)[0] ?? '';
  const response: ShareAcknowledgeResponse = { verb: 'ShareAcknowledgeResponse', correlation: back.correlation, error };
  answerWhenWritten(broker, needs, back, response, x);
}

export function takeAcknowledgements(
  broker: Broker,
  group: string,
  memberId: string,
  given: readonly ShareAcknowledgement[],
  x: Context,
): Acknowledged {
  const needs: Need[] = [];
  const errors: { [tp: string]: ErrorName } = {};
  for (const tp of new Set(given.map((one) => one.tp))) {
    const key = shareKey(group, tp);
    const shared = broker.shares.partitions.get(key);
    if (!shared?.partition) {
      errors[tp] = broker.replicas.get(tp)?.lead ? 'INVALID_RECORD_STATE' : 'NOT_LEADER_OR_FOLLOWER';
      continue;
    }
    const own = given.filter((one) => one.tp === tp).map(({ first, last, type }) => ({ firstOffset: first, lastOffset: last, type }));
    const { error, changes } = acknowledge(shared.partition, memberId, own, shareSettings(group, x));
    if (error !== 'NONE') errors[tp] = error;
    settleShare(broker, shared, changes, x);
    needs.push({ key, version: shared.version });
  }
  return { needs, errors };
}

/** Everything that a member has goes back. */
function giveBack(broker: Broker, group: string, memberId: string, x: Context): void {
  for (const shared of broker.shares.partitions.values())
    if (shared.group === group && shared.partition)
      settleShare(broker, shared, releaseMember(shared.partition, memberId, shareSettings(group, x)), x);
  broker.shares.members.delete(memberKey(group, memberId));
}

/** A client's connection is lost, and with it its share session. */
export function clientGone(broker: Broker, client: NodeId, x: Context): void {
  const { shares } = broker;
  for (const waiting of [...shares.fetches.values()]) if (waiting.back.to === client) shares.fetches.delete(waiting.id);
  for (const [key, node] of [...shares.members]) {
    if (node !== client) continue;
    const at = key.indexOf('/');
    giveBack(broker, key.slice(0, at), key.slice(at + 1), x);
  }
}

/** A lock runs out then: one timer for all of them. */
export function wakeLocks(broker: Broker, at: number, x: Context): void {
  const { shares } = broker;
  if (at === Number.POSITIVE_INFINITY || (shares.locksAt !== 0 && shares.locksAt <= at)) return;
  shares.locksAt = at;
  x.wake({ name: 'shareLocks', at }, micros(at - x.now));
}

/** Records whose lock has run out go back. */
export function locksTimer(broker: Broker, at: number, x: Context): void {
  const { shares } = broker;
  if (shares.locksAt !== at) return;
  shares.locksAt = 0;
  let next = Number.POSITIVE_INFINITY;
  for (const shared of shares.partitions.values()) {
    if (!shared.partition) continue;
    settleShare(broker, shared, expireLocks(shared.partition, shareSettings(shared.group, x), x.now), x);
    next = Math.min(next, nextLockDeadline(shared.partition));
  }
  wakeLocks(broker, next, x);
}

/** Retention has removed records: groups that did not have them yet won't get them. */
export function shareLogStartMoved(broker: Broker, { tp, log }: Replica, x: Context): void {
  for (const shared of broker.shares.partitions.values())
    if (shared.tp === tp && shared.partition) settleShare(broker, shared, moveLogStart(shared.partition, log.logStartOffset), x);
}
