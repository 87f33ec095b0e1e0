import type { Claims, TabMemory } from './backend.ts';

/** So long a claim waits: after a reload the page before may still be letting go. */
const PATIENCE_MILLIS = 250;

/**
 * Claims as Web Locks, which the browser takes back from a tab that closes or crashes. Where there are none (a page not
 * served securely) every claim succeeds, and the revisions alone keep tabs from overwriting each other.
 */
export function webClaims(locks: LockManager | undefined = globalThis.navigator?.locks): Claims {
  const held = new Map<string, () => void>();
  return {
    claim(id) {
      if (!locks || held.has(id)) return Promise.resolve(true);
      return new Promise((resolve) => {
        const keep = () =>
          new Promise<void>((letGo) => {
            held.set(id, letGo);
            resolve(true);
          });
        locks.request(`queuescope/${id}`, { signal: AbortSignal.timeout(PATIENCE_MILLIS) }, keep).catch(() => resolve(false));
      });
    },
    release(id) {
      held.get(id)?.();
      held.delete(id);
    },
  };
}

/** The tab's own storage. It survives a reload, and is no one else's; where it is blocked, the tab remembers nothing. */
export function tabMemory(): TabMemory {
  const key = 'queuescope/work';
  return {
    read() {
      try {
        return sessionStorage.getItem(key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write(id) {
      try {
        sessionStorage.setItem(key, id);
      } catch {
        // Then a reload opens the newest work instead.
      }
    },
  };
}
