import type { Context } from '../../../../engine/index.ts';
import { sortedPartitions, type TopicPartition } from '../../assign/index.ts';
import { indexOf, partitionName, topicOf } from '../../message.ts';
import { tellPartitions, tellReading } from './facts.ts';
import type { Assigned, Life } from './state.ts';

const NEW: Omit<Assigned, 'tp' | 'topic' | 'partition'> = {
  state: 'init',
  position: -1,
  committed: -1,
  resetTo: 'latest',
  resetCause: '',
  highWatermark: -1,
  preferred: -1,
  preferredUntil: 0,
  isAstray: false,
  isRevoking: false,
  isRead: false,
};

export const namesOf = (partitions: readonly TopicPartition[]) => partitions.map(({ topic, partition }) => partitionName(topic, partition));
export const partitionsOf = (names: readonly string[]): readonly TopicPartition[] =>
  sortedPartitions(names.map((tp) => ({ topic: topicOf(tp), partition: indexOf(tp) })));

export function ownedPartitions(state: Life): readonly TopicPartition[] {
  return partitionsOf([...state.partitions.keys()]);
}

/** Partitions that are the consumer's from now on, in their order; tells also of none. */
export function addPartitions(state: Life, names: readonly string[], x: Context): void {
  for (const tp of names) state.partitions.set(tp, { tp, topic: topicOf(tp), partition: indexOf(tp), ...NEW });
  tellPartitions('assigned', names, x, {
    total: state.partitions.size,
    ...(state.member?.kind === 'share' ? { isShared: true } : {}),
  });
}

/** Partitions that it has no longer: with them goes what was fetched of them and not handed out. */
export function removePartitions(state: Life, names: readonly string[], how: 'revoked' | 'lost', x: Context): void {
  if (names.length === 0) return;
  tellPartitions(how, names, x);
  for (const tp of names) {
    if (state.partitions.get(tp)?.isRead) tellReading('stopped', tp, x);
    state.partitions.delete(tp);
  }
  const gone = new Set(names);
  // A share group's records are this member's until it says what became of them.
  if (state.member?.kind !== 'share') state.buffer = state.buffer.filter(({ tp }) => !gone.has(tp));
}

/** From now on it is read. */
export function beginReading(state: Life, tp: string, x: Context): void {
  const of = state.partitions.get(tp);
  if (of?.isRead !== false) return;
  of.isRead = true;
  tellReading('resumed', tp, x);
}

/** It has them still and gets nothing of them any more: the group gives them to others before it comes to poll again. */
export function stopReading(state: Life, x: Context): void {
  for (const of of state.partitions.values()) {
    if (!of.isRead) continue;
    of.isRead = false;
    tellReading('stopped', of.tp, x);
  }
}

/** Where the next poll goes on, by partition: what a commit without arguments commits. */
export function consumedOffsets(state: Life): { readonly [tp: string]: number } {
  const offsets: { [tp: string]: number } = {};
  for (const { tp, state: of, position } of state.partitions.values()) if (of === 'ready') offsets[tp] = position;
  return offsets;
}
