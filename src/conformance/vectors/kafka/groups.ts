import type { JsonObject } from '../../../base/index.ts';
import { javaHashCode, partitionFor } from '../../../protocols/kafka/group/index.ts';
import type { VectorPlayers } from '../types.ts';
import { playClassicTrace } from './groups/classic.ts';
import { playConsumerTrace } from './groups/consumer.ts';
import { difference } from './groups/difference.ts';
import { textIn } from './read.ts';

export const GROUPS_PLAYERS: VectorPlayers = {
  'kafka-classic-group-traces': playClassicTrace,
  'kafka-consumer-group-traces': playConsumerTrace,
  'kafka-offsets-topic-partition': playOffsetsTopicPartition,
};

function playOffsetsTopicPartition(data: JsonObject): string | undefined {
  const groupId = textIn(data, 'groupId') ?? '';
  let differs = difference('javaHashCode', data.javaHashCode, javaHashCode(groupId));
  for (const [field, expected] of Object.entries(data)) {
    const count = field.match(/^offsetsTopicPartition_of_(\d+)$/)?.[1];
    if (count !== undefined) differs ??= difference(field, expected, partitionFor(groupId, Number(count)));
  }
  return differs;
}
