import type { LineId, PartId } from '../../base/index.ts';
import type { Context, NodeId } from '../../engine/index.ts';
import type { ClientFrame } from './amqp/index.ts';

/** An open channel, or one that the broker closed: it is followed by the next. */
interface SessionChannel {
  number: number;
  isOpen: boolean;
  /** Publications on the open channel: the number of the last, as confirms count. */
  published: number;
}

/** One client's connection with one broker; all its lines to that broker share it, and one channel unless each has its own. */
interface Connection {
  readonly line: LineId;
  /** Number of the last channel. */
  last: number;
  shared: SessionChannel | undefined;
  readonly own: Map<LineId, SessionChannel>;
}

/** Who a client says it is, and what it is told first. */
export interface Identity {
  readonly vhost: string;
  readonly user: string;
  /** Every line has a channel of its own. */
  readonly isPerLine: boolean;
  /** Sent first on every new channel: confirm.select, tx.select, a consumer of replies. */
  readonly prelude: readonly ClientFrame[];
}

/** What a real client library keeps: its connections, and which brokers are out of reach. Plain data. */
export interface Session {
  connections: Map<NodeId, Connection>;
  unreachable: Set<NodeId>;
  /** Channels that a broker closed because of an error. */
  refused: number;
  readonly identity: Identity;
}

export function emptySession(identity: Identity): Session {
  return { identity, connections: new Map(), unreachable: new Set(), refused: 0 };
}

export function copySession(session: Session): Session {
  const connections = new Map([...session.connections].map(([broker, connection]) => [broker, copyConnection(connection)]));
  return { ...session, connections, unreachable: new Set(session.unreachable) };
}

function copyConnection(connection: Connection): Connection {
  const { shared, own } = connection;
  return { ...connection, shared: shared && { ...shared }, own: new Map([...own].map(([line, channel]) => [line, { ...channel }])) };
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

/** The open channel with a broker; connection and channel are opened first if need be. */
function channelWith(session: Session, broker: NodeId, line: LineId, place: PartId, x: Context): SessionChannel {
  let connection = session.connections.get(broker);
  const known = connection && channelOn(session, connection, line);
  if (known?.isOpen) return known;
  const self = x.wiring.self.id;
  const { vhost, user, prelude, isPerLine } = session.identity;
  if (!connection) {
    connection = { line, last: 0, shared: undefined, own: new Map() };
    session.connections.set(broker, connection);
    say(self, place, line, { verb: 'connection.open', channel: 0, vhost, user }, x);
  }
  const number = ++connection.last;
  const channel: SessionChannel = { number, isOpen: true, published: 0 };
  if (isPerLine) connection.own.set(line, channel);
  else connection.shared = channel;
  say(self, place, line, { verb: 'channel.open', channel: number }, x);
  for (const frame of prelude) say(self, place, line, { ...frame, channel: number }, x);
  return channel;
}

function channelOn(session: Session, connection: Connection, line: LineId): SessionChannel | undefined {
  return session.identity.isPerLine ? connection.own.get(line) : connection.shared;
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
  frame.channel = channel.number;
  if (frame.verb === 'basic.publish') channel.published++;
  x.send(x.wiring.self.id, place, line, frame);
  return channel.number;
}

/** Channel and number of the last publication along a line: what confirms name. */
export function lastPublished(session: Session, broker: NodeId, line: LineId): { readonly channel: number; readonly seqNo: number } {
  const connection = session.connections.get(broker);
  const channel = connection && channelOn(session, connection, line);
  return { channel: channel?.number ?? 0, seqNo: channel?.published ?? 0 };
}

/** The broker closed the channel because of an error: the client agrees, and opens another when it next has something to say. */
export function channelClosed(session: Session, line: LineId, channel: number, x: Context): void {
  const place = placeOf(line, x);
  const connection = place === undefined ? undefined : session.connections.get(x.wiring.nodeOf(place));
  if (place === undefined || !connection) return;
  x.send(x.wiring.self.id, place, line, { verb: 'channel.close-ok', channel } as ClientFrame);
  session.refused += 1;
  for (const one of [connection.shared, ...connection.own.values()]) if (one?.number === channel) one.isOpen = false;
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
