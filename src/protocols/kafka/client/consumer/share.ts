import type { LineId } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { ShareAcknowledgement, ShareFetchResponse } from '../../frames.ts';
import { indexOf, topicOf } from '../../message.ts';
import { ask, pendingRequest } from './connection.ts';
import { wayFor } from './fetcher.ts';
import { leaderOf, reachableLeader } from './metadata.ts';
import { beginReading } from './partitions.ts';
import { configOf, type Group } from './settings.ts';
import type { Life, Modern, Taken } from './state.ts';

/** Notes what has become of a record; the broker hears of it with the next poll. */
export function acknowledge(state: Life, { tp, at }: Pick<Taken, 'tp' | 'at'>, type: ShareAcknowledgement['type']): void {
  const last = state.acknowledgements.at(-1);
  const goesOn = last?.tp === tp && last.type === type && last.last === at - 1;
  const others = goesOn ? state.acknowledgements.slice(0, -1) : state.acknowledgements;
  state.acknowledgements = [...others, Object.freeze({ tp, first: goesOn ? last.first : at, last: at, type })];
}

/** Asks the leaders of its partitions for records, unless it has some left; acknowledgements go along, or by themselves. */
export function shareFetch(state: Life, member: Modern, group: Group, x: Context): void {
  if (member.memberId === '') return;
  const { fetchMaxWaitMillis, maxPollRecords } = configOf(x);
  const of = { group: group.id, memberId: member.memberId };
  if (state.buffer.length === 0 && !state.app.isPaused && x.now >= state.fetchNotBefore) {
    const byLeader = new Map<number, string[]>();
    for (const of of state.partitions.values()) {
      const { tp, isAstray } = of;
      const leader = isAstray ? -1 : reachableLeader(state, of, x);
      if (leader < 0 || pendingRequest(state, 'ShareFetch', leader)) continue;
      const others = byLeader.get(leader);
      if (others) others.push(tp);
      else byLeader.set(leader, [tp]);
    }
    for (const [leader, partitions] of byLeader) {
      const acknowledgements = takeAcknowledgements(state, leader);
      const limits = { maxWait: fetchMaxWaitMillis * 1_000, maxRecords: maxPollRecords };
      const way = wayFor(
        leader,
        partitions.map((tp) => ({ tp })),
        x,
      );
      ask(state, leader, { verb: 'ShareFetch', correlation: state.nextCorrelation, ...of, ...limits, partitions, acknowledgements }, x, {
        way,
      });
      for (const tp of partitions) beginReading(state, tp, x);
    }
  }
  sendAcknowledgements(state, of, x);
}

/** Those that no fetch has taken along. */
function sendAcknowledgements(state: Life, of: { readonly group: string; readonly memberId: string }, x: Context): void {
  const leaders = new Set(state.acknowledgements.map(({ tp }) => leaderNamed(state, tp)));
  for (const leader of leaders) {
    if (leader < 0) continue;
    const acknowledgements = takeAcknowledgements(state, leader);
    ask(state, leader, { verb: 'ShareAcknowledge', correlation: state.nextCorrelation, ...of, acknowledgements }, x);
  }
}

/** Node id; -1 = not known. */
function leaderNamed(state: Life, tp: string): number {
  return leaderOf(state, { topic: topicOf(tp), partition: indexOf(tp) })?.leader ?? -1;
}

function takeAcknowledgements(state: Life, leader: number): readonly ShareAcknowledgement[] {
  const isFor = ({ tp }: ShareAcknowledgement) => leaderNamed(state, tp) === leader;
  const taken = state.acknowledgements.filter(isFor);
  state.acknowledgements = state.acknowledgements.filter((one) => !isFor(one));
  return taken;
}

/** What a closing member has and has not worked on is anybody's again at once. */
export function releaseAll(state: Life, member: Modern, group: Group, x: Context): void {
  const { work, batch, next } = state.app;
  for (const record of [...(work ? [work.record] : []), ...batch.slice(next)]) acknowledge(state, record, 'release');
  for (const { tp, records } of state.buffer) for (const { at } of records) acknowledge(state, { tp, at }, 'release');
  sendAcknowledgements(state, { group: group.id, memberId: member.memberId }, x);
}

export function hearShareFetch(state: Life, response: ShareFetchResponse, sentAt: number, line: LineId, x: Context): void {
  for (const { tp, error, records } of response.partitions) {
    if (error !== '') {
      const known = state.partitions.get(tp);
      if (known) known.isAstray = true;
      state.isMetadataWanted = true;
      continue;
    }
    if (records.length > 0) state.buffer = [...state.buffer, Object.freeze({ tp, line, records, nextOffset: -1 })];
  }
  if (!response.messages?.length && sentAt === x.now) state.fetchNotBefore = x.now + 1_000;
}
