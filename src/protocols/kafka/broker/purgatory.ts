import type { Micros } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import { isInternal } from '../message.ts';
import { sweepBy } from './deadline.ts';
import { expireFetch, tryFetch } from './fetch.ts';
import { writtenIsSafe } from './moved.ts';
import { expireProduce, tryProduce } from './produce.ts';
import { expireSession } from './serve.ts';
import { expireShareFetch, tryShareFetches } from './share/fetch.ts';
import type { Broker } from './state.ts';

/*
 * Requests that wait: one timer for all of them, set for the earliest. What is answered sooner does not take it back; it
 * goes off, finds nothing, and is set for the next one.
 */

/** Their time has come, or that of some of them. */
export function sweep(broker: Broker, at: number, x: Context): void {
  // Set anew for an earlier time meanwhile.
  if (at !== broker.sweepAt) return;
  broker.sweepAt = 0;
  for (const waiting of [...broker.fetches.values()]) if (waiting.deadline <= x.now) expireFetch(broker, waiting, x);
  for (const waiting of [...broker.produces.values()]) if (waiting.deadline <= x.now) expireProduce(broker, waiting, x);
  for (const waiting of [...broker.shares.fetches.values()]) if (waiting.deadline <= x.now) expireShareFetch(broker, waiting, x);
  for (const [node, { waiting }] of broker.sessions) if (waiting && waiting.deadline <= x.now) expireSession(broker, node, x);
  const next = earliest(broker);
  if (next !== undefined) sweepBy(broker, next as Micros, x);
}

function earliest(broker: Broker): number | undefined {
  let least = Number.POSITIVE_INFINITY;
  for (const { deadline } of broker.fetches.values()) if (deadline < least) least = deadline;
  for (const { deadline } of broker.produces.values()) if (deadline < least) least = deadline;
  for (const { deadline } of broker.shares.fetches.values()) if (deadline < least) least = deadline;
  for (const { waiting } of broker.sessions.values()) if (waiting && waiting.deadline < least) least = waiting.deadline;
  return least === Number.POSITIVE_INFINITY ? undefined : least;
}

/** Looks again at whoever waits at partitions where something has changed. */
export function stirAll(broker: Broker, x: Context): void {
  for (const tp of broker.stirred) {
    broker.stirred.delete(tp);
    if (broker.shares.fetches.size > 0) tryShareFetches(broker, tp, x);
    const replica = broker.replicas.get(tp);
    if (replica === undefined) continue;
    if (isInternal(replica.topic)) writtenIsSafe(broker, replica, x);
    for (const id of replica.writers) tryProduce(broker, id, x);
    for (const id of replica.readers) tryFetch(broker, id, x);
  }
}
