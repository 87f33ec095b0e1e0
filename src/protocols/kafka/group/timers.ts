/** One thing to do later, known by a key: setting the key again replaces it. */
export interface Timer<T> {
  readonly key: string;
  readonly at: number;
  /** Timers of one moment fire in the order in which they were set. */
  readonly order: number;
  readonly what: T;
}
export interface Timers<T> {
  readonly byKey: Map<string, Timer<T>>;
  set: number;
}

export function noTimers<T>(): Timers<T> {
  return { byKey: new Map(), set: 0 };
}

export function copyTimers<T>(timers: Timers<T>): Timers<T> {
  return { byKey: new Map(timers.byKey), set: timers.set };
}

export function setTimer<T>(timers: Timers<T>, key: string, at: number, what: T): void {
  timers.byKey.delete(key);
  timers.byKey.set(key, { key, at, order: timers.set++, what });
}

export function cancelTimer<T>(timers: Timers<T>, key: string): void {
  timers.byKey.delete(key);
}

function earliest<T>(timers: Timers<T>): Timer<T> | undefined {
  let best: Timer<T> | undefined;
  for (const timer of timers.byKey.values())
    if (!best || timer.at < best.at || (timer.at === best.at && timer.order < best.order)) best = timer;
  return best;
}

/** When the next timer fires; Infinity when none is set. */
export function nextTimer<T>(timers: Timers<T>): number {
  return earliest(timers)?.at ?? Infinity;
}

/** Takes the earliest timer that is due, or undefined. */
export function takeDue<T>(timers: Timers<T>, now: number): Timer<T> | undefined {
  const timer = earliest(timers);
  if (!timer || timer.at > now) return undefined;
  timers.byKey.delete(timer.key);
  return timer;
}
