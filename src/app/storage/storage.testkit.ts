import type { Backend, Claims, Stored, TabMemory } from './backend.ts';

/** A browser's storage that several tabs share, and that can be made to fail. */
export class FakeBrowser {
  readonly works = new Map<string, Stored>();
  /** Thrown by every write from now on. */
  refusal: Error | undefined;
  /** Writes wait while this is set. */
  gate: Promise<void> | undefined;
  writes = 0;
  private readonly owners = new Map<string, object>();

  backend(): Promise<Backend> {
    return Promise.resolve({
      heads: async () => [...this.works.values()].map(({ run: _, ...head }) => head),
      get: async (id) => structuredClone(this.works.get(id)),
      put: async (work, expected) => {
        await this.gate;
        this.writes++;
        if (this.refusal) throw this.refusal;
        if ((this.works.get(work.id)?.revision ?? 0) !== expected) return false;
        this.works.set(work.id, structuredClone(work));
        return true;
      },
      remove: async (id) => void this.works.delete(id),
    });
  }

  /** The claims of one tab. */
  tab(): Claims & { crash(): void } {
    const tab = {};
    const { owners } = this;
    return {
      claim: async (id) => {
        if (!owners.has(id)) owners.set(id, tab);
        return owners.get(id) === tab;
      },
      release: (id) => void (owners.get(id) === tab && owners.delete(id)),
      crash: () => {
        for (const [id, owner] of owners) if (owner === tab) owners.delete(id);
      },
    };
  }
}

/** No locks at all, as where the page is not served securely. */
export const noClaims: Claims = { claim: async () => true, release: () => undefined };

export function fakeMemory(): TabMemory {
  let id: string | undefined;
  return {
    read: () => id,
    write: (next) => {
      id = next;
    },
  };
}

export function quotaExceeded(): Error {
  return Object.assign(new Error('no room'), { name: 'QuotaExceededError' });
}
