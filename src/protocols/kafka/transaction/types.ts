/** States of Kafka's own transaction coordinator. `Complete…` and `Empty` differ only in what went before. */
export type TransactionState = 'Empty' | 'Ongoing' | 'PrepareCommit' | 'PrepareAbort' | 'CompleteCommit' | 'CompleteAbort';

/** What the coordinator knows of one transactional id; also what it writes into `__transaction_state`. Frozen. */
export interface TransactionMetadata {
  readonly transactionalId: string;
  readonly producerId: number;
  /** -1: no producer has had the id yet. */
  readonly producerEpoch: number;
  /** The epoch before, if the producer itself asked for the present one; -1 = none. */
  readonly lastProducerEpoch: number;
  /** `transaction.timeout.ms`, in the caller's unit. */
  readonly timeout: number;
  readonly state: TransactionState;
  /** Partitions that the transaction has written to, or is about to. */
  readonly partitions: readonly string[];
  /** -1: no transaction is open. */
  readonly startedAt: number;
  readonly updatedAt: number;
}

export type Verdict =
  /** Answered at once with an error of Kafka's. */
  | { readonly type: 'refused'; readonly error: string }
  /** All is as it is wanted: answered at once. */
  | { readonly type: 'done' }
  /** Answered once `next` is in the log and replicated: with '' or an error. */
  | { readonly type: 'write'; readonly next: TransactionMetadata; readonly answer: string };

export const VERDICT_DONE: Verdict = { type: 'done' };
