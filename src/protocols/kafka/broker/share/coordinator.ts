import type { Context } from '../../../../engine/index.ts';
import type {
  ErrorName,
  ReadShareGroupStateRequest,
  ReadShareGroupStateResponse,
  WriteShareGroupStateRequest,
  WriteShareGroupStateResponse,
} from '../../frames.ts';
import { answer } from '../answer.ts';
import { appendNote, homeOf, ledHome, replicate, SHARE_TOPIC, writtenRecords } from '../internal.ts';
import type { Broker, Replica, Return } from '../state.ts';
import { type StoredShare, shareKey } from './state.ts';

/** A partition's leader wants to know where a share group stands: the share coordinator has it. */
export function readShareState(broker: Broker, { group, tp, leaderEpoch }: ReadShareGroupStateRequest, back: Return, x: Context): void {
  const key = shareKey(group, tp);
  const stored = broker.shares.stored.get(key);
  const error = refusal(broker, key, leaderEpoch);
  const response: ReadShareGroupStateResponse = {
    ...{ verb: 'ReadShareGroupStateResponse', correlation: back.correlation, error },
    snapshot: error === '' ? stored?.snapshot : undefined,
  };
  answer(back, response, x);
}

/** A partition's leader has something to be kept: answered once the followers have it, too. */
export function writeShareState(broker: Broker, request: WriteShareGroupStateRequest, back: Return, x: Context): void {
  const { group, tp, leaderEpoch, snapshot } = request;
  const key = shareKey(group, tp);
  const home = ledHome(broker, SHARE_TOPIC, key);
  const error = refusal(broker, key, leaderEpoch);
  if (error !== '' || !home) {
    answer(back, written(back, error), x);
    return;
  }
  const { shares } = broker;
  const note: StoredShare = Object.freeze({ key, leaderEpoch, snapshot });
  shares.stored.set(key, note);
  const offset = appendNote(broker, home, { key, value: 'ShareSnapshot', note }, x);
  shares.held = [...shares.held, { tp: home.tp, offset, back }];
  replicate(broker, home, x);
}

function refusal(broker: Broker, key: string, leaderEpoch: number): ErrorName {
  if (!ledHome(broker, SHARE_TOPIC, key)) return 'NOT_COORDINATOR';
  return leaderEpoch < (broker.shares.stored.get(key)?.leaderEpoch ?? -1) ? 'FENCED_LEADER_EPOCH' : '';
}

function written({ correlation }: Return, error: ErrorName): WriteShareGroupStateResponse {
  return { verb: 'WriteShareGroupStateResponse', correlation, error };
}

export function shareStateRisen(broker: Broker, { tp, log }: Replica, x: Context): void {
  const { shares } = broker;
  const done = shares.held.filter((held) => held.tp === tp && held.offset <= log.highWatermark);
  if (done.length === 0) return;
  shares.held = shares.held.filter((held) => !done.includes(held));
  for (const { back } of done) answer(back, written(back, ''), x);
}

/** This broker has begun, or ceased, to lead a partition of share groups' state. */
export function shareStateMoved(broker: Broker, replica: Replica, x: Context): void {
  const { shares } = broker;
  if (replica.lead) {
    for (const { note } of writtenRecords(replica)) shares.stored.set((note as StoredShare).key, note as StoredShare);
    return;
  }
  for (const key of [...shares.stored.keys()]) if (homeOf(broker, SHARE_TOPIC, key) === replica.tp) shares.stored.delete(key);
  const lost = shares.held.filter(({ tp }) => tp === replica.tp);
  shares.held = shares.held.filter(({ tp }) => tp !== replica.tp);
  for (const { back } of lost) answer(back, written(back, 'NOT_COORDINATOR'), x);
}
