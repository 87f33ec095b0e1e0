import type { Fact, NodeId } from '../../engine/index.ts';
import type { Drawing } from '../types.ts';
import { type Lane, laneKey, numberIn } from './lane.ts';

/** A member of a group, as its coordinator sees it. */
interface Member {
  isIn: boolean;
  /** Its place is kept while it is silent: it may not know what the others do. */
  readonly isStatic: boolean;
  /** The last one that it has heard of, where the protocol has any. */
  generation: number;
}

/**
 * Readers of logs. Each is handed the records of a partition upward, and only what is committed; no two members that the
 * coordinator counts among a group have one partition; what is committed for a group is never beyond the log's end.
 */
export class Readers {
  /** By reader: what it has, and where it stands (the next number that it may be handed at the least). */
  private readonly positions = new Map<NodeId, Map<string, number>>();
  /** By group and id. */
  private readonly members = new Map<string, Member>();
  private readonly idOf = new Map<NodeId, string>();

  constructor(
    private readonly drawing: Drawing,
    private readonly lanes: ReadonlyMap<string, Lane>,
  ) {}

  watch(fact: Fact): string | undefined {
    switch (fact.kind) {
      case 'partition.assigned':
        return this.assign(fact);
      case 'partition.revoked':
      case 'partition.lost':
        for (const lane of lanesOf(fact)) this.positions.get(fact.at)?.delete(lane);
        return undefined;
      case 'position.reset':
        this.positions.get(fact.at)?.set(String(fact.data?.['partition']), numberIn(fact.data, 'offset'));
        return undefined;
      case 'message.received':
        return this.receive(fact);
      case 'offset.committed':
        return this.commit(fact);
      case 'member.joined':
      case 'member.left':
        return this.member(fact);
      case 'group.step':
        return this.step(fact);
      case 'part.left':
      case 'node.crashed':
        this.positions.delete(fact.at);
        return undefined;
      default:
        return undefined;
    }
  }

  private member({ kind, at, why, data }: Fact): undefined {
    const id = `${at} ${String(data?.['member'])}`;
    const client = String(data?.['client'] ?? '');
    if (kind === 'member.left') {
      const member = this.members.get(id);
      if (member) member.isIn = false;
      return;
    }
    const before = this.members.get(`${at} ${String(data?.['before'])}`);
    if (before) before.isIn = false;
    this.members.set(id, { isIn: true, isStatic: why !== 'dynamic', generation: -1 });
    this.idOf.set(client, id);
  }

  /** Whoever has given itself up is no member, even while a static member's place is kept; whoever has been let in is. */
  private step({ at, data }: Fact): undefined {
    const member = this.members.get(this.idOf.get(at) ?? '');
    const step = String(data?.['step']);
    if (!member) return;
    if (step === 'SyncGroup') {
      member.isIn = true;
      member.generation = numberIn(data, 'generation');
    }
    if (GIVEN_UP.has(step)) member.isIn = false;
  }

  private assign(fact: Fact): string | undefined {
    const own = this.positions.get(fact.at) ?? new Map<string, number>();
    this.positions.set(fact.at, own);
    const group = this.drawing.parts.get(fact.at)?.parent;
    for (const lane of lanesOf(fact)) {
      if (own.has(lane)) return `it has ${lane} already`;
      own.set(lane, 0);
      if (group === undefined || fact.data?.['isShared'] === true) continue;
      for (const [other, lanes] of this.positions)
        if (lanes.has(lane) && this.drawing.parts.get(other)?.parent === group && this.areRivals(fact.at, other))
          return `${other} has ${lane}, too`;
    }
    return undefined;
  }

  /** The coordinator counts both among the group's members, and neither has slept through a rebalance. */
  private areRivals(client: NodeId, other: NodeId): boolean {
    const [a, b] = [client, other].map((one) => this.members.get(this.idOf.get(one) ?? ''));
    if (client === other || !a?.isIn || !b?.isIn) return false;
    return a.generation === b.generation || !b.isStatic;
  }

  private receive(fact: Fact): string | undefined {
    const key = laneKey(fact);
    const lane = key === undefined ? undefined : this.lanes.get(key);
    const own = this.positions.get(fact.at);
    if (!lane || key === undefined || !own) return undefined;
    const offset = numberIn(fact.data, 'offset');
    if (!lane.written.get(offset)?.has(fact.message)) return `number ${offset} of ${key} is another record`;
    if (offset >= lane.watermark) return `number ${offset} of ${key} is not committed`;
    if (fact.data?.['deliveryCount'] !== undefined) return undefined;
    const next = own.get(key);
    if (next === undefined) return `it does not have ${key}`;
    if (offset < next) return `number ${offset} of ${key} comes after number ${next - 1}`;
    own.set(key, offset + 1);
    return undefined;
  }

  private commit({ data }: Fact): string | undefined {
    const key = String(data?.['partition'] ?? '');
    const lane = this.lanes.get(key);
    const offset = numberIn(data, 'offset');
    return lane && offset > lane.end ? `${offset} is committed for ${key}, which ends at ${lane.end}` : undefined;
  }
}

const GIVEN_UP: ReadonlySet<string> = new Set(['LeaveGroup', 'Silent', 'Reset', 'Fenced']);

function lanesOf({ data }: Fact): readonly string[] {
  const list = data?.['partitions'];
  return Array.isArray(list) ? list.map(String) : [];
}
