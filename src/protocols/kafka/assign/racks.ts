import { type Layout, NONE } from './layout.ts';
import type { AssignInput } from './types.ts';

/** Racks as numbers. `racksOf` is empty when no member has a rack: then nothing can match. */
export interface Racks {
  /** Rack of each member, or `NONE`. */
  readonly rackOf: Int32Array;
  /** Racks of the replicas of each partition. */
  readonly racksOf: readonly (readonly number[])[];
}

export function racksOf(layout: Layout, input: AssignInput): Racks {
  const numbers = new Map<string, number>();
  const numberOf = (rack: string): number => {
    const known = numbers.get(rack);
    if (known !== undefined) return known;
    numbers.set(rack, numbers.size);
    return numbers.size - 1;
  };
  const rackOf = Int32Array.from(layout.members, (member) => (member.rackId ? numberOf(member.rackId) : NONE));
  if (numbers.size === 0) return { rackOf, racksOf: [] };
  const racks: number[][] = [];
  for (let p = 0; p < layout.partitionCount; p++) {
    const t = layout.topicOf[p] as number;
    const replicas = input.partitionRacks?.get(layout.topics[t] as string)?.[p - (layout.firstOf[t] as number)] ?? [];
    racks.push([...new Set(replicas)].map(numberOf));
  }
  return { rackOf, racksOf: racks };
}

/** Whether the member may take the partition without reading across racks; members without a rack may take any. */
export function racksMatch(racks: Racks, member: number, partition: number): boolean {
  const rack = racks.rackOf[member] as number;
  return rack === NONE || racks.racksOf[partition]?.includes(rack) === true;
}

/**
 * Whether matching racks can change anything for these members and the partitions from `first` to below `end`: some
 * member's rack must hold a replica, and not every partition have replicas in all the racks (or `prefer` be set).
 */
export function isRackAware(racks: Racks, members: readonly number[], first: number, end: number, prefer: boolean): boolean {
  if (racks.racksOf.length === 0) return false;
  const ofPartitions = new Set<number>();
  for (let p = first; p < end; p++) for (const rack of racks.racksOf[p] ?? []) ofPartitions.add(rack);
  if (!members.some((m) => ofPartitions.has(racks.rackOf[m] as number))) return false;
  if (prefer) return true;
  for (let p = first; p < end; p++) if (racks.racksOf[p]?.length !== ofPartitions.size) return true;
  return false;
}
