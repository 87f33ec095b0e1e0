import type { PartId } from '../../../base/index.ts';
import type { Member, PartView, Wiring } from '../../../engine/index.ts';
import { partitionName } from '../assign/index.ts';
import type { Group } from '../group/index.ts';
import type { Broker } from './state.ts';

/** Members wait for one another. */
const UNSETTLED = new Set(['PreparingRebalance', 'CompletingRebalance', 'Assigning', 'Reconciling']);

/** What stage and inspector show of a group that this broker coordinates. */
export function groupView(broker: Broker, part: PartId, name: string, wiring: Wiring): PartView | undefined {
  const group = broker.coordinators.groups.groups.get(name);
  if (!group) return undefined;
  const generation = group.kind === 'classic' ? group.generation : group.epoch;
  const offsets = [...(broker.coordinators.groups.offsets.byGroup.get(name)?.values() ?? [])];
  return {
    status: UNSETTLED.has(group.state) ? 'blocked' : 'up',
    members: membersOf(group, part, wiring),
    pointers: offsets.map(({ topic, partition, value }) => ({
      ...{ store: topic, lane: String(partition), at: value.offset, kind: 'committed' as const, reader: part },
    })),
    figures: [
      { key: 'groupState', value: group.state },
      { key: group.kind === 'classic' ? 'generation' : 'epoch', value: generation },
      { key: 'members', value: group.members.size },
      { key: 'coordinator', value: broker.node },
      ...(group.kind === 'classic' && group.protocolName !== undefined ? [{ key: 'assignor', value: group.protocolName }] : []),
    ],
    details: [
      {
        key: 'offsets',
        columns: ['partition', 'committed'],
        rows: offsets.map(({ topic, partition, value }) => [`${topic}-${partition}`, value.offset]),
      },
    ].filter(({ rows }) => rows.length > 0),
  };
}

/** Every member with what it has been assigned: until its session ends, one that has died keeps it. */
function membersOf(group: Group, part: PartId, wiring: Wiring): readonly Member[] {
  const parts = new Map(wiring.nodesIn(part).map(({ id, name }) => [name, id]));
  const lanesOf: (readonly [id: string, lanes: readonly string[]])[] =
    group.kind === 'classic'
      ? [...group.members.values()].map(({ memberId, assignment }) => [memberId, (assignment ?? []) as readonly string[]])
      : [...group.members.values()].map(({ memberId, assigned }) => [memberId, assigned.map(partitionName)]);
  // An id is the client's name with a number behind (`newMemberId`).
  return lanesOf.map(([id, lanes]) => ({ id, part: parts.get(id.slice(0, id.lastIndexOf('-'))), lanes }));
}
