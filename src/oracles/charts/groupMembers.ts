import type { PartId } from '../../base/index.ts';
import type { Fact, NodeId } from '../../engine/index.ts';
import type { Drawing } from '../types.ts';
import { Life, type OnMove } from './life.ts';
import { type ChartName, leadsLife } from './registry.ts';

/** Follows members of groups: what they say of themselves, and what their coordinators say of them. */
export class GroupMembers {
  private readonly lives = new Map<NodeId, Life>();
  /** By group and id, the client that has come with it, and by client the id that it came with last. */
  private readonly clients = new Map<string, PartId>();
  private readonly ids = new Map<PartId, string>();

  constructor(
    private readonly drawing: Drawing,
    private readonly onMove?: OnMove,
  ) {}

  watch(fact: Fact): string | undefined {
    const { kind, at } = fact;
    switch (kind) {
      case 'group.step':
        return this.step(fact);
      case 'member.joined':
        this.join(fact);
        return undefined;
      case 'member.left':
        return this.hear(this.present(fact), kind, fact);
      case 'member.reconciled':
        return this.hear(this.present(fact), `${kind}.${fact.why}`, fact);
      case 'partition.assigned':
      case 'node.crashed':
      case 'node.restarted':
        return this.hear(this.lives.get(at), kind, fact);
      case 'part.left':
        if (fact.line === '') this.lives.delete(at);
        return undefined;
      default:
        return undefined;
    }
  }

  private step(fact: Fact): string | undefined {
    const step = String(fact.data?.['step']);
    const name = CHART_OF[step];
    const known = this.lives.get(fact.at);
    // Other steps change nothing; the one that says goodbye to a modern group has its reason in `why`.
    if (name === undefined) return STEPS.has(step) ? this.hear(known, `${fact.kind}.${step}`, fact) : undefined;
    if (!leadsLife(this.drawing.parts.get(fact.at)?.kind ?? '', name)) return undefined;
    const life = known?.name === name ? known : new Life(name, fact.at, '', this.onMove);
    if (life !== known) life.begin(fact);
    this.lives.set(fact.at, life);
    if (name === 'classicMember') return life.take(`${fact.kind}.${step}`, fact);
    const said = fact.why === 'joins' || fact.why === 'joined' ? fact.why : 'left';
    return said === 'joins' ? life.take(`${fact.kind}.${said}`, fact) : this.hear(life, `${fact.kind}.${said}`, fact);
  }

  private join({ at, data }: Fact): void {
    const key = `${at} ${String(data?.['member'])}`;
    const client = String(data?.['client'] ?? '');
    this.clients.set(key, client);
    this.ids.set(client, key);
  }

  /** The member that a coordinator speaks of, if it has not come anew with another id. */
  private present({ at, data }: Fact): Life | undefined {
    const key = `${at} ${String(data?.['member'])}`;
    const client = this.clients.get(key);
    return client !== undefined && this.ids.get(client) === key ? this.lives.get(client) : undefined;
  }

  /** What is said to a member in any state changes only those that it concerns. */
  private hear(life: Life | undefined, event: string, fact: Fact): undefined {
    if (life?.can(event)) life.take(event, fact);
  }
}

const CHART_OF: { readonly [step: string]: ChartName } = {
  JoinGroup: 'classicMember',
  SyncGroup: 'classicMember',
  ConsumerGroupHeartbeat: 'consumerMember',
  ShareGroupHeartbeat: 'consumerMember',
};
const STEPS: ReadonlySet<string> = new Set(['Reset', 'LeaveGroup', 'Silent', 'Fenced']);
