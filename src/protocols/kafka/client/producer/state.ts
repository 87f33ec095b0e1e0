import type { LineId } from '../../../../base/index.ts';
import type { Context, NodeId } from '../../../../engine/index.ts';
import { type Cluster, NO_CLUSTER } from './cluster.ts';
import { configOf, kindOf, type RecordTemplate } from './config.ts';
import { copySender, newSender, type Sender } from './sender.ts';
import { newTransaction, type Transaction } from './transaction.ts';

/** A call of send() that has not returned yet. */
export interface Send {
  readonly template: RecordTemplate;
  readonly topic: string;
  readonly line: LineId;
  /** The last one of what the application sends at once. */
  readonly isLast: boolean;
}

/** Records published by hand that are still to be sent. */
interface HandBatch {
  readonly template: RecordTemplate;
  readonly left: number;
}

/** A request that carries no records, without an answer. */
export interface Control {
  readonly correlation: number;
  readonly verb: string;
  readonly node: number;
  readonly deadline: number;
}

interface Alarm {
  /** Id of the timer, 0 = none. */
  readonly id: number;
  readonly at: number;
}
export const NO_ALARM: Alarm = { id: 0, at: Number.POSITIVE_INFINITY };

export interface Producer {
  // The application: what it sends when.
  readonly startedAt: number;
  /** Position in its own schedule; it survives a crash, as the outside world's requests do not wait for a process. */
  position: number;
  timer: number;
  hand: HandBatch[];
  handTimer: number;
  isPaused: boolean;
  /** The first one is tried now; the application waits until all have returned. */
  sends: Send[];
  /** Since when the first one waits; -1 = it does not. */
  blockedSince: number;
  isShortOfMemory: boolean;

  // The client.
  /** '' = without transactions. */
  transactionalId: string;
  sender: Sender;
  transaction: Transaction | undefined;
  cluster: Cluster;
  /** Brokers that there is no connection with. */
  unreachable: ReadonlySet<NodeId>;
  /** A node that has not answered in time is not the first to be asked again. */
  avoided: number;
  nextCorrelation: number;
  metadata: {
    readonly isDue: boolean;
    readonly request: Control | undefined;
    readonly askedAt: number;
    readonly updatedAt: number;
    /** Times that asking brought nothing new. */
    readonly attempts: number;
  };
  /** For ids and transactions, one at a time. */
  control: Control | undefined;
  controlRetryAt: number;
  sendAlarm: Alarm;
  checkAlarm: Alarm;

  // Sums.
  published: number;
  confirmed: number;
  refused: number;
  retried: number;
}

export function newProducer(x: Context): Producer {
  return {
    startedAt: x.now,
    position: 0,
    timer: 0,
    hand: [],
    handTimer: 0,
    isPaused: false,
    sends: [],
    blockedSince: -1,
    isShortOfMemory: false,
    ...newClient(x),
    unreachable: new Set(),
    published: 0,
    confirmed: 0,
    refused: 0,
    retried: 0,
  };
}

/** A client as it comes to life: it knows nobody but the addresses it was given. */
export function newClient(x: Context) {
  const config = configOf(x);
  const kind = kindOf(config, x);
  return {
    transactionalId: kind === 'transactional' ? config.transactionalId : '',
    sender: newSender(kind),
    transaction: kind === 'transactional' ? newTransaction() : undefined,
    cluster: NO_CLUSTER,
    avoided: -1,
    nextCorrelation: 1,
    metadata: { isDue: true, request: undefined, askedAt: -1, updatedAt: x.now, attempts: 0 },
    control: undefined,
    controlRetryAt: 0,
    sendAlarm: NO_ALARM,
    checkAlarm: NO_ALARM,
  };
}

export function copyProducer(state: Producer): Producer {
  const { sender, transaction, hand, sends } = state;
  return {
    ...state,
    sender: copySender(sender),
    transaction: transaction && { ...transaction },
    hand: hand.slice(),
    sends: sends.slice(),
  };
}
