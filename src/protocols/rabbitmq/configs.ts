import type { Config } from '../../scenario/index.ts';
import type { Table } from './amqp/index.ts';

/** What a drawn queue is configured with, defaults filled in. */
export interface QueueConfig {
  readonly queueType: string;
  readonly deliveryLimit: number;
  readonly singleActive: boolean;
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly arguments: Table;
  readonly messageTtl: number;
  readonly maxLength: number;
  readonly overflow: string;
  readonly isDeadLettered: boolean;
  readonly deadLetterExchange: string;
  readonly deadLetterKey: string;
  readonly maxPriority: number;
}

/** The same for a drawn binding. */
export interface BindingConfig {
  readonly key: string;
  readonly headers: Table;
  readonly xMatch: string;
}

/** Arguments of the declaration: the settings that have fields of their own, then whatever was written out by hand. */
export function argumentsOf(config: Config | QueueConfig): Table {
  const { messageTtl = -1, maxLength = -1, overflow, isDeadLettered, deadLetterExchange = '', deadLetterKey = '' } = config as QueueConfig;
  const { maxPriority = 0, queueType = 'classic', deliveryLimit = -1, singleActive, arguments: own } = config as QueueConfig;
  const isDefault = overflow === undefined || overflow === 'drop-head';
  return {
    ...(queueType === 'classic' ? {} : { 'x-queue-type': queueType }),
    ...(queueType === 'quorum' && deliveryLimit >= 0 ? { 'x-delivery-limit': deliveryLimit } : {}),
    ...(singleActive ? { 'x-single-active-consumer': true } : {}),
    ...(messageTtl >= 0 ? { 'x-message-ttl': messageTtl } : {}),
    ...(maxLength >= 0 ? { 'x-max-length': maxLength } : {}),
    ...(isDefault ? {} : { 'x-overflow': overflow }),
    ...(isDeadLettered ? { 'x-dead-letter-exchange': deadLetterExchange } : {}),
    ...(isDeadLettered && deadLetterKey !== '' ? { 'x-dead-letter-routing-key': deadLetterKey } : {}),
    ...(maxPriority > 0 ? { 'x-max-priority': maxPriority } : {}),
    ...own,
  };
}
