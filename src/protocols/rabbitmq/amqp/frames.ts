import type { AmqpMessage } from './message.ts';
import type { Table } from './table.ts';

/*
 * AMQP 0-9-1 methods as frames. `verb` is the method's name in the specification; every frame carries the number of its
 * channel (0 = the connection itself). A client node has one connection; its channels are numbered from 1. Frames are
 * never changed after sending: flights and checkpoints share them.
 *
 * The negotiation before `connection.open` (start, tune, authentication) is left out: it decides nothing that is modelled.
 */
interface OnChannel {
  readonly channel: number;
}

export interface ConnectionOpen extends OnChannel {
  readonly verb: 'connection.open';
}
export interface ConnectionOpenOk extends OnChannel {
  readonly verb: 'connection.open-ok';
}
/** From the broker: a connection error. From the client: a farewell with code 200. */
export interface ConnectionClose extends OnChannel {
  readonly verb: 'connection.close';
  readonly code: number;
  readonly text: string;
}
export interface ConnectionCloseOk extends OnChannel {
  readonly verb: 'connection.close-ok';
}

export interface ChannelOpen extends OnChannel {
  readonly verb: 'channel.open';
}
export interface ChannelOpenOk extends OnChannel {
  readonly verb: 'channel.open-ok';
}
/** From the broker: a channel error. From the client: a farewell with code 200. */
export interface ChannelClose extends OnChannel {
  readonly verb: 'channel.close';
  readonly code: number;
  readonly text: string;
}
export interface ChannelCloseOk extends OnChannel {
  readonly verb: 'channel.close-ok';
}

export interface ExchangeDeclare extends OnChannel {
  readonly verb: 'exchange.declare';
  readonly exchange: string;
  readonly type: string;
  readonly passive: boolean;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: Table;
}
export interface ExchangeDeclareOk extends OnChannel {
  readonly verb: 'exchange.declare-ok';
}
export interface ExchangeDelete extends OnChannel {
  readonly verb: 'exchange.delete';
  readonly exchange: string;
  readonly ifUnused: boolean;
}
export interface ExchangeDeleteOk extends OnChannel {
  readonly verb: 'exchange.delete-ok';
}
export interface ExchangeBind extends OnChannel {
  readonly verb: 'exchange.bind' | 'exchange.unbind';
  readonly destination: string;
  readonly source: string;
  readonly routingKey: string;
  readonly arguments: Table;
}
export interface ExchangeBindOk extends OnChannel {
  readonly verb: 'exchange.bind-ok' | 'exchange.unbind-ok';
}

export interface QueueDeclare extends OnChannel {
  readonly verb: 'queue.declare';
  /** '' asks the broker for a name. */
  readonly queue: string;
  readonly passive: boolean;
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly arguments: Table;
}
export interface QueueDeclareOk extends OnChannel {
  readonly verb: 'queue.declare-ok';
  readonly queue: string;
  readonly messageCount: number;
  readonly consumerCount: number;
}
export interface QueueBind extends OnChannel {
  readonly verb: 'queue.bind' | 'queue.unbind';
  /** '' means the queue last declared on this channel. */
  readonly queue: string;
  readonly exchange: string;
  readonly routingKey: string;
  readonly arguments: Table;
}
export interface QueueBindOk extends OnChannel {
  readonly verb: 'queue.bind-ok' | 'queue.unbind-ok';
}
export interface QueuePurge extends OnChannel {
  readonly verb: 'queue.purge';
  readonly queue: string;
}
export interface QueueDelete extends OnChannel {
  readonly verb: 'queue.delete';
  readonly queue: string;
  readonly ifUnused: boolean;
  readonly ifEmpty: boolean;
}
export interface QueueCountOk extends OnChannel {
  readonly verb: 'queue.purge-ok' | 'queue.delete-ok';
  readonly messageCount: number;
}

