import type { Micros } from './time.ts';

/** What the agenda orders: by time, and among equal times by number. Ties are never left to chance. */
export interface Ordered {
  readonly at: Micros;
  readonly seq: number;
}

function before(a: Ordered, b: Ordered): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq);
}

/** A binary min-heap over (at, seq). Entries are shared by copies, so they must not be changed. */
export class Heap<T extends Ordered> {
  private readonly items: T[];

  constructor(items: T[] = []) {
    this.items = items;
  }

  get size(): number {
    return this.items.length;
  }

  peek(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    this.items.push(item);
    this.rise(this.items.length - 1, item);
  }

  pop(): T | undefined {
    const items = this.items;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0 || last === undefined) return top;
    // The hole goes all the way down, then the last entry up from there: it was at the bottom and mostly belongs there.
    const half = items.length >> 1;
    let i = 0;
    while (i < half) {
      let child = 2 * i + 1;
      let least = items[child] as T;
      const right = items[child + 1];
      if (right !== undefined && before(right, least)) {
        child++;
        least = right;
      }
      items[i] = least;
      i = child;
    }
    this.rise(i, last);
    return top;
  }

  copy(): Heap<T> {
    return new Heap(this.items.slice());
  }

  /** In no particular order. */
  [Symbol.iterator](): Iterator<T> {
    return this.items[Symbol.iterator]();
  }

  /** Puts an entry where it belongs between a place and the top. */
  private rise(from: number, item: T): void {
    const items = this.items;
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = items[parent] as T;
      if (!before(item, above)) break;
      items[i] = above;
      i = parent;
    }
    items[i] = item;
  }
}
