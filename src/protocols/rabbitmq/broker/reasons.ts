import type { JsonObject, LineId } from '../../../base/index.ts';

/*
 * All reason keys that the broker puts into facts, with their arguments: the sentence writer translates them as `why.<key>`.
 * Facts carry the key in `why`; entries of `message.routed`'s `data.unmatched` carry {line, why, …arguments}.
 */

/** Why a binding did not match a message. Entries of `message.routed`'s `data.unmatched`. */
export type Mismatch =
  /** A direct (or the default) exchange: the routing key is not the binding key. */
  | { readonly why: 'direct-differs'; readonly got: string; readonly wanted: string }
  /** Topic: the `word`-th word (from 1) of the routing key differs. `fromEnd`: counted from the end, behind a `#`. */
  | { readonly why: 'topic-word'; readonly word: number; readonly fromEnd: boolean; readonly got: string; readonly wanted: string }
  /** Topic: the routing key has `got` words, the pattern asks for at least `wanted`. */
  | { readonly why: 'topic-too-short'; readonly got: number; readonly wanted: number }
  /** Topic: the routing key has `got` words, the pattern (without `#`) takes exactly `wanted`. */
  | { readonly why: 'topic-too-long'; readonly got: number; readonly wanted: number }
  /** Topic: words asked for between two `#` do not come in this order. */
  | { readonly why: 'topic-middle'; readonly wanted: string }
  /** Headers, all: a header is not there. */
  | { readonly why: 'header-missing'; readonly header: string }
  /** Headers, all: a header has another value. */
  | { readonly why: 'header-differs'; readonly header: string; readonly got: string; readonly wanted: string }
  /** Headers, any: none of the `count` conditions holds. */
  | { readonly why: 'header-none'; readonly count: number };

export type UnmatchedLine = JsonObject & Mismatch & { readonly line: LineId };

/** `why` of `message.routed`. */
export const ROUTED_WHY = ['matched', 'unroutable', 'alternate'] as const;

/** `why` of `message.delivered`: the reason it was this consumer's turn. */
export const TURN_WHY = [
  'turn-only', // the queue's only consumer
  'turn-next', // the next in the rotation
  'turn-free', // the only one with room in its window; the others are full
  'turn-priority', // the highest consumer priority that has room
  'turn-single-active', // the queue's single active consumer
  'turn-exclusive', // the exclusive consumer
  'turn-get', // fetched by basic.get
  'turn-reply', // a direct reply
] as const;
export type TurnWhy = (typeof TURN_WHY)[number];

/** `why` of `message.requeued`. */
export const REQUEUED_WHY = ['rejected', 'channel-closed', 'connection-closed', 'recovered'] as const;
export type RequeuedWhy = (typeof REQUEUED_WHY)[number];

/** Why a message dies in its queue: the `reason` of x-death. */
export type DeathWhy = 'expired' | 'rejected' | 'maxlen' | 'delivery_limit';

/** `why` of `message.settled`. */
export const SETTLED_WHY = [
  'acked',
  'auto-acked', // handed to a consumer that never acknowledges
  'unroutable', // outcome dropped: no queue took it; outcome returned: mandatory, so it goes back
  'rejected', // rejected without requeueing
  'expired', // its time to live was over when it stood at the head
  'delivery_limit', // it had come back more often than the quorum queue allows
  'maxlen', // the queue had too many, and it stood at the head
  'queue-full', // the queue takes no more (x-overflow reject-publish)
  'no-dead-letter-exchange', // the exchange that dead messages should go to is not there
  'purged',
  'deleted', // its queue went
  'crashed', // the broker went down and it was not on disk
  'rolled-back', // its transaction was rolled back, or its channel ended before the commit
  'no-exchange', // the exchange it was sent to is not there (any more)
  'refused', // the exchange refused it: internal, wrong header, missing reply consumer
] as const;
export type SettledWhy = (typeof SETTLED_WHY)[number];

/** `why` of `place.deleted`, `binding.removed` and `consumer.cancelled`. */
export const GONE_WHY = [
  'client',
  'operator',
  'auto-delete',
  'expired', // unused for longer than x-expires
  'exclusive',
  'crashed',
  'deleted',
  'cancelled',
  'channel-closed',
  'connection-closed',
] as const;
export type GoneWhy = (typeof GONE_WHY)[number];

/** `why` of `place.declared`, `binding.added`. */
export const DECLARED_WHY = ['booted', 'client', 'operator'] as const;
export type DeclaredWhy = (typeof DECLARED_WHY)[number];

/** `why` of `connection.closed` and `channel.closed`. */
export const CLOSED_WHY = [
  'farewell', // the client said goodbye
  'error', // the broker closed it: data has code and text
  'lost', // the other end is gone
  'heartbeat', // nothing heard for too long
  'replaced', // the same client connected anew
] as const;
export type ClosedWhy = (typeof CLOSED_WHY)[number];
