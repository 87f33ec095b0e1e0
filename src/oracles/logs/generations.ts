import type { Fact } from '../../engine/index.ts';
import { numberIn } from './lane.ts';

/** Each coordinator of a group counts its generations upward; one that takes over knows only what its predecessor has written down. */
export class Generations {
  private readonly last = new Map<string, number>();

  watch(fact: Fact): string | undefined {
    const { kind, at, data } = fact;
    if (kind === 'node.crashed' || kind === 'group.loaded') {
      // Whose group it was, its facts do not tell: every count begins anew with its next generation.
      this.last.clear();
      return undefined;
    }
    if (kind !== 'group.generation') return undefined;
    const key = `${at} ${String(data?.['group'])} ${String(data?.['coordinator'])}`;
    const generation = numberIn(data, 'generation');
    const before = this.last.get(key);
    this.last.set(key, generation);
    return before !== undefined && generation <= before ? `generation ${generation} comes after ${before}` : undefined;
  }
}
