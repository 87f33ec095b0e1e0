import type { Micros } from '../base/index.ts';
import type { Fact, Program, Run, Timeline } from '../engine/index.ts';
import type { Problem } from '../scenario/index.ts';

/** One run that playback drives. A pair has two sides on one clock: 'a' left, 'b' right. */
export interface Side {
  readonly name: 'a' | 'b';
  readonly program: Program;
  readonly timeline: Timeline;
}

/** Just after the step that made a fact of one side: many facts can share a time. */
export interface Landing {
  /** Index of the side. */
  readonly side: number;
  readonly seq: number;
  /** Someone has picked this very fact: it is what is spoken of, whatever else the step has brought. */
  readonly isChosen?: boolean;
}

export type PlaybackState = 'refused' | 'paused' | 'playing' | 'stepping' | 'scrubbing' | 'ended';

export type PlaybackEvent =
  | { readonly type: 'PLAY' }
  | { readonly type: 'PAUSE' }
  | { readonly type: 'TOGGLE' }
  | { readonly type: 'STEP'; readonly direction: 1 | -1; readonly interesting: boolean }
  | { readonly type: 'SCRUB'; readonly time: Micros }
  | { readonly type: 'SCRUB_END' }
  /** Jump to a time, or to just after a fact, and pause. */
  | { readonly type: 'GO'; readonly time: Micros; readonly fact?: { readonly side: 'a' | 'b'; readonly seq: number } }
  | { readonly type: 'HOME' }
  | { readonly type: 'END' }
  | { readonly type: 'RESTART' }
  | { readonly type: 'SPEED'; readonly speed: number }
  | { readonly type: 'LOOP'; readonly loop: boolean };

export interface PlaybackSnapshot {
  readonly state: PlaybackState;
  readonly time: Micros;
  /** Just after which fact it stands, when someone stepped there or went to a fact; undefined: after all of that time. */
  readonly landing: Landing | undefined;
  readonly end: Micros;
  readonly speed: number;
  /** What is really reached: lower than `speed` while the engine can't keep up. */
  readonly actualSpeed: number;
  readonly loop: boolean;
  readonly sides: readonly Side[];
  /** Why there is nothing to play (state 'refused'). */
  readonly problems: readonly Problem[];
  /** The fact that the narrator speaks about: the last one at the playhead. */
  readonly spoken: { readonly side: 'a' | 'b'; readonly fact: Fact } | undefined;
  /** A long seek is still being computed: how far, 0–1; undefined otherwise. */
  readonly seeking: number | undefined;
  /** A programmer's mistake halted the run. */
  readonly crash: { readonly message: string; readonly seed: number; readonly time: Micros } | undefined;
}

/** How another run (or a pair) is put in. */
export interface LoadOptions {
  /** Stay at the present time, as after an intervention; else start from 0. */
  readonly keepTime: boolean;
  readonly play?: boolean;
  readonly at?: Micros;
  /** Just after which fact at that time. */
  readonly landing?: Landing | undefined;
}

/** Drives one run or two on one clock. Framework-free; React reads it through `usePlayback`. */
export interface Playback {
  snapshot(): PlaybackSnapshot;
  /** On every change of state, and at most 10 times a second while time flows. */
  subscribe(listener: () => void): () => void;
  /** Every painted frame. */
  onFrame(listener: (snapshot: PlaybackSnapshot) => void): () => void;
  load(runs: readonly Run[], options: LoadOptions): void;
  send(event: PlaybackEvent): void;
  dispose(): void;
}
