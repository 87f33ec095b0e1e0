import type { Fact } from '../../engine/index.ts';
import type { Drawing } from '../types.ts';
import { Life, type OnMove } from './life.ts';
import { leadsLife } from './registry.ts';

/** Follows the members of quorum queues: a node is one of each queue that it has told its role for. */
export class Members {
  /** By node, then by queue. */
  private readonly nodes = new Map<string, Map<string, Life>>();

  constructor(
    private readonly drawing: Drawing,
    private readonly onMove?: OnMove,
  ) {}

  watch(fact: Fact): string | undefined {
    switch (fact.kind) {
      case 'replica.role':
        return this.take(fact);
      case 'node.crashed':
      case 'node.restarted':
        return this.all(fact);
      case 'part.left':
        if (fact.line === '') this.nodes.delete(fact.at);
        return undefined;
      default:
        return undefined;
    }
  }

  private take(fact: Fact): string | undefined {
    if (!leadsLife(this.drawing.parts.get(fact.at)?.kind ?? '', 'member')) return undefined;
    let lives = this.nodes.get(fact.at);
    if (lives === undefined) {
      lives = new Map();
      this.nodes.set(fact.at, lives);
    }
    const queue = String(fact.data?.['queue']);
    let life = lives.get(queue);
    if (life === undefined) {
      life = new Life('member', fact.at, queue, this.onMove);
      lives.set(queue, life);
      life.begin(fact);
    }
    return life.take(`${fact.kind}.${String(fact.data?.['role'])}`, fact);
  }

  private all(fact: Fact): string | undefined {
    let text: string | undefined;
    for (const life of this.nodes.get(fact.at)?.values() ?? []) text ??= life.take(fact.kind, fact);
    return text;
  }
}
