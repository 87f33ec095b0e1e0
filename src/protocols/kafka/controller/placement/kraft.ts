import { broken } from '../../../../base/index.ts';
import { type Refusal, refuse } from '../errors.ts';
import type { BrokerId, Random } from '../image.ts';

/** A broker as placement sees it; those in controlled shutdown are left out. */
export interface UsableBroker {
  readonly id: BrokerId;
  readonly rack?: string | undefined;
  readonly fenced?: boolean;
}

/** Brokers of one rack in a circle that begins one further with each new partition. */
interface Circle {
  brokers: BrokerId[];
  index: number;
  offset: number;
  epoch: number;
}

interface Rack {
  readonly fenced: Circle;
  readonly unfenced: Circle;
}

interface Racks {
  readonly racks: ReadonlyMap<string | undefined, Rack>;
  /** In the order in which their chances are drawn. */
  readonly drawn: readonly Rack[];
  /** Brokers without a rack are one of their own, the first. */
  names: (string | undefined)[];
  readonly unfencedCount: number;
  offset: number;
  epoch: number;
}

/**
 * Replica lists for new partitions: striped over racks, inside a rack over brokers, each partition one further, and shuffled
 * after as many partitions as there are unfenced brokers. Fenced brokers come last and never first. Source: StripedReplicaPlacer.
 */
export function placeReplicas(
  brokers: readonly UsableBroker[],
  partitions: number,
  replicationFactor: number,
  random: Random,
): readonly (readonly BrokerId[])[] | Refusal {
  const racks = prepare(brokers, random);
  const refusal = refuseFactor(replicationFactor, brokers.length, racks.unfencedCount);
  if (refusal) return refusal;
  return Array.from({ length: partitions }, () => placeOne(racks, replicationFactor, random));
}

function refuseFactor(factor: number, registered: number, unfenced: number): Refusal | undefined {
  if (factor <= 0)
    return refuse('INVALID_REPLICATION_FACTOR', `Invalid replication factor ${factor}: the replication factor must be positive.`);
  if (unfenced === 0) return refuse('INVALID_REPLICATION_FACTOR', 'All brokers are currently fenced.');
  if (factor <= registered) return undefined;
  const why = `cannot be reached because only ${registered} broker(s) are registered.`;
  return refuse('INVALID_REPLICATION_FACTOR', `The target replication factor of ${factor} ${why}`);
}

function prepare(brokers: readonly UsableBroker[], random: Random): Racks {
  const racks = new Map<string | undefined, Rack>();
  for (const { id, rack, fenced } of brokers) {
    const known = racks.get(rack) ?? { fenced: newCircle(), unfenced: newCircle() };
    racks.set(rack, known);
    (fenced ? known.fenced : known.unfenced).brokers.push(id);
  }
  const names = [...racks.keys()].sort(byName);
  const drawn = [...racks].sort(([a], [b]) => bucket(a) - bucket(b)).map(([, rack]) => rack);
  for (const rack of drawn) for (const circle of [rack.fenced, rack.unfenced]) begin(circle, random);
  const unfencedCount = brokers.filter((broker) => !broker.fenced).length;
  return { racks, drawn, names, unfencedCount, offset: names.length === 0 ? 0 : random(names.length), epoch: 0 };
}

/** Kafka draws for racks in the order of a Java hash map of up to twelve of them: by the low bits of the name's hash. */
function bucket(name = ''): number {
  let hash = 0;
  for (let i = 0; i < name.length; i += 1) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  return (hash ^ (hash >>> 16)) & 15;
}

function byName(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a < b ? -1 : 1;
}

function newCircle(): Circle {
  return { brokers: [], index: 0, offset: 0, epoch: 0 };
}

function begin(circle: Circle, random: Random): void {
  if (circle.brokers.length === 0) return;
  circle.brokers.sort((a, b) => a - b);
  circle.offset = random(circle.brokers.length);
}

/** The next broker that this partition has not had, or undefined when the circle is through. */
function next(circle: Circle, epoch: number): BrokerId | undefined {
  const { length } = circle.brokers;
  if (length === 0) return undefined;
  if (circle.epoch !== epoch) {
    circle.epoch = epoch;
    circle.index = 0;
    circle.offset = (circle.offset + 1) % length;
  }
  if (circle.index >= length) return undefined;
  const broker = circle.brokers[(circle.index + circle.offset) % length];
  circle.index += 1;
  return broker;
}

function placeOne(racks: Racks, replicationFactor: number, random: Random): readonly BrokerId[] {
  // With a single unfenced broker the circle must not begin anew, or it would never move on.
  if (racks.epoch === racks.unfencedCount && racks.unfencedCount > 1) {
    shuffleAll(racks, random);
    racks.epoch = 0;
  }
  const count = racks.names.length;
  if (racks.offset === count) racks.offset = 0;
  let first = racks.offset;
  const leader = (): BrokerId => {
    for (let tried = 0; tried < count; tried += 1) {
      const id = next(rackAt(racks, first).unfenced, racks.epoch);
      if (id !== undefined) return id;
      first = (first + 1) % count;
    }
    return broken('an unfenced broker leads');
  };
  const replicas = [leader()];
  let skip = first;
  for (let at = racks.offset; replicas.length < replicationFactor; at = (at + 1) % count) {
    if (at === skip) {
      // The leader's rack has had its turn in the first round.
      skip = -1;
      continue;
    }
    const rack = rackAt(racks, at);
    const id = next(rack.unfenced, racks.epoch) ?? next(rack.fenced, racks.epoch);
    if (id !== undefined) replicas.push(id);
  }
  racks.epoch += 1;
  racks.offset += 1;
  return replicas;
}

function rackAt(racks: Racks, index: number): Rack {
  return racks.racks.get(racks.names[index]) ?? broken('every name has its rack');
}

function shuffleAll(racks: Racks, random: Random): void {
  shuffle(racks.names, random);
  for (const rack of racks.drawn) for (const circle of [rack.fenced, rack.unfenced]) shuffle(circle.brokers, random);
}

/** Java's Collections.shuffle: from the end, each with one before it or itself. */
function shuffle<T>(list: T[], random: Random): void {
  for (let size = list.length; size > 1; size -= 1) {
    const [a, b] = [size - 1, random(size)];
    [list[a], list[b]] = [list[b] as T, list[a] as T];
  }
}
