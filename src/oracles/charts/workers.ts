import type { Fact, NodeId } from '../../engine/index.ts';
import type { Drawing } from '../types.ts';
import { Life, type OnMove } from './life.ts';
import { CHARTS, leadsLife } from './registry.ts';

/** Kinds of facts that the chart knows: others are no business of a worker. */
const KINDS: ReadonlySet<string> = new Set(CHARTS.worker.arrows.flatMap(({ events }) => events));
const OTHERS: ReadonlySet<string> = new Set(['message.received', 'message.acked', 'message.rejected']);

/** Follows the processes that work on messages. */
export class Workers {
  private readonly lives = new Map<NodeId, Life>();

  constructor(
    private readonly drawing: Drawing,
    private readonly onMove?: OnMove,
  ) {}

  watch(fact: Fact): string | undefined {
    if (fact.kind === 'part.left' && fact.line === '') this.lives.delete(fact.at);
    if (!KINDS.has(fact.kind) && !OTHERS.has(fact.kind)) return undefined;
    const node = this.drawing.nodeOf.get(fact.at) ?? fact.at;
    let life = this.lives.get(node);
    if (life === undefined) {
      if (!leadsLife(this.drawing.parts.get(node)?.kind ?? '', 'worker')) return undefined;
      life = new Life('worker', node, '', this.onMove);
      life.begin(fact);
      this.lives.set(node, life);
    }
    return life.take(fact.kind, fact);
  }

  stateOf(node: NodeId): string {
    return this.lives.get(node)?.state ?? CHARTS.worker.initial;
  }
}
