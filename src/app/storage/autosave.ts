import type { Run } from '../../scenario/index.ts';
import type { WorkStore } from './store.ts';

/** Keeps one piece of work as it changes. */
export interface Autosave {
  /** The work that is being kept now. */
  readonly id: string;
  /** Turns to other work; what was given before is still written. */
  follow(id: string): void;
  /** Gives the latest state. It is written at once, or as soon as the write before it is done: no timer can lose it. */
  keep(run: Run, name: string): void;
  /** When all that was given so far has been written or refused. */
  settled(): Promise<void>;
}

export interface AutosaveOptions {
  /** Told when a run has been written. */
  readonly onSaved?: (run: Run) => void;
  /** Told when another tab has saved the same work: from now on this tab keeps its own copy under the new id. */
  readonly onCopied?: (id: string) => void;
}

interface Wanted {
  readonly id: string;
  readonly run: Run;
  readonly name: string;
}

export function createAutosave(store: WorkStore, id: string, options: AutosaveOptions = {}): Autosave {
  let current = id;
  /** The newest state of each work that is not written yet. */
  const waiting = new Map<string, Wanted>();
  let writing: Promise<void> | undefined;

  const write = async ({ id: wanted, run, name }: Wanted): Promise<void> => {
    const outcome = await store.save(wanted, run, name);
    if (outcome === 'saved') options.onSaved?.(run);
    if (outcome !== 'conflict') return;
    const copy = store.begin();
    const later = waiting.get(wanted);
    waiting.delete(wanted);
    waiting.set(copy, { ...(later ?? { run, name }), id: copy });
    if (current !== wanted) return;
    current = copy;
    options.onCopied?.(copy);
  };

  const drain = async (): Promise<void> => {
    for (let [next] = waiting.values(); next; [next] = waiting.values()) {
      waiting.delete(next.id);
      await write(next);
    }
    writing = undefined;
  };

  return {
    get id() {
      return current;
    },
    follow(next) {
      current = next;
    },
    keep(run, name) {
      waiting.set(current, { id: current, run, name });
      writing ??= drain();
    },
    settled: () => writing ?? Promise.resolve(),
  };
}
