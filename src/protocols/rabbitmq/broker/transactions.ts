import type { Context } from '../../../engine/index.ts';
import type { AmqpMessage } from '../amqp/index.ts';
import type { RoutePlan } from './plan.ts';
import type { Settlement } from './settle.ts';
import type { Channel, Exchange, Unacked } from './state.ts';

/*
 * AMQP transactions (rabbit_channel): on a transactional channel publications are routed at once but kept back, and
 * acknowledgements take their deliveries out of the channel but tell no queue. A commit does all of it: publications
 * first, then acknowledgements in their order. A rollback forgets the publications, and the deliveries are outstanding
 * again.
 */

export interface Publication {
  readonly exchange: Exchange;
  readonly message: AmqpMessage;
  readonly plan: RoutePlan;
}

/** What waits in a channel for its commit. */
export interface Transaction {
  readonly publications: readonly Publication[];
  readonly settlements: readonly { readonly settled: readonly Unacked[]; readonly how: Settlement }[];
}

export const NOTHING_YET: Transaction = { publications: [], settlements: [] };

/** Keeps acknowledged deliveries back until the commit. */
export function keepSettled(channel: Channel, settled: readonly Unacked[], how: Settlement): void {
  const { publications, settlements } = channel.transaction as Transaction;
  channel.transaction = { publications, settlements: [...settlements, { settled, how }] };
}

export function keepPublished(channel: Channel, publication: Publication): void {
  const { publications, settlements } = channel.transaction as Transaction;
  channel.transaction = { publications: [...publications, publication], settlements };
}

/** As if nothing had been done since the last commit. Also what the end of a channel comes to. */
export function rollBack(channel: Channel, why: 'rolled-back' | 'crashed', x: Context): void {
  const { transaction } = channel;
  if (transaction === undefined) return;
  channel.transaction = undefined;
  for (const { exchange, message } of transaction.publications)
    x.fact('message.settled', exchange.part || x.wiring.self.id, message.id, '', why, { outcome: 'dropped' });
  const back = transaction.settlements.flatMap(({ settled }) => settled);
  if (back.length === 0) return;
  channel.unacked = [...channel.unacked.slice(channel.head), ...back].sort((a, b) => a.tag - b.tag);
  channel.head = 0;
}
