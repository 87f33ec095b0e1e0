import type { LineId, PartId } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { BrokerFrame } from '../amqp/index.ts';
import { seatOf, tellNode } from './cluster/peers.ts';
import type { Channel, Queue } from './state.ts';

/** Something of a queue for one of its clients. */
export interface Telling {
  readonly to: PartId;
  readonly line: LineId;
  readonly frame: BrokerFrame;
  /** Number of the message in the queue; 0 = none. */
  readonly seq: number;
  /** What is delivered waits for an acknowledgement. */
  readonly keeps: boolean;
}

/** Sends a client something of a queue: straight, or by the node that it is connected with. */
export function tellClient(channel: Channel, queue: Queue, { to, line, frame, seq, keeps }: Telling, x: Context): void {
  const from = seatOf(queue, x);
  if (channel.relay === '') {
    x.send(from, to, line, frame);
    return;
  }
  const message = 'message' in frame ? { message: frame.message } : {};
  const { client, number } = channel;
  tellNode(
    channel.relay,
    { verb: 'cluster.relay', client, channel: number, to, line, frame, queue: queue.name, seq, keeps, ...message },
    x,
    from,
  );
}