export interface BasicQos extends OnChannel {
  readonly verb: 'basic.qos';
  /** 0 = no limit. */
  readonly prefetchCount: number;
  /** False: for each consumer started later. True: shared by the whole channel. */
  readonly global: boolean;
}
export interface BasicQosOk extends OnChannel {
  readonly verb: 'basic.qos-ok';
}
export interface BasicConsume extends OnChannel {
  readonly verb: 'basic.consume';
  readonly queue: string;
  /** '' asks the broker for a tag. */
  readonly consumerTag: string;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly arguments: Table;
}
export interface BasicConsumeOk extends OnChannel {
  readonly verb: 'basic.consume-ok';
  readonly consumerTag: string;
}
/** From the client: stop. From the broker: the consumer's queue has gone. */
export interface BasicCancel extends OnChannel {
  readonly verb: 'basic.cancel';
  readonly consumerTag: string;
}
export interface BasicCancelOk extends OnChannel {
  readonly verb: 'basic.cancel-ok';
  readonly consumerTag: string;
}
export interface BasicPublish extends OnChannel {
  readonly verb: 'basic.publish';
  /** Exchange, routing key, mandatory flag and properties are the message's own. */
  readonly message: AmqpMessage;
}
export interface BasicReturn extends OnChannel {
  readonly verb: 'basic.return';
  readonly code: number;
  readonly text: string;
  readonly message: AmqpMessage;
}
export interface BasicDeliver extends OnChannel {
  readonly verb: 'basic.deliver';
  readonly consumerTag: string;
  readonly deliveryTag: number;
  readonly redelivered: boolean;
  readonly message: AmqpMessage;
}
export interface BasicGet extends OnChannel {
  readonly verb: 'basic.get';
  readonly queue: string;
  readonly noAck: boolean;
}
export interface BasicGetOk extends OnChannel {
  readonly verb: 'basic.get-ok';
  readonly deliveryTag: number;
  readonly redelivered: boolean;
  /** Messages left ready in the queue. */
  readonly messageCount: number;
  readonly message: AmqpMessage;
}
export interface BasicGetEmpty extends OnChannel {
  readonly verb: 'basic.get-empty';
}
/** From a consumer: settled. From the broker (confirm mode): published. */
export interface BasicAck extends OnChannel {
  readonly verb: 'basic.ack';
  readonly deliveryTag: number;
  readonly multiple: boolean;
}
export interface BasicNack extends OnChannel {
  readonly verb: 'basic.nack';
  readonly deliveryTag: number;
  readonly multiple: boolean;
  readonly requeue: boolean;
}
export interface BasicReject extends OnChannel {
  readonly verb: 'basic.reject';
  readonly deliveryTag: number;
  readonly requeue: boolean;
}
export interface BasicRecover extends OnChannel {
  readonly verb: 'basic.recover';
  readonly requeue: boolean;
}
export interface BasicRecoverOk extends OnChannel {
  readonly verb: 'basic.recover-ok';
}
export interface ConfirmSelect extends OnChannel {
  readonly verb: 'confirm.select';
}
export interface ConfirmSelectOk extends OnChannel {
  readonly verb: 'confirm.select-ok';
}
export interface Tx extends OnChannel {
  readonly verb: 'tx.select' | 'tx.commit' | 'tx.rollback';
}
export interface TxOk extends OnChannel {
  readonly verb: 'tx.select-ok' | 'tx.commit-ok' | 'tx.rollback-ok';
}

/** What a client sends. */
export type ClientFrame =
  | ConnectionOpen
  | ConnectionClose
  | ConnectionCloseOk
  | ChannelOpen
  | ChannelClose
  | ChannelCloseOk
  | ExchangeDeclare
  | ExchangeDelete
  | ExchangeBind
  | QueueDeclare
  | QueueBind
  | QueuePurge
  | QueueDelete
  | BasicQos
  | BasicConsume
  | BasicCancel
  | BasicCancelOk
  | BasicPublish
  | BasicGet
  | BasicAck
  | BasicNack
  | BasicReject
  | BasicRecover
  | ConfirmSelect
  | Tx;

/** What the broker sends. */
export type BrokerFrame =
  | ConnectionOpenOk
  | ConnectionClose
  | ConnectionCloseOk
  | ChannelOpenOk
  | ChannelClose
  | ChannelCloseOk
  | ExchangeDeclareOk
  | ExchangeDeleteOk
  | ExchangeBindOk
  | QueueDeclareOk
  | QueueBindOk
  | QueueCountOk
  | BasicQosOk
  | BasicConsumeOk
  | BasicCancel
  | BasicCancelOk
  | BasicReturn
  | BasicDeliver
  | BasicGetOk
  | BasicGetEmpty
  | BasicAck
  | BasicNack
  | BasicRecoverOk
  | ConfirmSelectOk
  | TxOk;

/**
 * Every method. Inside a broker there is one more verb, `route.hop`: a routed copy's way from an exchange to a queue or a
 * further exchange, shown but on no wire (`broker/plan.ts`).
 */
export type AmqpFrame = ClientFrame | BrokerFrame;
