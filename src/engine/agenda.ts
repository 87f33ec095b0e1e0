import { Heap, type Ordered } from '../base/index.ts';

/** Entries of one moment, in the order of their numbers: that of the first is its own. Grows only while it is open. */
interface Moment<T> extends Ordered {
  readonly items: T[];
}

/** So many moments are open for further entries: "now", "after the latency", and two more. */
const OPEN = 4;

/**
 * What is to happen, by time, and among equal times by number. Numbers must rise from entry to entry, and nothing may come
 * before what was taken last. Most of a run happens at few moments, as things take the same time again and again: who comes at
 * the moment of a recent entry joins it, and only moments are kept in a heap.
 */
export class Agenda<T extends Ordered> {
  size = 0;
  /** Several may be of one time: only the latest of them is open. */
  private moments = new Heap<Moment<T>>();
  private first: Moment<T> | undefined;
  /** How many of the first moment's entries have been taken. */
  private taken = 0;
  private readonly open: (Moment<T> | undefined)[] = [];
  private oldest = 0;

  push(item: T): void {
    this.size++;
    const { at, seq } = item;
    for (const moment of this.open)
      if (moment !== undefined && moment.at === at) {
        moment.items.push(item);
        return;
      }
    const moment = { at, seq, items: [item] };
    this.moments.push(moment);
    this.first = this.moments.peek();
    this.open[this.oldest] = moment;
    this.oldest = (this.oldest + 1) % OPEN;
  }

  peek(): T | undefined {
    let { first } = this;
    while (first !== undefined && this.taken === first.items.length) {
      const at = this.open.indexOf(first);
      if (at >= 0) this.open[at] = undefined;
      this.moments.pop();
      first = this.moments.peek();
      this.first = first;
      this.taken = 0;
    }
    return first?.items[this.taken];
  }

  pop(): T | undefined {
    const item = this.peek();
    if (item === undefined) return undefined;
    this.taken++;
    this.size--;
    return item;
  }

  /** One that goes its own way: with nothing open, so that all it has never changes, and can be shared but for what is open here. */
  copy(): Agenda<T> {
    const copy = new Agenda<T>();
    const own = (moment: Moment<T>) => (this.open.includes(moment) ? { ...moment, items: moment.items.slice() } : moment);
    copy.moments = new Heap([...this.moments].map(own));
    copy.first = copy.moments.peek();
    copy.taken = this.taken;
    copy.size = this.size;
    return copy;
  }

  /** In no particular order. */
  *[Symbol.iterator](): Iterator<T> {
    for (const moment of this.moments) yield* moment === this.first ? moment.items.slice(this.taken) : moment.items;
  }
}
