import { assign, setup } from 'xstate';
import type { PlaybackEvent } from './types.ts';

/** What people send, and what the driver reports: a run was put in or refused, the end was reached, a step has been painted. */
export type MachineEvent =
  | PlaybackEvent
  | { readonly type: 'LOADED'; readonly play: boolean }
  | { readonly type: 'REFUSED' }
  | { readonly type: 'END_REACHED' }
  | { readonly type: 'PAINTED' };

export const SPEED_MIN = 0.1;
export const SPEED_MAX = 16;

export interface MachineContext {
  readonly speed: number;
  readonly loop: boolean;
  /** Does time flow again once the scrubbing hand lets go? */
  readonly resume: boolean;
}

/** What can be done in every state that has a run. */
const MOVES = {
  SCRUB: { target: 'scrubbing', actions: ['travel'] },
  GO: { target: 'paused', actions: ['travel'] },
  HOME: { target: 'paused', actions: ['travelHome'] },
  END: { target: 'paused', actions: ['travelEnd'] },
  RESTART: { target: 'playing', actions: ['travelHome'] },
  STEP: { target: 'stepping', reenter: true, actions: ['step'] },
} as const;

const machineSetup = setup({
  types: { context: {} as MachineContext, events: {} as MachineEvent },
  actions: {
    // The driver provides these: the machine never touches a timeline itself.
    travel: () => {},
    travelHome: () => {},
    travelEnd: () => {},
    step: () => {},
    willResume: assign({ resume: true }),
    willStay: assign({ resume: false }),
    turnResume: assign({ resume: ({ context }) => !context.resume }),
  },
  guards: {
    loops: ({ context }) => context.loop,
    resumes: ({ context }) => context.resume,
  },
});

/**
 * The states of playback. A step is a seek: `stepping` lasts until the frame after it has been painted. The end counts as
 * reached in `playing` and `paused` alike, so that END, a scrub to the end and playing through all come to rest in `ended`.
 */
export const playbackMachine = machineSetup.createMachine({
  id: 'playback',
  context: { speed: 1, loop: false, resume: false },
  initial: 'refused',
  on: {
    SPEED: { actions: assign({ speed: ({ event }) => Math.min(SPEED_MAX, Math.max(SPEED_MIN, event.speed)) }) },
    LOOP: { actions: assign({ loop: ({ event }) => event.loop }) },
    REFUSED: { target: '.refused' },
    LOADED: [{ guard: ({ event }) => event.play, target: '.playing' }, { target: '.paused' }],
  },
  states: {
    refused: {},
    paused: { on: { ...MOVES, PLAY: { target: 'playing' }, TOGGLE: { target: 'playing' }, END_REACHED: { target: 'ended' } } },
    playing: {
      on: {
        ...MOVES,
        SCRUB: { target: 'scrubbing', actions: ['willResume', 'travel'] },
        PAUSE: { target: 'paused' },
        TOGGLE: { target: 'paused' },
        END_REACHED: [{ guard: 'loops', target: 'playing', reenter: true, actions: ['travelHome'] }, { target: 'ended' }],
      },
    },
    stepping: {
      on: {
        ...MOVES,
        PLAY: { target: 'playing' },
        TOGGLE: { target: 'playing' },
        PAUSE: { target: 'paused' },
        PAINTED: { target: 'paused' },
      },
    },
    scrubbing: {
      exit: ['willStay'],
      on: {
        ...MOVES,
        SCRUB: { actions: ['travel'] },
        PLAY: { actions: ['willResume'] },
        PAUSE: { actions: ['willStay'] },
        TOGGLE: { actions: ['turnResume'] },
        SCRUB_END: [{ guard: 'resumes', target: 'playing' }, { target: 'paused' }],
      },
    },
    ended: {
      on: { ...MOVES, PLAY: { target: 'playing', actions: ['travelHome'] }, TOGGLE: { target: 'playing', actions: ['travelHome'] } },
    },
  },
});
