import type { MessageId, Micros } from '../base/index.ts';
import type { Fact } from './types.ts';

const FIRST_SIZE = 4_096;

/** Time and message of every fact, twelve bytes each, and the first fact of every message: what stays when the facts themselves are let go. */
export class FactIndex {
  private times = new Float64Array(FIRST_SIZE);
  private messages = new Uint32Array(FIRST_SIZE);
  /** By message; 0 is none. Messages are numbered as they come up, so their first facts rise as well. */
  private firsts: number[] = [-1];
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(fact: Fact): void {
    if (this.count === this.times.length) this.resize(2 * this.count);
    this.times[this.count] = fact.time;
    this.messages[this.count] = fact.message;
    if (this.firsts[fact.message] === undefined) this.firsts[fact.message] = this.count;
    this.count++;
  }

  /** Number of the first fact of a message. */
  first(message: MessageId): number | undefined {
    return this.firsts[message];
  }

  /** How many facts happened at or before t. */
  until(time: Micros): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] as number) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Numbers of the facts of a message, from one number on. */
  of(message: MessageId, from: number): readonly number[] {
    const found: number[] = [];
    const { messages, count } = this;
    const first = this.firsts[message];
    if (first === undefined) return found;
    for (let seq = messages.indexOf(message, Math.max(first, from)); seq >= 0 && seq < count; seq = messages.indexOf(message, seq + 1))
      found.push(seq);
    return found;
  }

  /** Facts per bucket over [0, end]. */
  density(buckets: number, end: Micros): Uint32Array {
    const counts = new Uint32Array(buckets);
    if (buckets === 0) return counts;
    let from = 0;
    for (let bucket = 0; bucket < buckets; bucket++) {
      const to = bucket === buckets - 1 ? this.count : this.until(Math.floor((end * (bucket + 1)) / buckets) as Micros);
      counts[bucket] = to - from;
      from = to;
    }
    return counts;
  }

  /** The first facts of this index, as one of its own. */
  head(count: number): FactIndex {
    const index = new FactIndex();
    index.times = this.times.slice(0, Math.max(count, FIRST_SIZE));
    index.messages = this.messages.slice(0, Math.max(count, FIRST_SIZE));
    let length = this.firsts.length;
    while (length > 1 && (this.firsts[length - 1] ?? count) >= count) length--;
    index.firsts = this.firsts.slice(0, length);
    index.count = count;
    return index;
  }

  private resize(size: number): void {
    const times = new Float64Array(size);
    times.set(this.times);
    this.times = times;
    const messages = new Uint32Array(size);
    messages.set(this.messages);
    this.messages = messages;
  }
}
