import type { JsonObject } from '../../base/index.ts';
import type { Message } from '../../engine/index.ts';

/** A record on its way to its partition. Never changed. */
export interface KafkaMessage extends Message {
  /** True when it has no key at all: `key` is '' then. The empty text is a key. */
  readonly isKeyNull: boolean;
  /** Its value is null: compaction forgets the key. */
  readonly isTombstone: boolean;
  readonly topic: string;
  /** Chosen by the producer. */
  readonly partition: number;
  readonly headers: JsonObject | undefined;
  /** Size in bytes, as far as batches, segments and limits count it. */
  readonly bytes: number;
  /** When the producer made it, in µs. */
  readonly timestamp: number;
}

/** Name of a partition, as Kafka writes it: `orders-0`. The key of every table of partitions. */
export function partitionName(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

export function topicOf(name: string): string {
  return name.slice(0, name.lastIndexOf('-'));
}

export function indexOf(name: string): number {
  return Number(name.slice(name.lastIndexOf('-') + 1));
}

/** Topics that coordinators keep for themselves. */
export function isInternal(topic: string): boolean {
  return topic.startsWith('__');
}
