/** Where a transactional producer stands. Mutable. */
export interface Transaction {
  state: 'initializing' | 'ready' | 'open' | 'committing' | 'aborting' | 'failed';
  /** Node id; -1 = to be found. */
  coordinator: number;
  /** Partitions that the coordinator knows of, that are to be told to it, and that it is just being told. */
  added: ReadonlySet<string>;
  pending: ReadonlySet<string>;
  adding: readonly string[];
  /** What the application has sent in it, and which one it is, from 1. */
  records: number;
  number: number;
  /** Why it is aborted against the plan; '' = it is not. */
  error: string;
  committed: number;
  aborted: number;
}

const NOBODY: ReadonlySet<string> = new Set();

export function newTransaction(): Transaction {
  return {
    state: 'initializing',
    coordinator: -1,
    added: NOBODY,
    pending: NOBODY,
    adding: [],
    records: 0,
    number: 0,
    error: '',
    committed: 0,
    aborted: 0,
  };
}

export function begin(transaction: Transaction): void {
  transaction.state = 'open';
  transaction.number++;
  transaction.records = 0;
  transaction.error = '';
}

/** A record goes to this partition: the coordinator has to know of it first. */
export function include(transaction: Transaction, tp: string): void {
  const { added, pending, adding } = transaction;
  if (added.has(tp) || pending.has(tp) || adding.includes(tp)) return;
  transaction.pending = new Set([...pending, tp]);
}

/** Takes what the coordinator is told next. */
export function takePending(transaction: Transaction): readonly string[] {
  transaction.adding = [...transaction.adding, ...transaction.pending];
  transaction.pending = NOBODY;
  return transaction.adding;
}

export function markAdded(transaction: Transaction): void {
  transaction.added = new Set([...transaction.added, ...transaction.adding]);
  transaction.adding = [];
}

/** What was sent is to be taken back: by plan (`error` ''), or because something failed. */
export function abort(transaction: Transaction, error: string): void {
  transaction.state = 'aborting';
  transaction.error = error;
  transaction.pending = NOBODY;
}

/** The coordinator has written down the end. */
export function end(transaction: Transaction, mustInitialize: boolean): void {
  if (transaction.state === 'committing') transaction.committed++;
  else transaction.aborted++;
  transaction.state = mustInitialize ? 'initializing' : 'ready';
  transaction.added = NOBODY;
  transaction.pending = NOBODY;
  transaction.adding = [];
}
