import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { slowly } from './slowly.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function source() {
  const listeners = new Set<() => void>();
  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: () => {
      for (const listener of listeners) listener();
    },
    count: () => listeners.size,
  };
}

test('many ticks become two a second, and the last one is heard', () => {
  const from = source();
  const heard = vi.fn();
  slowly(from.subscribe, 500)(heard);
  for (let i = 0; i < 9; i++) {
    from.tell();
    vi.advanceTimersByTime(100);
  }
  expect(heard).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(500);
  expect(heard).toHaveBeenCalledTimes(3);
  vi.advanceTimersByTime(5_000);
  expect(heard).toHaveBeenCalledTimes(3);
});

test('without listeners it listens to nothing', () => {
  const from = source();
  const leave = slowly(from.subscribe, 500)(() => {});
  expect(from.count()).toBe(1);
  leave();
  expect(from.count()).toBe(0);
});
