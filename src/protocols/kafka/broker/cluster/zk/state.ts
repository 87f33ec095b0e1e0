import type { LineId, PartId } from '../../../../../base/index.ts';
import {
  type AlterPartition,
  type ControlRequest,
  copyZkController,
  type ZkBrokerView,
  type ZkController,
} from '../../../controller/index.ts';
import type { ClientOp } from './frames.ts';

/** Who waits for an answer of ZooKeeper's. */
export type Purpose =
  | { readonly for: 'nothing' }
  /** The controller, which counts its requests itself. */
  | { readonly for: 'controller'; readonly xid: number }
  /** Whoever asked with this ticket for a write; `exists` is what it is told if the znode is there already. */
  | { readonly for: 'ticket'; readonly ticket: number; readonly exists: 'TOPIC_ALREADY_EXISTS' | 'INVALID_REQUEST' }
  /** A topic's configs are read to be changed, and written. */
  | ({ readonly for: 'config' | 'configWritten' } & ConfigWish)
  /** A leader's own write of its ISR, and the look whether it was done when that is in doubt. */
  | { readonly for: 'isr' | 'isrCheck'; readonly ticket: number; readonly wish: AlterPartition };

export interface ConfigWish {
  readonly ticket: number;
  readonly topic: string;
  readonly name: string;
  readonly value: string | null;
}

/** A request that has not been answered. It is sent again on the next connection. */
export interface Asked {
  /** Its number on the present connection; 0 = not sent there yet. */
  readonly xid: number;
  readonly op: ClientOp;
  readonly purpose: Purpose;
}

/** A broker as a client of ZooKeeper. */
export interface ZkClient {
  status: 'idle' | 'connecting' | 'connected';
  /** The next server to try, by the order of its lines, and how many were tried in vain. */
  next: number;
  attempts: number;
  server: PartId;
  line: LineId;
  /** Number of the connection: it goes on rising over crashes. */
  connection: number;
  xid: number;
  /** 0 = none. */
  session: number;
  timeoutMillis: number;
  /** The last transaction seen. */
  seen: number;
  /** When the server was heard of last. */
  heardAt: number;
  asked: readonly Asked[];
  /** Servers that can't be reached. */
  away: Set<PartId>;
  dataWatches: Set<string>;
  existWatches: Set<string>;
  childWatches: Set<string>;
}

/** Orders of the controller for one broker: the first is under way, the others wait for its answer. */
export interface Channel {
  readonly queue: readonly ControlRequest[];
  /** Number of the one that is under way; 0 = none. */
  readonly correlation: number;
}

export interface ZkCluster {
  readonly client: ZkClient;
  readonly controller: ZkController;
  view: ZkBrokerView;
  /** By node id. */
  channels: Map<number, Channel>;
  /** The process has registered before: what comes next is a new session. */
  hasStarted: boolean;
  /** The session whose registration was refused, as a former life's znode is still there: said once. */
  refusedSession: number;
  /** At the beginning of the run the drawn topics are written once, by the controller. */
  hasDrawn: boolean;
  /** Partitions whose ISR this broker has changed and not told the controller of yet. */
  isrChanges: ReadonlySet<string>;
  isrChangedAt: number;
  isrToldAt: number;
  wakeAt: number;
}

export function newClient(connection: number, next: number): ZkClient {
  return {
    ...{ status: 'idle', next, attempts: 0, server: '', line: '', connection, xid: 0, session: 0, timeoutMillis: 0, seen: 0, heardAt: 0 },
    ...{ asked: [], away: new Set(), dataWatches: new Set(), existWatches: new Set(), childWatches: new Set() },
  };
}

export function copyZkCluster(cluster: ZkCluster): Pick<ZkCluster, 'client' | 'controller' | 'channels'> {
  const { client, controller, channels } = cluster;
  const { away, dataWatches, existWatches, childWatches } = client;
  const watches = { dataWatches: new Set(dataWatches), existWatches: new Set(existWatches), childWatches: new Set(childWatches) };
  return {
    client: { ...client, away: new Set(away), ...watches },
    controller: copyZkController(controller),
    channels: new Map(channels),
  };
}
