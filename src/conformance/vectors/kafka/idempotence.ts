import type { JsonObject } from '../../../base/index.ts';
import { type Appended, appendAsLeader, newLog } from '../../../protocols/kafka/log/index.ts';
import { fieldDifference, listOf, numberOf, objectOf, plainBatch, SETTINGS } from './cases.ts';

/** As Kafka's exceptions are called. */
const ERRORS: { readonly [error: string]: string } = {
  OUT_OF_ORDER_SEQUENCE_NUMBER: 'OutOfOrderSequence',
  INVALID_PRODUCER_EPOCH: 'InvalidProducerEpoch',
  INVALID_TXN_STATE: 'InvalidTxnState',
};

function resultOf(appended: Appended): JsonObject {
  if (appended.status === 'refused') return { result: ERRORS[appended.error] ?? appended.error };
  const result = appended.status === 'appended' ? 'APPENDED' : 'DUPLICATE (acknowledged, not appended)';
  return { result, returnedBaseOffset: appended.baseOffset };
}

export function playIdempotence(data: JsonObject): string | undefined {
  const log = newLog(0);
  for (const [i, step] of listOf(data['steps']).map(objectOf).entries()) {
    const { producerId, epoch, firstSeq, records, isTransactional, ...expected } = step;
    const batch = plainBatch(numberOf(records, 1), i, {
      producerId: numberOf(producerId),
      producerEpoch: numberOf(epoch),
      baseSequence: numberOf(firstSeq),
      isTransactional: isTransactional === true,
    });
    const appended = appendAsLeader(log, batch, { leaderEpoch: 0, now: i, settings: SETTINGS });
    const actual = {
      ...resultOf(appended),
      logEndOffsetAfter: log.logEndOffset,
      lastSeqKept: log.producers.get(batch.producerId)?.batches.at(-1)?.lastSequence ?? -1,
    };
    const found = fieldDifference(`step ${i}`, actual, expected);
    if (found) return found;
  }
  return undefined;
}
