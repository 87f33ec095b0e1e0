import { CELLS_SHOWN, type Cell, type PartView } from '../../../../engine/index.ts';
import { type KafkaMessage, partitionName } from '../../message.ts';
import { busyQueues } from './accumulator.ts';
import type { Batch } from './batch.ts';
import type { Producer } from './state.ts';

/** Batches listed in the inspector at most. */
const ROWS_MAX = 200;

/** What can be seen of a producer: its sums, and its buffer with records that wait and records that are on their way. */
export function viewOf(state: Producer): PartView {
  const { transaction } = state;
  const buffer = bufferOf(state);
  return {
    status: transaction?.state === 'failed' ? 'failed' : state.isPaused ? 'paused' : state.blockedSince >= 0 ? 'blocked' : 'up',
    store: { ...buffer, isBuffer: true },
    figures: figuresOf(state, buffer.readyCount, buffer.unackedCount),
    details: detailsOf(state),
  };
}

function bufferOf({ sender }: Producer) {
  const ready: Cell[] = [];
  const unacked: Cell[] = [];
  let readyCount = 0;
  let unackedCount = 0;
  for (const { waiting, sent } of busyQueues(sender.acc)) {
    for (const { records } of waiting) {
      readyCount += records.length;
      show(records, ready);
    }
    for (const { records } of sent) {
      unackedCount += records.length;
      show(records, unacked);
    }
  }
  return { ready, readyCount, unacked, unackedCount };
}

function show(records: readonly KafkaMessage[], cells: Cell[]): void {
  for (const { id, key, producer } of records) {
    if (cells.length >= CELLS_SHOWN) return;
    cells.push({ message: id, key, producer, redelivered: false });
  }
}

function figuresOf(state: Producer, buffered: number, inFlight: number): PartView['figures'] {
  const { sender, transaction } = state;
  const some = [
    { key: 'buffered', value: buffered },
    { key: 'inFlight', value: inFlight },
    { key: 'retried', value: state.retried },
    { key: 'refused', value: state.refused },
    { key: 'committed', value: transaction?.committed ?? 0 },
    { key: 'aborted', value: transaction?.aborted ?? 0 },
  ].filter(({ value }) => value > 0);
  const { ids } = sender;
  return [
    { key: 'published', value: state.published },
    { key: 'confirmed', value: state.confirmed },
    ...some,
    // Other settings may have switched it off without a word.
    { key: 'idempotent', value: ids !== undefined },
    ...(ids && ids.id >= 0
      ? [
          { key: 'producerId', value: ids.id },
          { key: 'producerEpoch', value: ids.epoch },
        ]
      : []),
    ...(transaction ? [{ key: 'transaction', value: `transaction-${transaction.state}` }] : []),
    ...(transaction?.state === 'failed' ? [{ key: 'failed', value: true }] : []),
  ];
}

function detailsOf({ sender, cluster }: Producer): PartView['details'] {
  const rows: (string | number)[][] = [];
  for (const { topic, partition, waiting, sent } of busyQueues(sender.acc)) {
    const leader = cluster.topics.get(topic)?.leaders[partition] ?? -1;
    const row = ({ records, bytes, attempts, baseSequence }: Batch, state: string) =>
      rows.push([partitionName(topic, partition), state, records.length, bytes, attempts, baseSequence, leader]);
    for (const batch of sent) row(batch, 'batch-sent');
    for (const batch of waiting) row(batch, batch.attempts > 0 ? 'batch-retrying' : batch.isClosed ? 'batch-full' : 'batch-open');
    if (rows.length >= ROWS_MAX) break;
  }
  if (rows.length === 0) return [];
  const columns = ['partition', 'state', 'records', 'bytes', 'attempts', 'sequence', 'leader'];
  return [{ key: 'batches', columns, rows }];
}
