import type { Table } from './amqp/index.ts';

/** What a drawn queue is configured with, defaults filled in. */
export interface QueueConfig {
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly arguments: Table;
}

/** The same for a drawn binding. */
export interface BindingConfig {
  readonly key: string;
  readonly headers: Table;
  readonly xMatch: string;
}
