import type { LineId } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { FetchedPartition, FetchPartition, FetchRequest, FetchResponse } from '../../frames.ts';
import { topicOf } from '../../message.ts';
import { recordWay } from '../../routes.ts';
import { takeRecords } from '../offsets.ts';
import { ask, isReachable, pendingRequest } from './connection.ts';
import { leaderOf, reachableLeader } from './metadata.ts';
import { beginReading } from './partitions.ts';
import { outOfRange } from './positions.ts';
import { configOf, METADATA_AGE_MAX } from './settings.ts';
import type { Assigned, Chunk, Life, Taken } from './state.ts';

/** Asks every broker that has something to ask for: partitions with a position and nothing left of the last answer. */
export function sendFetches(state: Life, x: Context): void {
  if (state.app.isPaused || x.now < state.fetchNotBefore) return;
  const { fetchMaxWaitMillis, fetchMinBytes, partitionFetchBytes: maxBytes, isolation, rack } = configOf(x);
  let wanted: Map<number, FetchPartition[]> | undefined;
  for (const of of state.partitions.values()) {
    if (!isFetchable(of) || isBuffered(state, of.tp)) continue;
    const { tp, position: offset } = of;
    const node = nodeFor(state, of, x);
    if (node < 0 || pendingRequest(state, 'Fetch', node)) continue;
    const one = { tp, offset, leaderEpoch: leaderOf(state, of)?.leaderEpoch ?? -1, maxBytes };
    wanted ??= new Map();
    const others = wanted.get(node);
    if (others) others.push(one);
    else wanted.set(node, [one]);
  }
  if (!wanted) return;
  for (const [node, partitions] of wanted) {
    const maxWait = fetchMaxWaitMillis * 1_000;
    const request = {
      verb: 'Fetch' as const,
      correlation: state.nextCorrelation,
      maxWait,
      minBytes: fetchMinBytes,
      isolation,
      rack,
      partitions,
    };
    if (ask(state, node, request, x, { way: wayFor(node, partitions, x) }) === 0) continue;
    for (const { tp } of partitions) beginReading(state, tp, x);
  }
}

/** Records of one topic travel along its line; one request for several goes straight to the broker. */
export function wayFor(node: number, partitions: readonly { readonly tp: string }[], x: Context) {
  const topic = topicOf(partitions[0]?.tp ?? '');
  for (const { tp } of partitions) if (topicOf(tp) !== topic) return undefined;
  return partitions.length === 0 ? undefined : recordWay(x.wiring, node, topic);
}

/** Few answers lie there: a loop is the quickest. */
function isBuffered({ buffer }: Life, tp: string): boolean {
  for (const chunk of buffer) if (chunk.tp === tp) return true;
  return false;
}

function isFetchable({ state, isAstray, isRevoking }: Assigned): boolean {
  return state === 'ready' && !isAstray && !isRevoking;
}

/** The leader, or the replica that it has sent this reader to. */
function nodeFor(state: Life, of: Assigned, x: Context): number {
  const { preferred, preferredUntil } = of;
  if (preferred < 0) return reachableLeader(state, of, x);
  if (x.now < preferredUntil && isReachable(state, preferred, x)) return preferred;
  of.preferred = -1;
  return reachableLeader(state, of, x);
}

export function hearFetch(
  state: Life,
  request: FetchRequest,
  sent: { readonly node: number; readonly sentAt: number },
  response: FetchResponse,
  line: LineId,
  x: Context,
): void {
  for (const fetched of response.partitions) {
    const known = state.partitions.get(fetched.tp);
    // It was given up, or sent elsewhere, while the answer was on its way.
    if (known?.state !== 'ready' || known.position !== offsetAsked(request, fetched.tp)) continue;
    if (fetched.error === '') accept(state, known, fetched, line, x);
    else refuse(state, known, fetched.error, sent.node, x);
  }
  // Where an answer takes no time and is not kept back, the next question would come at this very moment, for ever.
  if (!response.messages?.length && sent.sentAt === x.now) state.fetchNotBefore = x.now + 1_000;
}

function offsetAsked({ partitions }: FetchRequest, wanted: string): number | undefined {
  for (const { tp, offset } of partitions) if (tp === wanted) return offset;
  return undefined;
}

function accept(state: Life, known: Assigned, fetched: FetchedPartition, line: LineId, x: Context): void {
  const { tp, preferredReplica: preferred, highWatermark, nextOffset, records } = fetched;
  // One that sends the reader elsewhere does not say.
  if (highWatermark >= 0) known.highWatermark = highWatermark;
  if (preferred >= 0) {
    known.preferred = preferred;
    known.preferredUntil = x.now + METADATA_AGE_MAX;
  }
  if (records.length > 0) state.buffer = [...state.buffer, { tp, line, records, nextOffset }];
  // Only marks, or aborted records: there is nothing to hand out, but it is behind them.
  else if (nextOffset > known.position) known.position = nextOffset;
}

function refuse(state: Life, known: Assigned, error: string, node: number, x: Context): void {
  if (error === 'OFFSET_OUT_OF_RANGE') {
    // A follower may not be that far: the leader decides.
    if (known.preferred === node) known.preferred = -1;
    else outOfRange(state, known.tp, x);
    return;
  }
  known.isAstray = true;
  known.preferred = -1;
  state.isMetadataWanted = true;
}

const NOTHING: readonly Taken[] = [];

/** What one poll hands out: up to `max` records in the order in which they came; positions move behind them. */
export function takeBatch(state: Life, max: number): readonly Taken[] {
  if (state.app.isPaused || state.buffer.length === 0) return NOTHING;
  const batch: Taken[] = [];
  const left: Chunk[] = [];
  for (const chunk of state.buffer) {
    const known = state.partitions.get(chunk.tp);
    const room = max - batch.length;
    if (room === 0 || (known?.isRevoking ?? false)) {
      left.push(chunk);
      continue;
    }
    const { taken, rest, position } = takeRecords(chunk, room);
    if (known?.state === 'ready') known.position = position;
    const { tp, line } = chunk;
    for (const { at, source, deliveryCount } of taken)
      batch.push(deliveryCount === undefined ? { at, source, tp, line } : { at, source, deliveryCount, tp, line });
    if (rest.records.length > 0) left.push({ tp, line, ...rest });
  }
  state.buffer = left;
  return batch;
}
