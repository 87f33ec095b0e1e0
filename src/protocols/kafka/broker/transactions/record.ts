import type { Context } from '../../../../engine/index.ts';
import type { TransactionMetadata } from '../../transaction/index.ts';
import { appendNote, ledHome, replicate, TRANSACTIONS_TOPIC } from '../internal.ts';
import type { Broker } from '../state.ts';
import type { HeldTransaction } from './state.ts';

/** Writes down how a transaction shall stand: it does once the followers have it. Nothing happens where this broker is not its coordinator. */
export function write(broker: Broker, next: TransactionMetadata, reply: HeldTransaction['reply'], why: string, x: Context): void {
  const { transactionalId, state } = next;
  const home = ledHome(broker, TRANSACTIONS_TOPIC, transactionalId);
  if (!home) return;
  const { transactions } = broker;
  const known = transactions.byId.get(transactionalId);
  transactions.byId.set(transactionalId, { metadata: known?.metadata ?? next, pending: next, unmarked: known?.unmarked ?? [] });
  const offset = appendNote(broker, home, { key: transactionalId, value: state, note: next }, x);
  transactions.held = [...transactions.held, { tp: home.tp, offset, transactionalId, reply, why }];
  replicate(broker, home, x);
}
