import type { Message } from '../../../engine/index.ts';
import type { Table } from './table.ts';

/** The content header of a message (`basic` class properties). What is absent was not set by the publisher. */
export interface Properties {
  /** Application headers; CC and BCC are among them, as lists of routing keys. */
  readonly headers?: Table;
  readonly priority?: number;
  /** 2 = persistent; 1 or absent = transient. */
  readonly deliveryMode?: 1 | 2;
  readonly replyTo?: string;
  readonly correlationId?: string;
  readonly expiration?: string;
  readonly messageId?: string;
  readonly type?: string;
  readonly contentType?: string;
  readonly userId?: string;
  readonly appId?: string;
}

/** A message as AMQP carries it. Never changed once published: queues, flights and checkpoints share it. */
export interface AmqpMessage extends Message {
  /** Name of the exchange it was published to; it keeps that name through exchange-to-exchange bindings. */
  readonly exchange: string;
  readonly mandatory: boolean;
  readonly properties: Properties;
  /** Keys of a BCC header that the broker has taken away: a dead message is still routed by them. */
  readonly bcc?: readonly string[];
}

/** What every absent property list shares. */
export const NO_PROPERTIES: Properties = Object.freeze({});

export function isPersistent(message: AmqpMessage): boolean {
  return message.properties.deliveryMode === 2;
}
