import { type Appended, appendAsLeader, appendMarker } from './append.ts';
import { chunksOf, setHighWatermark } from './log.ts';
import { type FetchIsolation, type Read, readLog } from './read.ts';
import type { LogRecord, LogSettings, LogState, NewBatch } from './types.ts';

export const SETTINGS: LogSettings = {
  cleanupPolicy: 'delete',
  segmentBytes: 1_000_000,
  segmentTime: 1_000_000,
  retentionBytes: -1,
  retentionTime: -1,
  maxMessageBytes: 100_000,
  minCleanableDirtyRatio: 0.5,
  minCompactionLag: 0,
  maxCompactionLag: Number.MAX_SAFE_INTEGER,
  deleteRetention: 1_000,
  timestampType: 'CreateTime',
};

export interface Put {
  readonly key?: string | null;
  readonly value?: string | null;
  readonly epoch?: number;
  readonly now?: number;
  readonly settings?: LogSettings;
  readonly batch?: Partial<NewBatch>;
  readonly count?: number;
}

let messages = 0;

export function put(
  log: LogState,
  { key = 'k', value = 'v', epoch = 0, now = 0, settings = SETTINGS, batch = {}, count = 1 }: Put = {},
): Appended {
  const records = Array.from({ length: count }, () => {
    messages++;
    return { message: messages, key, value, producer: 'p', timestamp: now, weight: 0 };
  });
  const made = { producerId: -1, producerEpoch: -1, baseSequence: -1, isTransactional: false, ...batch, records };
  return appendAsLeader(log, made, { leaderEpoch: epoch, now, settings });
}

/** A batch of a transaction; each producer's sequence follows its own last one. */
export function putInTransaction(log: LogState, producerId: number, put_: Put = {}): Appended {
  const baseSequence = (log.producers.get(producerId)?.batches.at(-1)?.lastSequence ?? -1) + 1;
  return put(log, { ...put_, batch: { producerId, producerEpoch: 0, baseSequence, isTransactional: true } });
}

export function end(log: LogState, producerId: number, type: 'COMMIT' | 'ABORT', settings = SETTINGS, now = 0): Appended {
  const marker = { producerId, producerEpoch: 0, control: { type, coordinatorEpoch: 0 }, coordinator: 'c' };
  return appendMarker(log, marker, { leaderEpoch: 0, now, settings });
}

export function replicated(log: LogState): LogState {
  setHighWatermark(log, log.logEndOffset);
  return log;
}

export function recordsOf(log: LogState): readonly LogRecord[] {
  return chunksOf(log)
    .flatMap((chunk) => chunk.cells)
    .filter((record) => record.at >= log.logStartOffset);
}

export function offsetsOf(log: LogState): readonly number[] {
  return recordsOf(log).map((record) => record.at);
}

export function read(log: LogState, offset: number, isolation: FetchIsolation = 'read_uncommitted', maxBytes = 1_000_000): Read {
  const found = readLog(log, { offset, isolation, maxBytes, minOneMessage: true });
  if (found === 'OFFSET_OUT_OF_RANGE') throw new Error(found);
  return found;
}
