import type { Frame } from '../../../engine/index.ts';
import { topicOf } from '../message.ts';
import { message, type Wish } from './cluster.testkit.ts';

/** Frames of a transactional producer, for scripts. */
const frame = (node: number, made: object): Wish => ({ node, frame: made as Frame });
const ID = 'any';
export interface Who {
  readonly producerId: number;
  readonly producerEpoch: number;
}
const as = ({ producerId, producerEpoch }: Who) => ({ transactionalId: ID, producerId, producerEpoch });

export const find = (node: number) => frame(node, { verb: 'FindCoordinator', keyType: 'transaction', key: ID });
export const init = (node: number, timeout = 60_000_000) => frame(node, { verb: 'InitProducerId', transactionalId: ID, timeout });
export const add = (node: number, who: Who, ...partitions: readonly string[]) =>
  frame(node, { verb: 'AddPartitionsToTxn', ...as(who), partitions });
export const end = (node: number, who: Who, isCommit: boolean) => frame(node, { verb: 'EndTxn', ...as(who), isCommit });

export function send(node: number, who: Who, tp: string, sequence: number, ...texts: readonly string[]): Wish {
  const records = texts.map((text) => message(topicOf(tp), 0, text));
  const batch = {
    tp,
    producerId: who.producerId,
    producerEpoch: who.producerEpoch,
    baseSequence: sequence,
    isTransactional: true,
    records,
  };
  return frame(node, { verb: 'Produce', acks: -1, timeout: 30_000_000, transactionalId: ID, batches: [batch], messages: records });
}

/** Records without any idempotence. */
export function sendPlain(node: number, tp: string, ...texts: readonly string[]): Wish {
  const records = texts.map((text) => message(topicOf(tp), 0, text));
  const batch = { tp, producerId: -1, producerEpoch: -1, baseSequence: -1, isTransactional: false, records };
  return frame(node, { verb: 'Produce', acks: -1, timeout: 30_000_000, transactionalId: '', batches: [batch], messages: records });
}

export function read(node: number, tp: string, offset: number, isolation: string, maxWait = 0): Wish {
  const partitions = [{ tp, offset, leaderEpoch: -1, maxBytes: 1_000_000 }];
  return frame(node, { verb: 'Fetch', maxWait, minBytes: 1, isolation, rack: '', partitions });
}
