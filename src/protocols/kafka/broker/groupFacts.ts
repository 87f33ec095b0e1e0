import type { JsonObject, PartId } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { GroupEvent, Partitions } from '../group/index.ts';
import { GROUP } from '../kinds.ts';
import { partitionName } from '../message.ts';
import type { Broker } from './state.ts';

/** A group's box, or the broker where it is not drawn. */
export function groupPart(broker: Broker, group: string, x: Context): PartId {
  return x.wiring.partsOf(GROUP).find(({ name }) => name === group)?.id ?? broker.part;
}

/** States in which members of a group wait for one another. */
const UNSETTLED = new Set(['PreparingRebalance', 'CompletingRebalance', 'Assigning', 'Reconciling']);

/** Tells what happened to a group, at its box. `client`: whose request brought it about, '' = nobody's. */
export function tellGroup(broker: Broker, event: GroupEvent, client: PartId, x: Context): void {
  const at = groupPart(broker, event.groupId, x);
  const { groupId: group } = event;
  const tell = (kind: string, why: string, data: Parameters<Context['fact']>[5]) => x.fact(kind, at, 0, '', why, { group, ...data });
  switch (event.what) {
    case 'state': {
      const { from, to, epoch } = event;
      tell('group.state', '', { from, to, epoch, coordinator: broker.node, protocol: protocolOf(broker, group) });
      tellPhase(from, to, at, x);
      return;
    }
    case 'rebalance':
      tell('group.rebalance', event.reason, { epoch: event.epoch, member: event.memberId ?? '' });
      return;
    case 'delay':
      tell('group.delayed', event.isExtension ? 'extended' : 'first-member', { until: event.until });
      return;
    case 'member-id':
      return;
    case 'member-added':
      tell('member.joined', event.instanceId === undefined ? 'dynamic' : 'static', { member: event.memberId, client });
      return;
    case 'member-replaced':
      tell('member.joined', 'replaced', { member: event.memberId, client, before: event.oldMemberId, instance: event.instanceId });
      return;
    case 'member-removed':
      tell('member.left', event.reason, { member: event.memberId });
      return;
    case 'member-away':
      tell('member.left', 'away', { member: event.memberId, instance: event.instanceId });
      return;
    case 'leader':
      tell('group.leader', '', { member: event.memberId });
      return;
    case 'generation':
      tell('group.generation', '', {
        generation: event.generation,
        coordinator: broker.node,
        protocol: event.protocol ?? '',
        members: [...event.members],
        leader: event.leader ?? '',
      });
      return;
    case 'assigned':
      tellAssigned(event, tell);
      return;
    case 'epoch':
      tell('group.rebalance', event.reason, { epoch: event.epoch, member: event.memberId ?? '' });
      return;
    case 'target':
      for (const { memberId, partitions } of event.members)
        tell('group.assigned', 'target', { member: memberId, partitions: named(partitions), epoch: event.epoch });
      return;
    case 'reconciled':
      tell('member.reconciled', event.state.toLowerCase(), {
        member: event.memberId,
        epoch: event.memberEpoch,
        partitions: named(event.assigned),
        pending: named(event.pendingRevocation),
      });
      return;
    case 'offset-committed':
      tellCommit(event, tell);
      return;
    case 'offset-expired':
      tell('offset.expired', '', { partition: partitionName(event.topic, event.partition) });
      return;
    case 'group-removed':
      tell('group.state', 'removed', { from: 'Empty', to: 'Dead', epoch: 0, coordinator: broker.node, protocol: '' });
      return;
  }
}

function tellPhase(from: string, to: string, at: PartId, x: Context): void {
  if (UNSETTLED.has(to) !== UNSETTLED.has(from))
    x.fact(UNSETTLED.has(to) ? 'phase.began' : 'phase.ended', at, 0, '', '', { phase: 'rebalance' });
}

type Assigned = Extract<GroupEvent, { readonly what: 'assigned' }>;

/** What a group's leader has worked out. */
function tellAssigned({ assignments, generation: epoch }: Assigned, tell: (kind: string, why: string, data: JsonObject) => void): void {
  for (const { memberId: member, assignment } of assignments)
    tell('group.assigned', '', { member, partitions: [...((assignment ?? []) as readonly string[])], epoch });
}

/** A coordinator has taken over a partition: what it knows of the groups there now. */
export function tellLoaded(broker: Broker, isHere: (group: string) => boolean, x: Context): void {
  for (const [group, { kind, state, ...rest }] of broker.coordinators.groups.groups) {
    if (!isHere(group)) continue;
    const epoch = 'generation' in rest ? rest.generation : rest.epoch;
    x.fact('group.loaded', groupPart(broker, group, x), 0, '', '', { group, state, epoch, coordinator: broker.node, protocol: kind });
  }
}

/** classic, consumer or share. */
function protocolOf(broker: Broker, group: string): string {
  return broker.coordinators.groups.groups.get(group)?.kind ?? '';
}

type Committed = Extract<GroupEvent, { readonly what: 'offset-committed' }>;

/** What is committed in a transaction counts once that is. */
function tellCommit(
  { topic, partition, offset, producerId }: Committed,
  tell: (kind: string, why: string, data: JsonObject) => void,
): void {
  const why = producerId === undefined ? 'coordinator' : 'in-transaction';
  tell('offset.committed', why, { partition: partitionName(topic, partition), offset });
}

function named(partitions: Partitions): string[] {
  return partitions.map(({ topic, partition }) => partitionName(topic, partition));
}
