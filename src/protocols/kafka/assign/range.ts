import { type Layout, NONE, nobody, type Order, type Owners, staticFirst } from './layout.ts';
import { isRackAware, type Racks, racksMatch } from './racks.ts';

/** One topic while it is dealt out. */
interface Deal {
  readonly first: number;
  readonly end: number;
  /** The topic's members in the order in which they get their ranges. */
  readonly members: readonly number[];
  /** Partitions given so far, by place in `members`. */
  readonly given: Int32Array;
  readonly quota: number;
  /** How many members may still get one more than the quota. */
  extras: number;
  /** No partition below it is free. */
  free: number;
  readonly isRackAware: boolean;
}

/**
 * The range assignor: per topic and independently of other topics, contiguous ranges of `partitions / members`, the
 * first `partitions % members` members getting one more. With racks, partitions that a member can read in its own rack
 * go out first (topics of equal size and members together, to keep them co-partitioned), within the same quotas.
 */
export function assignRange(layout: Layout, racks: Racks, preferRackAwareLogic: boolean): Owners {
  const owners = nobody(layout);
  const order = staticFirst(layout);
  const deals = layout.topics.map((_, t) => dealOf(layout, racks, preferRackAwareLogic, t, order));
  if (deals.some((deal) => deal.isRackAware)) matchRacks(deals, racks, owners);
  for (const deal of deals) dealRanges(deal, owners, undefined);
  return owners;
}

function dealOf(layout: Layout, racks: Racks, prefer: boolean, t: number, order: Order): Deal {
  const first = layout.firstOf[t] as number;
  const end = layout.firstOf[t + 1] as number;
  const members = order(layout.subscribersOf[t] as readonly number[]);
  const quota = Math.floor((end - first) / members.length);
  const extras = (end - first) % members.length;
  const aware = isRackAware(racks, members, first, end, prefer);
  return { first, end, members, given: new Int32Array(members.length), quota, extras, free: first, isRackAware: aware };
}

function roomFor(deal: Deal, place: number): number {
  return Math.max(0, deal.quota + (deal.extras > 0 ? 1 : 0) - (deal.given[place] as number));
}

function noteGiven(deal: Deal, place: number, count: number): void {
  deal.given[place] = (deal.given[place] as number) + count;
  if ((deal.given[place] as number) > deal.quota) deal.extras--;
}

/** Every member in turn takes the first free partitions, as many as it has room for. */
function dealRanges(deal: Deal, owners: Owners, racks: Racks | undefined): void {
  for (const [place, member] of deal.members.entries()) {
    while (deal.free < deal.end && owners[deal.free] !== NONE) deal.free++;
    if (deal.free === deal.end) return;
    const room = roomFor(deal, place);
    let taken = 0;
    for (let p = deal.free; p < deal.end && taken < room; p++) {
      if (owners[p] !== NONE || (racks && !racksMatch(racks, member, p))) continue;
      owners[p] = member;
      taken++;
    }
    if (taken > 0) noteGiven(deal, place, taken);
  }
}

function matchRacks(deals: readonly Deal[], racks: Racks, owners: Owners): void {
  const alike = new Map<string, Deal[]>();
  for (const deal of deals) {
    const hasRacks = deal.members.some((m) => racks.rackOf[m] !== NONE);
    const key = `${hasRacks ? deal.end - deal.first : 0} ${deal.members.join(' ')}`;
    const group = alike.get(key);
    if (group) group.push(deal);
    else alike.set(key, [deal]);
  }
  for (const group of alike.values()) {
    const first = group[0] as Deal;
    if (group.length > 1) matchTogether(group, racks, owners);
    else if (first.isRackAware) dealRanges(first, owners, racks);
  }
}

/** Partition n of all these topics goes to the first member that has room for and can read all of them in its rack. */
function matchTogether(group: readonly Deal[], racks: Racks, owners: Owners): void {
  const like = group[0] as Deal;
  if (!like.members.some((m) => racks.rackOf[m] !== NONE)) return;
  const places = like.members.map((_, place) => place);
  for (let n = 0; n < like.end - like.first && places.length > 0; n++) {
    const at = places.findIndex((place) =>
      group.every((deal) => roomFor(deal, place) > 0 && racksMatch(racks, deal.members[place] as number, deal.first + n)),
    );
    if (at < 0) continue;
    const place = places[at] as number;
    for (const deal of group) {
      owners[deal.first + n] = deal.members[place] as number;
      noteGiven(deal, place, 1);
    }
    if (group.every((deal) => roomFor(deal, place) === 0)) places.splice(at, 1);
  }
}

/**
 * Ranges without racks, as librdkafka's and the brokers' own (KIP-848) range assignors deal them. `order` puts the
 * subscribers of a topic in the order in which they get their ranges.
 */
export function assignPlainRange(layout: Layout, order: Order): Owners {
  const owners = nobody(layout);
  for (let t = 0; t < layout.topics.length; t++) {
    const members = order(layout.subscribersOf[t] as readonly number[]);
    let p = layout.firstOf[t] as number;
    const partitions = (layout.firstOf[t + 1] as number) - p;
    for (const [place, m] of members.entries()) {
      const end = p + Math.floor(partitions / members.length) + (place < partitions % members.length ? 1 : 0);
      owners.fill(m, p, end);
      p = end;
    }
  }
  return owners;
}
