import type { Context } from '../../../engine/index.ts';
import { coordinatorMoved, coordinatorRisen } from './coordinators.ts';
import { OFFSETS_TOPIC, SHARE_TOPIC, TRANSACTIONS_TOPIC } from './internal.ts';
import { shareStateMoved, shareStateRisen } from './share/coordinator.ts';
import { dropShares } from './share/store.ts';
import type { Broker, Replica } from './state.ts';
import { transactionsMoved, transactionsRisen } from './transactions/coordinator.ts';

/** This broker has begun, or ceased, to lead a partition: what goes with it is taken up, or laid down. */
export function leadershipMoved(broker: Broker, replica: Replica, x: Context): void {
  if (replica.topic === OFFSETS_TOPIC) coordinatorMoved(broker, replica, x);
  else if (replica.topic === TRANSACTIONS_TOPIC) transactionsMoved(broker, replica, x);
  else if (replica.topic === SHARE_TOPIC) shareStateMoved(broker, replica, x);
  else if (!replica.lead) dropShares(broker, replica.tp, x);
}

/** The followers have what a coordinator here has written. */
export function writtenIsSafe(broker: Broker, replica: Replica, x: Context): void {
  if (replica.topic === OFFSETS_TOPIC) coordinatorRisen(broker, replica, x);
  else if (replica.topic === TRANSACTIONS_TOPIC) transactionsRisen(broker, replica, x);
  else if (replica.topic === SHARE_TOPIC) shareStateRisen(broker, replica, x);
}
