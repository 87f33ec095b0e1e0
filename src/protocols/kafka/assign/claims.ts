import { type Layout, NONE, nobody, type Owners, partitionNumber } from './layout.ts';
import type { AssignMember } from './types.ts';

/** What the members' own words about the last assignment come down to. */
export interface Claims {
  /** Who is believed to own each partition. */
  readonly owners: Owners;
  /** Claimed by two members in the same generation: nobody keeps them. */
  readonly disputed: Uint8Array;
  /** The partitions each member claims, believed or not. */
  readonly claimed: readonly (readonly number[])[];
  readonly maxGeneration: number;
}

function subscriptionGeneration(member: AssignMember | undefined): number {
  return member?.subscriptionGeneration ?? member?.generation ?? -1;
}

/** A claim of a later generation beats one of an earlier one. Partitions that no longer exist are forgotten. */
export function claimsOf(layout: Layout, maxGenerationSeen: number): Claims {
  const owners = nobody(layout);
  const claimant = nobody(layout);
  const disputed = new Uint8Array(layout.partitionCount);
  let maxGeneration = maxGenerationSeen;
  const claimed = layout.members.map((member, m) => {
    maxGeneration = Math.max(maxGeneration, member.generation);
    const numbers = member.owned.map((partition) => partitionNumber(layout, partition)).filter((p) => p !== NONE);
    for (const p of numbers) {
      const other = claimant[p] as number;
      const otherGeneration = subscriptionGeneration(layout.members[other]);
      if (other !== NONE && member.generation < otherGeneration) continue;
      if (other !== NONE && member.generation === otherGeneration) {
        disputed[p] = 1;
        if (owners[p] === other) owners[p] = NONE;
      } else owners[p] = m;
      claimant[p] = m;
    }
    return numbers;
  });
  return { owners, disputed, claimed, maxGeneration };
}

/**
 * Whether all members name the same topics, existing or not. As in Java the first member that names any topic is the
 * measure, so members without topics that come before it are passed over.
 */
export function haveEqualSubscriptions(layout: Layout): boolean {
  const measure = layout.members.findIndex((member) => member.topics.length > 0);
  if (measure < 0) return true;
  const topics = new Set((layout.members[measure] as AssignMember).topics);
  return layout.members.slice(measure).every((member) => {
    const own = new Set(member.topics);
    return own.size === topics.size && member.topics.every((topic) => topics.has(topic));
  });
}
