import type { LineId, PartId } from '../../../base/index.ts';
import type { ReadOp, SessionId, WriteOp, Zxid } from '../frames.ts';

/** What a scripted client is told to do: arguments of its verb `do`. `step` comes back with the answer. */
export interface ScriptDeed {
  readonly step: number;
  /** What it asks for when it opens its session. */
  readonly timeoutMillis: number;
  readonly request: WriteOp | ReadOp;
}

/** Watches that the client has set and that have not fired: how many by path. */
export type ClientWatches = Map<string, number>;

export interface ScriptClient {
  status: 'idle' | 'connecting' | 'connected';
  /** The servers that its lines lead to, and which of them comes next. */
  readonly servers: readonly { readonly id: PartId; readonly line: LineId }[];
  next: number;
  /** Servers tried in vain since it was connected last. */
  attempts: number;
  server: PartId;
  line: LineId;
  /** Number of the connection, of the last request, and of the session. */
  connection: number;
  xid: number;
  session: SessionId;
  timeoutMillis: number;
  seen: Zxid;
  /** Requests that wait for a connection, and those that wait for their answers. Replaced, never changed. */
  queued: readonly ScriptDeed[];
  asked: readonly { readonly xid: number; readonly deed: ScriptDeed | undefined }[];
  dataWatches: ClientWatches;
  existWatches: ClientWatches;
  childWatches: ClientWatches;
}

export function emptyClient(servers: ScriptClient['servers']): ScriptClient {
  return {
    status: 'idle',
    servers,
    next: 0,
    attempts: 0,
    server: '',
    line: '',
    connection: 0,
    xid: 0,
    session: 0,
    timeoutMillis: 0,
    seen: 0,
    queued: [],
    asked: [],
    dataWatches: new Map(),
    existWatches: new Map(),
    childWatches: new Map(),
  };
}

/** The session is over: what comes next opens another one. */
export function endSession(client: ScriptClient): void {
  const { connection, servers, next } = client;
  Object.assign(client, emptyClient(servers), { connection, next });
}

export function copyClient(client: ScriptClient): ScriptClient {
  const { dataWatches, existWatches, childWatches } = client;
  return { ...client, dataWatches: new Map(dataWatches), existWatches: new Map(existWatches), childWatches: new Map(childWatches) };
}
