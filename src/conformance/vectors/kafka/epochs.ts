import type { Json, JsonObject } from '../../../base/index.ts';
import {
  assignEpoch,
  type EpochEntry,
  endOffsetFor,
  truncateEpochsFromEnd,
  truncateEpochsFromStart,
} from '../../../protocols/kafka/log/index.ts';
import { difference, listOf, numberOf, numbersOf, objectOf } from './cases.ts';

function entriesOf(value: Json | undefined): readonly EpochEntry[] {
  return listOf(value)
    .map(numbersOf)
    .reduce<readonly EpochEntry[]>((entries, [epoch = 0, startOffset = 0]) => assignEpoch(entries, epoch, startOffset), []);
}

function pairs(entries: readonly EpochEntry[]): Json {
  return entries.map(({ epoch, startOffset }) => [epoch, startOffset]);
}

export function playLeaderEpoch(data: JsonObject): string | undefined {
  switch (data['kind']) {
    case 'assign':
      return difference('entries', pairs(entriesOf(data['assigned_[epoch,startOffset]'])), data['expectedEntries']);
    case 'truncate': {
      const before = entriesOf(data['before']);
      const [end, start] = [numberOf(data['truncateFromEnd'], -1), numberOf(data['truncateFromStart'], -1)];
      const cut = end >= 0 ? truncateEpochsFromEnd(before, end) : before;
      return difference('entries', pairs(start >= 0 ? truncateEpochsFromStart(cut, start) : cut), data['expectedEntries']);
    }
    default: {
      const entries = entriesOf(data['leaderEpochs_[epoch,startOffset]']);
      const end = numberOf(data['leaderLogEndOffset']);
      const asked = listOf(data['expected']).map((row) => numberOf(objectOf(row)['requestedEpoch']));
      const actual = asked.map((requestedEpoch) => ({ requestedEpoch, ...endOffsetFor(entries, requestedEpoch, end) }));
      return difference('answers', actual, data['expected']);
    }
  }
}
