import type { Context } from '../../../engine/index.ts';
import { ackTimeout, awaitAck } from './awaitAck.ts';
import { refuse } from './channels.ts';
import { tellNode } from './cluster/peers.ts';
import { preconditionFailed } from './errors.ts';
import type { Broker, Channel, Connection } from './state.ts';

/*
 * Acknowledgement time-out (since 3.8.17): a channel that leaves a delivery unacknowledged for too long is closed with 406,
 * and all that it holds goes back.
 */

function channelById(broker: Broker, id: number): readonly [Connection, Channel] | undefined {
  for (const connections of [broker.connections, broker.shadows])
    for (const connection of connections.values())
      for (const channel of connection.channels.values()) if (channel.id === id) return [connection, channel];
  return undefined;
}

/** The timer of a channel has gone off: it is too late for the oldest delivery, or there is time left for a later one. */
export function checkAcks(broker: Broker, id: number, x: Context): void {
  const found = channelById(broker, id);
  if (!found) return;
  const [connection, channel] = found;
  channel.ackTimer = 0;
  const oldest = channel.unacked[channel.head];
  if (channel.closing || oldest === undefined) return;
  const waited = x.now - oldest.since;
  const limit = ackTimeout(x);
  if (waited < limit) {
    awaitAck(channel, waited, x);
    return;
  }
  const consumer = oldest.consumerTag === undefined ? undefined : channel.consumers.get(oldest.consumerTag);
  const [from, line] = [consumer?.part ?? connection.client, consumer?.line ?? connection.line];
  const error = preconditionFailed(
    `delivery acknowledgement on channel ${channel.number} timed out. Timeout value used: ${limit / 1_000} ms. ` +
      'This timeout value can be configured, see consumers doc guide to learn more',
  );
  const { client } = connection;
  if (channel.relay !== '') tellNode(channel.relay, { verb: 'cluster.refuse', client, channel: channel.number, error, from, line }, x);
  else refuse(broker, connection, channel, error, { client, from, to: x.wiring.self.id, line }, x);
}
