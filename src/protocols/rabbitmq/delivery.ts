import type { LineId, Micros } from '../../base/index.ts';
import type { Cell } from '../../engine/index.ts';
import type { AmqpMessage } from './amqp/index.ts';

/** A message handed to a consumer, until it is settled. Never changed. */
export interface Delivery {
  readonly message: AmqpMessage;
  readonly tag: number;
  readonly channel: number;
  readonly line: LineId;
  readonly redelivered: boolean;
  /** The broker settled it on sending: nothing is sent back. */
  readonly noAck: boolean;
}

/** The one delivery that is being worked on. While paused, `timer` is 0 and `left` is what remains. */
export interface Work {
  readonly delivery: Delivery;
  readonly from: Micros;
  readonly until: Micros;
  readonly timer: number;
  readonly left: number;
}

export function cellOf({ message, redelivered }: Delivery): Cell {
  return { message: message.id, key: message.key, producer: message.producer, redelivered };
}
