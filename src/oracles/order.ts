import type { MessageId, PartId } from '../base/index.ts';
import type { Fact } from '../engine/index.ts';
import { complaint, type Watcher } from './types.ts';

/**
 * A plain queue hands out for the first time in the order of storing. It holds only where nothing else orders a place
 * (priorities, several places that are not drawn at one node), so it is no part of `checkOracles`.
 */
export class FirstInFirstOut implements Watcher {
  private readonly stored = new Map<PartId, Map<MessageId, number>>();
  private readonly last = new Map<PartId, number>();
  private count = 0;

  watch(fact: Fact): string | undefined {
    const { at, kind, message } = fact;
    if (kind === 'message.stored') {
      const here = this.stored.get(at) ?? new Map<MessageId, number>();
      here.set(message, this.count++);
      this.stored.set(at, here);
    }
    if (kind !== 'message.delivered' || fact.data?.['redelivered'] === true) return undefined;
    const turn = this.stored.get(at)?.get(message);
    if (turn === undefined) return undefined;
    const last = this.last.get(at) ?? -1;
    if (turn < last) return complaint(fact, 'one stored after it was handed out before it');
    this.last.set(at, turn);
    return undefined;
  }
}
