import type { Context, Frame, Input, Timer } from '../../../engine/index.ts';
import type { ClientFrame } from '../amqp/index.ts';
import { checkAcks } from './ackTimeout.ts';
import { arriveCopy, arriveDead } from './arrive.ts';
import { answer, dropConnection, endChannel, openChannel, openConnection, refuse, type Wire } from './channels.ts';
import { followPeers, memberDown, memberUp } from './cluster/members.ts';
import { isBroker, peersOf } from './cluster/peers.ts';
import { isClusterFrame, receiveFromNode } from './cluster/receive.ts';
import { awaitElection, election } from './cluster/replica.ts';
import { command } from './commands.ts';
import type { DeadHop } from './death.ts';
import { type DiskWrite, fsync, hearWrite } from './disk.ts';
import { declareDrawn, followDrawing } from './drawn.ts';
import { dropExpired, touch } from './expiry.ts';
import { handleMethod, notOnThisChannel } from './methods.ts';
import { forbidden } from './permissions.ts';
import type { RouteHop } from './plan.ts';
import { removeQueue } from './queues.ts';
import type { Broker, Connection } from './state.ts';

/** Begins a virtual host with all that is drawn in it. */
export function startHost(broker: Broker, x: Context): void {
  broker.reachable = new Set(peersOf(x));
  declareDrawn(broker, x);
}

/** What happens to one virtual host of a node. */
export function receiveInHost(broker: Broker, input: Input, x: Context): void {
  switch (input.type) {
    case 'frame':
      receiveFrame(broker, input, x);
      return;
    case 'command':
      command(broker, input.verb, input.target, input.args, x);
      return;
    case 'wiring':
      followDrawing(broker, input.change, input.id, x);
      followPeers(broker, x);
      return;
    case 'peer': {
      if (isBroker(input.node, x)) {
        if (input.up) memberUp(broker, input.node, x);
        else memberDown(broker, input.node, x);
        return;
      }
      const connection = broker.connections.get(input.node);
      if (!input.up && connection) dropConnection(broker, connection, input.why === 'heartbeat' ? 'heartbeat' : 'lost', x);
      return;
    }
    case 'restarted':
      goOn(broker, x);
      return;
    case 'timer':
      expire(broker, input.timer, x);
      return;
  }
}

/** After a stop: time went on while it was down. In a cluster the others say what has changed. */
function goOn(broker: Broker, x: Context): void {
  broker.isJoining = peersOf(x).length > 0;
  declareDrawn(broker, x);
  for (const queue of broker.queues.values()) {
    dropExpired(queue, x);
    touch(queue, x);
  }
  for (const name of broker.replicas.keys()) awaitElection(broker, name, x);
}

/** A queue's timer: its head has expired, or it has been unused for too long; or nothing is heard of its leader. */
function expire(broker: Broker, timer: Timer, x: Context): void {
  if (timer.name === 'fsync') {
    fsync(broker, x);
    return;
  }
  if (timer.name === 'ack-timeout') {
    checkAcks(broker, Number(timer['channel']), x);
    return;
  }
  if (timer.name === 'election') {
    election(broker, String(timer['queue']), x);
    return;
  }
  const queue = broker.queueById.get(Number(timer['queue']));
  if (!queue) return;
  if (timer.name === 'ttl') {
    queue.ttlAt = 0;
    dropExpired(queue, x);
  } else {
    queue.expiresTimer = 0;
    if (queue.consumers === 0) removeQueue(broker, queue, 'expired', x);
  }
}

type FrameInput = Extract<Input, { readonly type: 'frame' }>;

function receiveFrame(broker: Broker, input: FrameInput, x: Context): void {
  const { from, to, line } = input;
  const given: Frame = input.frame;
  if (given.verb === 'route.hop' || given.verb === 'route.enqueue') {
    arriveCopy(broker, given as RouteHop, line, x);
    return;
  }
  if (given.verb === 'route.dead') {
    arriveDead(broker, given as DeadHop, to, x);
    return;
  }
  if (given.verb === 'disk.write') {
    hearWrite(broker, given as DiskWrite, x);
    return;
  }
  if (isClusterFrame(given)) {
    receiveFromNode(broker, x.wiring.nodeOf(from), given, x);
    return;
  }
  const frame = given as ClientFrame;
  const client = x.wiring.nodeOf(from);
  const wire: Wire = { client, from, to, line };
  if (frame.verb === 'connection.open') {
    openConnection(broker, wire, frame.user ?? 'guest', x);
    return;
  }
  const connection = broker.connections.get(client);
  // A frame of a connection that is gone: nobody is there to answer it.
  if (!connection) x.fact('frame.lost', to, frame.verb === 'basic.publish' ? frame.message.id : 0, line, 'gone', { verb: frame.verb });
  else if (frame.channel === 0 || connection.closing) receiveOnConnection(broker, connection, frame, wire, x);
  else receiveOnChannel(broker, connection, frame, wire, x);
}

function receiveOnConnection(broker: Broker, connection: Connection, frame: ClientFrame, wire: Wire, x: Context): void {
  switch (frame.verb) {
    case 'connection.close':
      answer(wire, { verb: 'connection.close-ok', channel: 0 }, x);
      dropConnection(broker, connection, 'farewell', x);
      return;
    case 'connection.close-ok':
      if (connection.closing) dropConnection(broker, connection, 'error', x);
      return;
    default:
      // Whatever else comes behind a connection error is lost.
      if (!connection.closing) refuse(broker, connection, undefined, notOnThisChannel(frame), wire, x);
  }
}

function receiveOnChannel(broker: Broker, connection: Connection, frame: ClientFrame, wire: Wire, x: Context): void {
  const channel = connection.channels.get(frame.channel);
  if (!channel) {
    if (frame.verb === 'channel.open') {
      openChannel(broker, connection, frame.channel);
      x.fact('channel.opened', x.wiring.self.id, 0, wire.line, '', { client: wire.client, channel: frame.channel });
      answer(wire, { verb: 'channel.open-ok', channel: frame.channel }, x);
    } else if (frame.verb !== 'channel.close-ok') refuse(broker, connection, undefined, notOnThisChannel(frame), wire, x);
    return;
  }
  if (frame.verb === 'channel.close') {
    endChannel(broker, connection, channel, 'channel-closed', x);
    x.fact('channel.closed', x.wiring.self.id, 0, wire.line, 'client', { client: wire.client, channel: frame.channel });
    answer(wire, { verb: 'channel.close-ok', channel: frame.channel }, x);
  } else if (channel.closing) {
    // Behind a channel error all that was sent before the client heard of it is lost.
    if (frame.verb === 'channel.close-ok') endChannel(broker, connection, channel, 'channel-closed', x);
    else if (frame.verb === 'basic.publish') x.fact('message.settled', wire.to, frame.message.id, '', 'refused', { outcome: 'dropped' });
  } else {
    const error = forbidden(broker, connection, frame) ?? handleMethod(broker, channel, frame, wire, x);
    if (error) refuse(broker, connection, channel, error, wire, x);
  }
}
