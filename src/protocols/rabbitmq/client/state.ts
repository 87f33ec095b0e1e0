import type { JsonObject, LineId, PartId } from '../../../base/index.ts';

/** A call that waits for its reply; replies on one channel come in the order of the calls. */
export interface Call {
  readonly step: number;
  /** Set for gets: how many more are wanted (0: until empty), and what has come so far. */
  readonly get?: { readonly queue: string; readonly noAck: boolean; readonly left: number; readonly got: readonly (JsonObject | null)[] };
}

export interface ScriptChannel {
  readonly name: string;
  readonly number: number;
  /** Calls in order, the oldest first. */
  calls: Call[];
  /** Latest delivery tag of each body. */
  latest: Map<string, number>;
  /** Publications not yet confirmed, by number; undefined when not in confirm mode. */
  unconfirmed: Map<number, string> | undefined;
  nextSeqNo: number;
  /** The client has said goodbye and waits for the answer. */
  leaving: boolean;
}

export interface ScriptClient {
  connected: boolean;
  /** Where the broker is, and the line there. */
  broker: PartId;
  line: LineId;
  nextChannel: number;
  channels: Map<string, ScriptChannel>;
  /** Step of a connection.close that waits for its answer. */
  closing: number | undefined;
}

export function emptyClient(broker: PartId, line: LineId): ScriptClient {
  return { connected: false, broker, line, nextChannel: 1, channels: new Map(), closing: undefined };
}

/** All that a connection held is gone with it. */
export function disconnect(client: ScriptClient): void {
  client.connected = false;
  client.nextChannel = 1;
  client.channels = new Map();
  client.closing = undefined;
}

export function copyClient(client: ScriptClient): ScriptClient {
  const channels = new Map<string, ScriptChannel>();
  for (const [name, channel] of client.channels) {
    channels.set(name, {
      ...channel,
      calls: channel.calls.slice(),
      latest: new Map(channel.latest),
      unconfirmed: channel.unconfirmed && new Map(channel.unconfirmed),
    });
  }
  return { ...client, channels };
}
