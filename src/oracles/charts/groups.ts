import type { Fact, NodeId } from '../../engine/index.ts';
import type { Drawing } from '../types.ts';
import { Life, type OnMove } from './life.ts';
import { type ChartName, leadsLife } from './registry.ts';

/** A group, as the last of its coordinators tells it. */
interface Group {
  readonly life: Life;
  coordinator: number;
  /** Coordinators that are not its any more: what they say does not count until they have taken over again. */
  readonly former: Set<number>;
}

/** Follows groups of readers. */
export class Groups {
  private readonly groups = new Map<string, Group>();
  /** Nodes by their numbers. */
  private readonly nodes = new Map<NodeId, number>();

  constructor(
    private readonly drawing: Drawing,
    private readonly onMove?: OnMove,
  ) {}

  watch(fact: Fact): string | undefined {
    switch (fact.kind) {
      case 'replica.role':
        this.nodes.set(fact.at, Number(fact.data?.['node'] ?? -1));
        return undefined;
      case 'group.loaded':
        return this.load(fact);
      case 'group.state':
        return this.move(fact);
      case 'node.crashed':
        return this.crash(fact);
      default:
        return undefined;
    }
  }

  private crash(fact: Fact): string | undefined {
    const node = this.nodes.get(fact.at);
    let text: string | undefined;
    for (const { life, coordinator } of this.groups.values()) if (coordinator === node && !life.isOver) text ??= life.take(fact.kind, fact);
    return text;
  }

  private load(fact: Fact): string | undefined {
    const group = this.group(fact);
    if (!group) return undefined;
    this.handOver(group, fact);
    return group.life.take(`${fact.kind}.${String(fact.data?.['state'])}`, fact);
  }

  private move(fact: Fact): string | undefined {
    const group = this.group(fact);
    if (!group) return undefined;
    const { data } = fact;
    const coordinator = Number(data?.['coordinator']);
    if (group.former.has(coordinator)) return undefined;
    const { life } = group;
    const from = String(data?.['from']);
    // One that knows nothing of the group begins it.
    if (coordinator !== group.coordinator || life.state === 'unavailable') {
      this.handOver(group, fact);
      life.take(`group.loaded.${from}`, fact);
    }
    if (life.state !== from) return `the group was ${life.state}, and not ${from}`;
    return life.take(`${fact.kind}.${String(data?.['to'])}`, fact);
  }

  private handOver(group: Group, fact: Fact): void {
    const coordinator = Number(fact.data?.['coordinator']);
    if (group.coordinator !== coordinator) group.former.add(group.coordinator);
    group.coordinator = coordinator;
    group.former.delete(coordinator);
    if (group.life.state !== 'unavailable') group.life.take('coordinator.moved', fact);
  }

  private group(fact: Fact): Group | undefined {
    const { at, data } = fact;
    const name = CHART_OF[String(data?.['protocol'])];
    const key = `${at} ${String(data?.['group'])}`;
    const known = this.groups.get(key);
    if (known && !known.life.isOver && (name === undefined || known.life.name === name)) return known;
    if (name === undefined || !leadsLife(this.drawing.parts.get(at)?.kind ?? '', name)) return undefined;
    const life = new Life(name, at, String(data?.['group']), this.onMove);
    life.begin(fact);
    const group: Group = { life, coordinator: Number(data?.['coordinator']), former: new Set() };
    this.groups.set(key, group);
    return group;
  }
}

const CHART_OF: { readonly [protocol: string]: ChartName } = { classic: 'classicGroup', consumer: 'consumerGroup', share: 'consumerGroup' };
