import { broken } from './assert.ts';

/**
 * A map whose keys are numbers that only rise, and whose entries mostly leave in the order in which they came: what is on its
 * way, what waits for an answer. A Map of entries that come and go all the time makes one table after the other, and an old
 * table that the collector has not found yet keeps all later ones alive.
 */
export class RisingMap<T> {
  size = 0;
  private last = Number.NEGATIVE_INFINITY;
  private keys: number[] = [];
  /** Undefined where an entry has left. */
  private items: (T | undefined)[] = [];

  /** The key must be above all that came before. */
  set(key: number, item: T): void {
    const { keys, items } = this;
    const { length } = keys;
    if (key <= this.last) broken(`Key ${key} comes after ${this.last}`);
    this.last = key;
    if (length > 16 && this.size * 2 < length) this.closeRanks();
    keys.push(key);
    items.push(item);
    this.size++;
  }

  get(key: number): T | undefined {
    const at = this.place(key);
    return at < 0 ? undefined : this.items[at];
  }

  /** True: it was there. */
  delete(key: number): boolean {
    const at = this.place(key);
    if (at < 0 || this.items[at] === undefined) return false;
    this.items[at] = undefined;
    this.size--;
    return true;
  }

  clear(): void {
    this.keys = [];
    this.items = [];
    this.size = 0;
  }

  /** In the order of their keys. Entries may leave meanwhile; none may come. */
  *values(): Generator<T> {
    for (const item of this.items) if (item !== undefined) yield item;
  }

  copy(): RisingMap<T> {
    const copy = new RisingMap<T>();
    copy.keys = this.keys.slice();
    copy.items = this.items.slice();
    copy.size = this.size;
    copy.last = this.last;
    return copy;
  }

  /** Index of a key; −1: it is not there, or has left long ago. */
  private place(key: number): number {
    const { keys } = this;
    let low = 0;
    let high = keys.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = keys[middle] as number;
      if (found === key) return middle;
      if (found < key) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  private closeRanks(): void {
    const { keys, items } = this;
    let kept = 0;
    for (let i = 0; i < items.length; i++) {
      const item = items[i];
      if (item === undefined) continue;
      keys[kept] = keys[i] as number;
      items[kept++] = item;
    }
    keys.length = kept;
    items.length = kept;
  }
}
