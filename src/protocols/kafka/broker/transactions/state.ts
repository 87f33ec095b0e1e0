import type { Frame } from '../../../../engine/index.ts';
import type { TransactionMetadata } from '../../transaction/index.ts';
import type { Return } from '../state.ts';

/** One transactional id. Replaced on every change. */
export interface Transaction {
  /** As it is written and replicated. */
  readonly metadata: TransactionMetadata;
  /** As it will be once that is replicated, too. */
  readonly pending: TransactionMetadata | undefined;
  /** Partitions that have no marker of its end yet, as far as this coordinator knows. */
  readonly unmarked: readonly string[];
}

/** A change that is written and not replicated yet. */
export interface HeldTransaction {
  readonly tp: string;
  /** High watermark of the partition at which it counts. */
  readonly offset: number;
  readonly transactionalId: string;
  readonly reply: { readonly back: Return; readonly frame: Frame } | undefined;
  /** Reason key. */
  readonly why: string;
}

/** Markers on their way to a leader. */
export interface MarkersOut {
  readonly node: number;
  readonly transactionalId: string;
  readonly partitions: readonly string[];
}

/** Transactional ids that this broker coordinates. */
export interface Transactions {
  byId: Map<string, Transaction>;
  held: readonly HeldTransaction[];
  /** By the number of the request. */
  markers: Map<number, MarkersOut>;
  /** Transactional ids whose markers are tried again in a moment. */
  retries: ReadonlySet<string>;
  /** When open transactions are looked at; 0 = no timer is set. */
  expiryAt: number;
}

export function newTransactions(): Transactions {
  return { byId: new Map(), held: [], markers: new Map(), retries: new Set(), expiryAt: 0 };
}

export function copyTransactions(transactions: Transactions): Transactions {
  return { ...transactions, byId: new Map(transactions.byId), markers: new Map(transactions.markers) };
}
