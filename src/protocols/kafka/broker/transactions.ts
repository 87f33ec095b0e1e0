import type { ErrorName, ProduceBatch, ProduceRequest } from '../frames.ts';
import type { Broker } from './state.ts';

/** Why a batch of a transaction is refused before it comes to the log; '' = it is not. */
export function transactionRefusal(_: Broker, request: ProduceRequest, batch: ProduceBatch): ErrorName {
  return batch.isTransactional && request.transactionalId === '' ? 'INVALID_TXN_STATE' : '';
}
