import type { Context } from '../../../../engine/index.ts';
import { partitionName } from '../../message.ts';
import { partitionCounts } from './metadata.ts';
import { addPartitions, namesOf, partitionsOf, removePartitions } from './partitions.ts';
import { configOf } from './settings.ts';
import type { Consumer, Life } from './state.ts';

/** Without a group: the partitions that it names itself, or all of the topics that lines lead from. */
export function assignByHand(state: Consumer, x: Context): void {
  if (!state.metadata) return;
  const wanted = wantedPartitions(state, x);
  const gone = [...state.partitions.keys()].filter((tp) => !wanted.has(tp));
  removePartitions(state, gone, 'revoked', x);
  const added = [...wanted].filter((tp) => !state.partitions.has(tp));
  if (added.length > 0) addPartitions(state, namesOf(partitionsOf(added)), x);
}

function wantedPartitions(state: Life, x: Context): ReadonlySet<string> {
  const all = new Set<string>();
  for (const [topic, count] of partitionCounts(state, state.topics))
    for (let partition = 0; partition < count; partition++) all.add(partitionName(topic, partition));
  const named = configOf(x)
    .assigned.split(',')
    .flatMap((name) => name.trim() || []);
  return named.length === 0 ? all : new Set(named.filter((tp) => all.has(tp)));
}
