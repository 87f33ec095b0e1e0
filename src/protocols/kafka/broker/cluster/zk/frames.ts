import type { Frame } from '../../../../../engine/index.ts';
import type { ZkAnswer, ZkOp, ZkWatchEvent } from '../../../controller/index.ts';

/** What this pack says to ZooKeeper's servers, as far as it speaks their language. */
export type ClientOp =
  | ZkOp
  | { readonly op: 'create'; readonly path: string; readonly data: string; readonly mode: 'PERSISTENT_SEQUENTIAL' }
  | { readonly op: 'close' }
  | {
      readonly op: 'setWatches';
      readonly relativeZxid: number;
      readonly dataWatches: readonly string[];
      readonly existWatches: readonly string[];
      readonly childWatches: readonly string[];
    };

interface OnConnection extends Frame {
  /** Of the client's own count: what belongs to an earlier connection is ignored. */
  readonly connection: number;
}
export interface ConnectFrame extends OnConnection {
  readonly verb: 'zk.connect';
  readonly session: number;
  readonly timeoutMillis: number;
  readonly lastZxidSeen: number;
}
export interface PingFrame extends OnConnection {
  readonly verb: 'zk.ping';
}
export type ServerFrame =
  | (OnConnection & { readonly verb: 'zk.connected'; readonly session: number; readonly timeoutMillis: number })
  | (OnConnection & ZkAnswer & { readonly verb: 'zk.reply'; readonly xid: number; readonly zxid: number })
  | (OnConnection & { readonly verb: 'zk.watchEvent'; readonly type: ZkWatchEvent; readonly path: string })
  | (OnConnection & { readonly verb: 'zk.closed' })
  | (OnConnection & { readonly verb: 'zk.pong'; readonly zxid: number });
