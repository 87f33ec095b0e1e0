import type { PartView, Pointer, Wiring } from '../../../engine/index.ts';
import { GROUP } from '../kinds.ts';
import { indexOf, topicOf } from '../message.ts';
import type { Broker } from './state.ts';

type Row = readonly (string | number | boolean)[];

/** Transactions that this broker coordinates, and what share groups have of the partitions that it leads. */
export function coordinatedHere({ transactions, shares }: Broker): PartView['details'] {
  return [
    {
      key: 'transactions',
      columns: ['transactionalId', 'transactionState', 'producerId', 'epoch', 'partitions'],
      rows: [...transactions.byId.values()].map(({ metadata }): Row => {
        const { transactionalId, state, producerId, producerEpoch, partitions } = metadata;
        return [transactionalId, state, producerId, producerEpoch, partitions.join(' ')];
      }),
    },
    {
      key: 'sharePartitions',
      columns: ['group', 'partition', 'shareStart', 'shareEnd', 'acquired', 'available'],
      rows: [...shares.partitions.values()].flatMap(({ group, tp, partition }): readonly Row[] => {
        if (!partition) return [];
        const count = (wanted: string) => [...partition.records.values()].filter(({ state }) => state === wanted).length;
        return [[group, tp, partition.startOffset, partition.nextOffset, count('Acquired'), count('Available')]];
      }),
    },
  ];
}

/** Below this offset a share group is done with all records. */
export function sharePointers({ shares }: Broker, topic: string, wiring: Wiring): readonly Pointer[] {
  return [...shares.partitions.values()].flatMap(({ group, tp, partition }): readonly Pointer[] => {
    const reader = wiring.partsOf(GROUP).find(({ name }) => name === group);
    if (!partition || !reader || topicOf(tp) !== topic) return [];
    return [{ store: topic, lane: String(indexOf(tp)), at: partition.startOffset, kind: 'committed', reader: reader.id }];
  });
}
