import { assignHeterogeneous } from './heterogeneous.ts';
import { groupAssignment, type Layout, layoutOf, NONE, nobody, type Owners, partitionNumber, staticFirst } from './layout.ts';
import { assignPlainRange } from './range.ts';
import type { AssignInput, AssignMember, GroupAssignment, ServerAssignor } from './types.ts';

/** HOMOGENEOUS: all members subscribe to the same topics. */
export type SubscriptionType = 'HOMOGENEOUS' | 'HETEROGENEOUS';

/**
 * The target assignment that a broker computes for a group of the consumer protocol (KIP-848; the assignors of Kafka
 * 4.0). `owned` of the members is their target assignment so far; generations and racks do not matter. Members and
 * topics come in ascending order of member id and topic name, where brokers iterate hash maps.
 * The subscription type follows from the members unless the group says otherwise.
 */
export function assignOnServer(assignor: ServerAssignor, input: AssignInput, type?: SubscriptionType): GroupAssignment {
  const layout = layoutOf(input);
  if (layout.members.length === 0) return new Map();
  if (assignor === 'range') return groupAssignment(layout, assignPlainRange(layout, staticFirst(layout)));
  const isHomogeneous = (type ?? subscriptionType(layout.members)) === 'HOMOGENEOUS';
  const uniform = isHomogeneous ? assignHomogeneous : assignHeterogeneous;
  return groupAssignment(layout, uniform(layout, targetsOf(layout)));
}

/** Topics that do not exist (yet) count, too. */
export function subscriptionType(members: readonly AssignMember[]): SubscriptionType {
  const subscribers = new Map<string, number>();
  for (const member of members) for (const topic of new Set(member.topics)) subscribers.set(topic, (subscribers.get(topic) ?? 0) + 1);
  return [...subscribers.values()].every((count) => count === members.length) ? 'HOMOGENEOUS' : 'HETEROGENEOUS';
}

/** The target so far, without what no longer exists. A partition has one target owner at most. */
function targetsOf(layout: Layout): Owners {
  const owners = nobody(layout);
  for (const [m, member] of layout.members.entries())
    for (const partition of member.owned) {
      const p = partitionNumber(layout, partition);
      if (p !== NONE) owners[p] = m;
    }
  return owners;
}

/**
 * Uniform, all members subscribed alike: the first members by id have the larger quota; each keeps its first partitions
 * up to its quota, and what is free (never assigned first, then given up) fills the members in their order, one after
 * the other.
 */
function assignHomogeneous(layout: Layout, owners: Owners): Owners {
  const memberCount = layout.members.length;
  const extras = layout.partitionCount % memberCount;
  const room = Int32Array.from(layout.members, (_, m) => Math.floor(layout.partitionCount / memberCount) + (m < extras ? 1 : 0));
  const free: number[] = [];
  const givenUp: number[][] = layout.members.map(() => []);
  for (let p = 0; p < owners.length; p++) {
    const m = owners[p] as number;
    if (m === NONE) free.push(p);
    else if ((room[m] as number) > 0) room[m] = (room[m] as number) - 1;
    else (givenUp[m] as number[]).push(p);
  }
  free.push(...givenUp.flat());
  let m = 0;
  for (const p of free) {
    while (room[m] === 0) m++;
    owners[p] = m;
    room[m] = (room[m] as number) - 1;
  }
  return owners;
}
