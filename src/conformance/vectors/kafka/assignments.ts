import type { JsonObject } from '../../../base/index.ts';
import { type GroupAssignment, partitionFromName, partitionName, type TopicPartition } from '../../../protocols/kafka/assign/index.ts';
import { textsOf } from './read.ts';

/** `["t-0"]` of a case as partitions; names that are none are left out. */
export function partitionsIn(data: JsonObject, field: string): readonly TopicPartition[] {
  return textsOf(data[field])
    .map(partitionFromName)
    .filter((partition) => partition !== undefined);
}

export function countsIn(topics: JsonObject): ReadonlyMap<string, number> {
  return new Map(Object.entries(topics).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

/** Partitions by member in one line, members and partitions sorted as texts: equal lines, equal assignments. */
export function lineOf(byMember: GroupAssignment): string {
  return lineOfNames(new Map([...byMember].map(([memberId, partitions]) => [memberId, partitions.map(partitionName)])));
}

/** The same for what a case expects. */
export function expectedLine(byMember: JsonObject): string {
  return lineOfNames(new Map(Object.entries(byMember).map(([memberId, names]) => [memberId, textsOf(names)])));
}

function lineOfNames(byMember: ReadonlyMap<string, readonly string[]>): string {
  return [...byMember]
    .map(([memberId, names]) => `${memberId}: ${[...names].sort().join(' ')}`)
    .sort()
    .join('; ');
}

export function differs(what: string, expected: string, got: string): string | undefined {
  return expected === got ? undefined : `${what}: expected ${expected}, got ${got}`;
}
