import { create } from 'zustand';
import type { Result } from '../base/index.ts';
import { emptyRun, type Problem, type Run } from '../scenario/index.ts';

/** One whole action that can be taken back. */
export interface Step {
  /** Names what was done: `edit.move`, `edit.remove` … */
  readonly label: string;
  /** The run on the other side of the action: before it in `past`, after it in `future`. */
  readonly run: Run;
}

/** Changes a run, or says why it can't be. Returning the same run means "nothing changed". */
export type Change = (run: Run) => Result<Run, Problem> | Run;

export interface DocumentState {
  /** The truth of what was drawn, its interventions and its variant. Everything on the canvas is projected from it. */
  readonly run: Run;
  /** Oldest first. */
  readonly past: readonly Step[];
  /** What `redo` would do next comes last. */
  readonly future: readonly Step[];
  /** The run that storage or a file holds; nothing is unsaved while it is `run`. */
  readonly saved: Run | undefined;
  /** Why the last edit was refused; gone after the next one that works. */
  readonly lastProblem: Problem | undefined;
  /** One whole action = one edit = one undo. False when it was refused (see `lastProblem`). */
  edit(label: string, change: Change): boolean;
  /** Puts in another document; its history starts afresh. */
  open(run: Run): void;
  undo(): void;
  redo(): void;
  /** Storage says which run it holds now. */
  markSaved(run: Run): void;
}

/** More than anyone takes back by hand; runs share all that did not change, so each costs little. */
export const UNDO_STEPS_MAX = 200;

function isResult(value: Result<Run, Problem> | Run): value is Result<Run, Problem> {
  return 'ok' in value;
}

export const useDocument = create<DocumentState>()((set, get) => ({
  run: emptyRun(),
  past: [],
  future: [],
  saved: undefined,
  lastProblem: undefined,

  edit(label, change) {
    const { run, past } = get();
    const answer = change(run);
    if (isResult(answer) && !answer.ok) {
      set({ lastProblem: answer.error });
      return false;
    }
    const next = isResult(answer) ? answer.value : answer;
    if (next === run) {
      set({ lastProblem: undefined });
      return true;
    }
    set({ run: next, past: [...past, { label, run }].slice(-UNDO_STEPS_MAX), future: [], lastProblem: undefined });
    return true;
  },

  open(run) {
    set({ run, past: [], future: [], saved: undefined, lastProblem: undefined });
  },

  undo() {
    const { run, past, future } = get();
    const step = past.at(-1);
    if (!step) return;
    set({ run: step.run, past: past.slice(0, -1), future: [...future, { label: step.label, run }], lastProblem: undefined });
  },

  redo() {
    const { run, past, future } = get();
    const step = future.at(-1);
    if (!step) return;
    set({ run: step.run, past: [...past, { label: step.label, run }], future: future.slice(0, -1), lastProblem: undefined });
  },

  markSaved(run) {
    set({ saved: run });
  },
}));
