import { assign, fromPromise, setup } from 'xstate';
import type { Problem, Run } from '../../scenario/index.ts';
import type { Opening } from '../session/session.ts';

/** Where the page looks for a run, best first. */
export type Source =
  | { readonly from: 'link'; readonly fragment: string }
  | { readonly from: 'gallery'; readonly id: string }
  | { readonly from: 'storage' }
  | { readonly from: 'default' };

/** A run that has been read, and how it is to be opened. */
export interface Found {
  readonly run: Run;
  readonly opening: Opening;
}

/** What boot needs from its surroundings; each step answers, or throws a `Refused`. */
export interface BootSteps {
  /** Finds the run and rebuilds it from the schema. */
  readonly decode: (source: Source) => Promise<Found>;
  /** Brings a run of an earlier engine or document version up to the present one. */
  readonly migrate: (found: Found) => Promise<Found>;
  /** Compiles it and puts it on the screen. What its author did wrong is shown there, and is no reason to refuse it. */
  readonly compile: (found: Found) => Promise<void>;
}

/** Why nothing could be opened; its page says so in plain words. */
export class Refused extends Error {
  override name = 'Refused';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.key);
    this.problem = problem;
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  return {
    where: '',
    key: 'boot.failed',
    remedy: 'boot.failed',
    args: { message: error instanceof Error ? error.message : String(error) },
  };
}

interface BootContext {
  readonly source: Source;
  readonly found: Found | undefined;
  readonly problem: Problem | undefined;
}

/** Decode → migrate → compile → ready, or refused; a new link in the address bar starts again from anywhere. */
export const bootMachine = setup({
  types: {
    context: {} as BootContext,
    input: {} as { readonly source: Source },
    events: {} as { readonly type: 'OPEN'; readonly source: Source },
  },
  actors: {
    decode: fromPromise<Found, Source>(() => Promise.reject(new Error('not provided'))),
    migrate: fromPromise<Found, Found | undefined>(() => Promise.reject(new Error('not provided'))),
    compile: fromPromise<void, Found | undefined>(() => Promise.reject(new Error('not provided'))),
  },
}).createMachine({
  id: 'boot',
  context: ({ input }) => ({ source: input.source, found: undefined, problem: undefined }),
  initial: 'decode',
  on: {
    OPEN: {
      target: '.decode',
      reenter: true,
      actions: assign(({ event }) => ({ source: event.source, found: undefined, problem: undefined })),
    },
  },
  states: {
    decode: {
      invoke: {
        src: 'decode',
        input: ({ context }) => context.source,
        onDone: { target: 'migrate', actions: assign({ found: ({ event }) => event.output }) },
        onError: { target: 'refused', actions: assign({ problem: ({ event }) => problemOf(event.error) }) },
      },
    },
    migrate: {
      invoke: {
        src: 'migrate',
        input: ({ context }) => context.found,
        onDone: { target: 'compile', actions: assign({ found: ({ event }) => event.output }) },
        onError: { target: 'refused', actions: assign({ problem: ({ event }) => problemOf(event.error) }) },
      },
    },
    compile: {
      invoke: {
        src: 'compile',
        input: ({ context }) => context.found,
        onDone: { target: 'ready' },
        onError: { target: 'refused', actions: assign({ problem: ({ event }) => problemOf(event.error) }) },
      },
    },
    ready: {},
    refused: {},
  },
});

/** The machine with its surroundings put in. */
export function bootWith(steps: BootSteps) {
  const present = (found: Found | undefined): Found => {
    if (!found) throw new Error('boot went on without a run');
    return found;
  };
  return bootMachine.provide({
    actors: {
      decode: fromPromise<Found, Source>(({ input }) => steps.decode(input)),
      migrate: fromPromise<Found, Found | undefined>(({ input }) => steps.migrate(present(input))),
      compile: fromPromise<void, Found | undefined>(({ input }) => steps.compile(present(input))),
    },
  });
}
