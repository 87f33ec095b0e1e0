import { type LineId, remembered } from '../../../../base/index.ts';
import type { Context, Wiring } from '../../../../engine/index.ts';
import { PRODUCE } from '../../kinds.ts';
import type { Batch } from './batch.ts';
import { configOf } from './config.ts';
import { isMetadataStale, reasonOf } from './errors.ts';
import { abandon, type Fate } from './sender.ts';
import type { Producer } from './state.ts';
import { abort, end } from './transaction.ts';

/** Topics that a producer's lines lead to: name → line. Worked out once for each drawing. */
export const topicLines = remembered((wiring: Wiring): ReadonlyMap<string, LineId> => {
  const lines = new Map<string, LineId>();
  for (const { id, to } of wiring.linesOut(PRODUCE)) {
    const topic = wiring.part(to);
    if (topic && !lines.has(topic.name)) lines.set(topic.name, id);
  }
  return lines;
});

const lineOf = (topic: string, x: Context) => topicLines(x.wiring).get(topic) ?? '';

/** Tells what became of batches. */
export function tellFates(state: Producer, fates: readonly Fate[], x: Context): void {
  for (const { batch, result, error, baseOffset } of fates) {
    if (result === 'acked') confirm(state, batch, baseOffset, x);
    else if (result === 'failed') {
      refuse(state, batch, reasonOf(error), x);
      if (state.transaction) failTransaction(state, error, x);
    } else retry(state, batch, error, x);
    if (isMetadataStale(error)) state.metadata = { ...state.metadata, isDue: true };
  }
}

export function confirm(state: Producer, { topic, partition, records }: Batch, baseOffset: number, x: Context): void {
  const self = x.wiring.self.id;
  const line = lineOf(topic, x);
  const config = configOf(x);
  const acks = config.transactionalId === '' ? config.acks : 'all';
  state.confirmed += records.length;
  let offset = baseOffset;
  for (const { id } of records) {
    x.fact('message.confirmed', self, id, line, '', { topic, partition, offset, acks });
    if (offset >= 0) offset++;
  }
}

function retry(state: Producer, { topic, partition, records, attempts }: Batch, error: string, x: Context): void {
  state.retried += records.length;
  const data = { topic, partition, count: records.length, attempts };
  x.fact('batch.retried', x.wiring.self.id, records[0]?.id ?? 0, lineOf(topic, x), reasonOf(error), data);
}

export function refuse(state: Producer, { topic, partition, records }: Batch, why: string, x: Context): void {
  const self = x.wiring.self.id;
  const line = lineOf(topic, x);
  state.refused += records.length;
  for (const { id } of records) x.fact('message.refused', self, id, line, why, { topic, partition });
}

/** Something of the transaction can't be done any more: the application takes all of it back. */
export function failTransaction(state: Producer, error: string, x: Context): void {
  const { transaction, sender } = state;
  if (!transaction || (transaction.state !== 'open' && transaction.state !== 'committing')) return;
  // What the brokers have of it may have gaps: the next one begins under a new epoch.
  if (sender.ids && transaction.state === 'open') sender.ids.isBumpDue = true;
  abortTransaction(state, error, x);
}

/** Takes back what was sent, by plan (`error` '') or because something failed; what was not sent yet is not sent. */
export function abortTransaction(state: Producer, error: string, x: Context): void {
  const { transaction, sender } = state;
  if (!transaction) return;
  abort(transaction, error);
  for (const batch of abandon(sender, false)) refuse(state, batch, 'transaction-aborted', x);
}

/** The end is written down, or there was nothing to be ended. */
export function finishTransaction(state: Producer, x: Context): void {
  const { transaction, sender } = state;
  if (!transaction) return;
  const { number, records, error } = transaction;
  const isCommit = transaction.state === 'committing';
  end(transaction, sender.ids?.isBumpDue === true);
  const why = isCommit ? '' : error === '' ? 'planned' : reasonOf(error);
  x.fact(isCommit ? 'transaction.committed' : 'transaction.aborted', x.wiring.self.id, 0, '', why, { number, records });
}

/** An error that no producer recovers from: another one has its transactional id, for one. It sends nothing any more. */
export function giveUp(state: Producer, error: string, x: Context): void {
  const { transaction, sender } = state;
  if (transaction) transaction.state = 'failed';
  const why = reasonOf(error);
  x.fact('client.failed', x.wiring.self.id, 0, '', why);
  for (const batch of abandon(sender, true)) refuse(state, batch, why, x);
}
