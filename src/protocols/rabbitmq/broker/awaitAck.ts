import { fromMillis, micros } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { Channel } from './state.ts';

/** How long a delivery may wait for its acknowledgement (consumer_timeout), in µs. */
export function ackTimeout(x: Context): number {
  return fromMillis(x.config<{ readonly ackTimeoutMillis: number }>(x.wiring.self.id).ackTimeoutMillis);
}

/** From now on the channel is watched: `waited` µs of the oldest delivery's time have gone by. */
export function awaitAck(channel: Channel, waited: number, x: Context): void {
  channel.ackTimer = x.wake({ name: 'ack-timeout', channel: channel.id }, micros(Math.max(0, ackTimeout(x) - waited)));
}
