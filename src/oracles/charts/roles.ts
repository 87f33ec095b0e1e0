import type { PartId } from '../../base/index.ts';
import type { Fact, NodeId } from '../../engine/index.ts';
import { numberIn, numbersIn } from '../logs/lane.ts';
import type { Drawing } from '../types.ts';
import { Life, type OnMove } from './life.ts';
import { type ChartName, leadsLife } from './registry.ts';

/** Charts that one node has one life each of, and the fact that tells its role. */
const OF_NODES: readonly (readonly [chart: ChartName, kind: string])[] = [
  ['controller', 'controller.role'],
  ['quorum', 'quorum.role'],
];

/** Follows the parts that nodes play in their cluster: brokers themselves, their replicas, and whoever runs the cluster. */
export class Roles {
  /** By node, then by chart and what it is the role of. */
  private readonly nodes = new Map<NodeId, Map<string, Life>>();
  private readonly byNumber = new Map<number, NodeId>();

  /** By node, the number of the fact that its process ended in good order. */
  private readonly ended = new Map<NodeId, number>();

  constructor(
    private readonly drawing: Drawing,
    private readonly onMove?: OnMove,
  ) {}

  watch(fact: Fact): string | undefined {
    const { kind, at, data } = fact;
    switch (kind) {
      case 'replica.role':
        return this.replica(fact);
      case 'isr.changed':
        return this.inSync(fact);
      case 'replica.left':
        return this.lives(this.drawing.nodeOf.get(at) ?? at)
          .get(`replica ${nameIn(fact)}`)
          ?.take(kind, fact);
      case 'broker.fenced':
      case 'broker.unfenced':
      case 'broker.stopping':
        return this.life('broker', at, at, '', fact)?.take(kind, fact);
      case 'part.joined':
        return fact.line === '' ? this.life('broker', at, at, '', fact)?.take(kind, fact) : undefined;
      case 'part.left':
        if (fact.line === '') this.nodes.delete(at);
        return undefined;
      case 'node.crashed':
      case 'node.restarted':
        return this.all(fact);
      default:
        // A process that ends in good order lays down its offices with its last words, which its end is the cause of.
        for (const [chart, told] of OF_NODES)
          if (kind === told && this.ended.get(at) !== fact.cause)
            return this.life(chart, at, at, '', fact)?.take(`${kind}.${String(data?.['role'])}`, fact);
        return undefined;
    }
  }

  private replica(fact: Fact): string | undefined {
    const { at, data } = fact;
    const node = numberIn(data, 'node');
    const place = String(data?.['place']);
    this.byNumber.set(node, at);
    const role = String(data?.['role']);
    const isBehind = role === 'follower' && !numbersIn(data, 'isr').includes(node);
    return this.life('replica', at, place, nameIn(fact), fact)?.take(`${fact.kind}.${role}${isBehind ? '.behind' : ''}`, fact);
  }

  /** The leader tells who is in sync. */
  private inSync(fact: Fact): string | undefined {
    for (const change of ['joined', 'left'] as const)
      for (const number of numbersIn(fact.data, change)) {
        const life = this.lives(this.byNumber.get(number) ?? '').get(`replica ${nameIn(fact)}`);
        const event = `${fact.kind}.${change}`;
        if (life?.can(event)) life.take(event, fact);
      }
    return undefined;
  }

  private all(fact: Fact): string | undefined {
    const { at, kind, why } = fact;
    if (why === 'stopped') this.ended.set(at, fact.seq);
    let text = this.life('broker', at, at, '', fact)?.take(why === 'stopped' ? 'node.stopped' : kind, fact);
    for (const life of this.lives(at).values()) if (life.name !== 'broker' && !life.isOver) text ??= life.take(kind, fact);
    return text;
  }

  private lives(node: NodeId): ReadonlyMap<string, Life> {
    return this.nodes.get(node) ?? NONE;
  }

  private life(chart: ChartName, node: NodeId, owner: PartId, detail: string, fact: Fact): Life | undefined {
    const key = detail === '' ? chart : `${chart} ${detail}`;
    const known = this.nodes.get(node)?.get(key);
    if (known && !known.isOver) return known;
    if (!leadsLife(this.drawing.parts.get(owner)?.kind ?? '', chart)) return undefined;
    const life = new Life(chart, owner, detail, this.onMove);
    const lives = this.nodes.get(node);
    if (lives) lives.set(key, life);
    else this.nodes.set(node, new Map([[key, life]]));
    life.begin(fact);
    return life;
  }
}

const NONE: ReadonlyMap<string, Life> = new Map();

function nameIn({ data }: Fact): string {
  return `${String(data?.['topic'])}-${String(data?.['partition'])}`;
}
