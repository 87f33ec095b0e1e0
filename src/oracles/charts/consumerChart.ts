import { assign, setup } from 'xstate';

export type ConsumerEvent =
  | { readonly type: 'RECEIVED' }
  | { readonly type: 'WORK_STARTED' }
  | { readonly type: 'WORK_ENDED' }
  | { readonly type: 'ANSWERED' }
  | { readonly type: 'CRASHED' }
  | { readonly type: 'RESTARTED' };

/**
 * The life of a process that consumes. While it is down it neither receives nor works nor answers; work ends only where
 * some has begun. Work that is given up with its connection ends without a fact, so `jobs` is an upper bound.
 */
export const consumerChart = setup({
  types: { events: {} as ConsumerEvent, context: {} as { readonly jobs: number } },
  actions: {
    begin: assign({ jobs: ({ context }) => context.jobs + 1 }),
    end: assign({ jobs: ({ context }) => context.jobs - 1 }),
    drop: assign({ jobs: 0 }),
  },
  guards: { isLast: ({ context }) => context.jobs === 1 },
}).createMachine({
  id: 'consumer',
  initial: 'idle',
  context: { jobs: 0 },
  states: {
    idle: {
      on: {
        RECEIVED: 'idle',
        ANSWERED: 'idle',
        WORK_STARTED: { target: 'working', actions: 'begin' },
        CRASHED: 'down',
      },
    },
    working: {
      on: {
        RECEIVED: 'working',
        ANSWERED: 'working',
        WORK_STARTED: { target: 'working', actions: 'begin' },
        WORK_ENDED: [
          { guard: 'isLast', target: 'idle', actions: 'end' },
          { target: 'working', actions: 'end' },
        ],
        CRASHED: { target: 'down', actions: 'drop' },
      },
    },
    down: { on: { RESTARTED: 'idle' } },
  },
});
