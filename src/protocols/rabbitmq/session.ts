import type { LineId, PartId } from '../../base/index.ts';
import type { Context, NodeId } from '../../engine/index.ts';
import type { ClientFrame } from './amqp/index.ts';

/** One client's connection with one broker; all its lines to that broker share it, and one channel. */
interface Connection {
  readonly line: LineId;
  /** Number of the open channel; a channel that the broker closed is followed by the next. */
  channel: number;
  isOpen: boolean;
  /** Publications on the open channel: the number of the last, as confirms count. */
  published: number;
}

/** What a real client library keeps: its connections, and which brokers are out of reach. Plain data. */
export interface Session {
  connections: Map<NodeId, Connection>;
  unreachable: Set<NodeId>;
  /** Channels that a broker closed because of an error. */
  refused: number;
  /** Sent first on every new channel: confirm.select, tx.select, a consumer of replies. */
  readonly prelude: readonly ClientFrame[];
}

export function emptySession(prelude: readonly ClientFrame[] = []): Session {
  return { prelude, connections: new Map(), unreachable: new Set(), refused: 0 };
}

export function copySession(session: Session): Session {
  const connections = new Map([...session.connections].map(([broker, connection]) => [broker, { ...connection }]));
  return { ...session, connections, unreachable: new Set(session.unreachable) };
}

/** The other end of one of this client's lines: a place, or a broker. */
function placeOf(line: LineId, x: Context): string | undefined {
  const drawn = x.wiring.line(line);
  if (!drawn) return undefined;
  return drawn.from === x.wiring.self.id ? drawn.to : drawn.from;
}

/** The broker that a line leads to, unless it is out of reach. */
export function brokerBehind(session: Session, line: LineId, x: Context): NodeId | undefined {
  const place = placeOf(line, x);
  return place === undefined ? undefined : reachable(session, place, x);
}

function reachable(session: Session, place: PartId, x: Context): NodeId | undefined {
  const broker = x.wiring.nodeOf(place);
  return session.unreachable.size > 0 && session.unreachable.has(broker) ? undefined : broker;
}

/** Opens connection and channel with the broker behind a line, if it is within reach and they are not open yet. */
export function connect(session: Session, line: LineId, x: Context): void {
  const place = placeOf(line, x);
  const broker = place === undefined ? undefined : reachable(session, place, x);
  if (place !== undefined && broker !== undefined) channelWith(session, broker, line, place, x);
}

function say(self: PartId, place: PartId, line: LineId, method: ClientFrame, x: Context): void {
  x.send(self, place, line, method);
}

/** The number of the open channel with a broker; connection and channel are opened first if need be. */
function channelWith(session: Session, broker: NodeId, line: LineId, place: PartId, x: Context): number {
  let connection = session.connections.get(broker);
  if (connection?.isOpen) return connection.channel;
  const self = x.wiring.self.id;
  if (!connection) {
    connection = { line, channel: 0, isOpen: false, published: 0 };
    session.connections.set(broker, connection);
    say(self, place, line, { verb: 'connection.open', channel: 0 }, x);
  }
  connection.channel += 1;
  connection.isOpen = true;
  connection.published = 0;
  say(self, place, line, { verb: 'channel.open', channel: connection.channel }, x);
  for (const frame of session.prelude) say(self, place, line, { ...frame, channel: connection.channel }, x);
  return connection.channel;
}

/** A new frame, whose channel the session fills in. */
type Unaddressed = ClientFrame & { channel: number };

/**
 * Sends a method along a line; nothing is waited for, as the broker takes frames in order. Returns the number of the
 * channel, or 0 when the broker is out of reach.
 */
export function speak(session: Session, line: LineId, frame: Unaddressed, x: Context): number {
  const place = placeOf(line, x);
  const broker = place === undefined ? undefined : reachable(session, place, x);
  if (place === undefined || broker === undefined) return 0;
  const channel = channelWith(session, broker, line, place, x);
  frame.channel = channel;
  if (frame.verb === 'basic.publish') (session.connections.get(broker) as Connection).published++;
  x.send(x.wiring.self.id, place, line, frame);
  return channel;
}

/** The number that the last publication along a line has on its channel: what confirms name. */
export function lastPublished(session: Session, line: LineId, x: Context): number {
  const broker = brokerBehind(session, line, x);
  return broker === undefined ? 0 : (session.connections.get(broker)?.published ?? 0);
}

/** The broker closed the channel because of an error: the client agrees, and opens another when it next has something to say. */
export function channelClosed(session: Session, line: LineId, channel: number, x: Context): void {
  const place = placeOf(line, x);
  const connection = place === undefined ? undefined : session.connections.get(x.wiring.nodeOf(place));
  if (place === undefined || !connection) return;
  x.send(x.wiring.self.id, place, line, { verb: 'channel.close-ok', channel } as ClientFrame);
  session.refused += 1;
  if (connection.channel === channel) connection.isOpen = false;
}

/** The broker closed the whole connection because of an error. */
export function connectionClosed(session: Session, line: LineId, x: Context): void {
  const place = placeOf(line, x);
  if (place === undefined) return;
  x.send(x.wiring.self.id, place, line, { verb: 'connection.close-ok', channel: 0 } as ClientFrame);
  session.connections.delete(x.wiring.nodeOf(place));
  session.refused += 1;
}

export function peerChanged(session: Session, broker: NodeId, isUp: boolean): void {
  session.connections.delete(broker);
  if (isUp) session.unreachable.delete(broker);
  else session.unreachable.add(broker);
}

/** A clean departure: every connection is closed with code 200. */
export function sayGoodbye(session: Session, x: Context): void {
  for (const { line } of session.connections.values()) {
    const place = placeOf(line, x);
    if (place !== undefined)
      x.send(x.wiring.self.id, place, line, { verb: 'connection.close', channel: 0, code: 200, text: 'Goodbye' } as ClientFrame);
  }
  session.connections.clear();
}
