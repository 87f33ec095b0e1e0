import type { Fact } from '../engine/index.ts';
import { complaint, type Watcher } from './types.ts';

/** Facts are numbered without gaps, time never runs backwards, and nothing is caused by what comes after it. */
export class Causality implements Watcher {
  private next: number | undefined;
  private time = 0;

  watch(fact: Fact): string | undefined {
    const { seq, time, cause } = fact;
    if (this.next !== undefined && seq !== this.next) return complaint(fact, `fact ${this.next} is missing`);
    if (time < this.time) return complaint(fact, `time was ${this.time} µs already`);
    if (cause >= seq || cause < -1) return complaint(fact, `its cause is ${cause}`);
    this.next = seq + 1;
    this.time = time;
    return undefined;
  }
}
