import { fromMillis, type LineId, type MessageId, micros } from '../../base/index.ts';
import type { Context, NodeId } from '../../engine/index.ts';
import type { Template } from './message.ts';

/*
 * What a careful publisher keeps until the broker has confirmed it: a refused publication is repeated after a while, one
 * whose connection broke when it stands again. Nobody can tell then whether the first one had arrived.
 */

/** A publication that is not confirmed. Never changed. */
export interface Unconfirmed {
  readonly broker: NodeId;
  readonly channel: number;
  readonly seqNo: number;
  readonly line: LineId;
  readonly message: MessageId;
  readonly template: Template;
  /** The first message that says the same: its id is what consumers know it by. */
  readonly root: MessageId;
  /** How often it has been published. */
  readonly attempt: number;
}

/** To be published once more. Never changed. */
export interface Repeat {
  readonly line: LineId;
  readonly template: Template;
  readonly parent: MessageId;
  readonly root: MessageId;
  readonly attempt: number;
}

export interface Assurance {
  readonly unconfirmed: readonly Unconfirmed[];
  /** Wait for a connection. */
  readonly repeats: readonly Repeat[];
  readonly confirmed: number;
  readonly refused: number;
  readonly repeated: number;
  readonly givenUp: number;
}

export const NO_ASSURANCE: Assurance = { unconfirmed: [], repeats: [], confirmed: 0, refused: 0, repeated: 0, givenUp: 0 };

export interface RetryPolicy {
  readonly attempts: number;
  readonly retryMillis: number;
  readonly multiplier: number;
}

function repeatOf({ line, template, message, root, attempt }: Unconfirmed): Repeat {
  return { line, template, parent: message, root, attempt: attempt + 1 };
}

/** No wait is longer, in ms. */
const WAIT_MAX = 3_600_000;

/** How long until the next attempt, in ms: each wait is longer than the one before. */
function waitBefore(attempt: number, { retryMillis, multiplier }: RetryPolicy): number {
  let wait = retryMillis;
  for (let i = 1; i < attempt && wait < WAIT_MAX; i++) wait *= multiplier;
  return Math.min(wait, WAIT_MAX);
}

/** basic.ack or basic.nack of publications, one or all up to a number. */
export function heard(
  state: Assurance,
  from: { readonly broker: NodeId; readonly channel: number; readonly seqNo: number; readonly multiple: boolean },
  isTaken: boolean,
  policy: RetryPolicy,
  x: Context,
): Assurance {
  const { broker, channel, seqNo, multiple } = from;
  const isMeant = (one: Unconfirmed) =>
    one.broker === broker && one.channel === channel && (multiple ? one.seqNo <= seqNo : one.seqNo === seqNo);
  const meant = state.unconfirmed.filter(isMeant);
  const unconfirmed = state.unconfirmed.filter((one) => !isMeant(one));
  for (const { message, line } of meant) x.fact(isTaken ? 'message.confirmed' : 'message.refused', x.wiring.self.id, message, line);
  if (isTaken) return { ...state, unconfirmed, confirmed: state.confirmed + meant.length };
  const again = meant.filter(({ attempt }) => attempt < policy.attempts);
  for (const one of again) {
    const wait = waitBefore(one.attempt, policy);
    const { template, ...rest } = repeatOf(one);
    x.wake({ name: 'repeat', ...rest, template: template as never }, micros(fromMillis(wait)));
  }
  const givenUp = state.givenUp + meant.length - again.length;
  return { ...state, unconfirmed, refused: state.refused + meant.length, givenUp };
}

/** A connection broke: whether what was on its way has arrived nobody knows, so it is published again. */
export function broken(state: Assurance, broker: NodeId, policy: RetryPolicy): Assurance {
  const lost = state.unconfirmed.filter((one) => one.broker === broker);
  const again = lost.filter(({ attempt }) => attempt < policy.attempts);
  return {
    ...state,
    unconfirmed: state.unconfirmed.filter((one) => one.broker !== broker),
    repeats: [...state.repeats, ...again.map(repeatOf)],
    givenUp: state.givenUp + lost.length - again.length,
  };
}
