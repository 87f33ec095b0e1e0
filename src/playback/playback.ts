import { createActor } from 'xstate';
import { type Micros, micros, NEVER, type Result, ZERO } from '../base/index.ts';
import { type Catalogue, compile, createTimeline, type Problem, type Program, type Run, type Timeline } from '../engine/index.ts';
import { type MachineEvent, playbackMachine } from './machine.ts';
import { Pace } from './pace.ts';
import { type Search, searchOn } from './search.ts';
import { spokenOf } from './spoken.ts';
import { progressOf, type Travel, travelOn } from './travel.ts';
import type { Landing, LoadOptions, Playback, PlaybackEvent, PlaybackSnapshot, PlaybackState, Side } from './types.ts';

/** What playback takes from its surroundings; tests drive it by hand. */
export interface PlaybackOptions {
  /** Real time in milliseconds. */
  readonly now?: () => number;
  readonly requestFrame?: (frame: () => void) => void;
  readonly compile?: (run: Run, catalogue: Catalogue) => Result<Program, readonly Problem[]>;
  readonly createTimeline?: (program: Program) => Timeline;
}

/** Main thread per frame for the way to the playhead; computing ahead may fill what that leaves of the smaller share. */
const FRAME_MILLIS = 6;
const AHEAD_MILLIS = 4;
const AHEAD_MILLIS_MIN = 1;
const AHEAD_APPOINTMENTS = 500;
/** A hidden tab must not leap when it comes back. */
const STEP_MILLIS_MAX = 100;
/** Subscribers hear of flowing time this often at most. */
const NOTIFY_MILLIS = 100;

export function createPlayback(catalogue: Catalogue, options: PlaybackOptions = {}): Playback {
  return new Driver(catalogue, options);
}

function browserFrame(frame: () => void): void {
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(frame);
}

class Driver implements Playback {
  private readonly catalogue: Catalogue;
  private readonly options: Required<PlaybackOptions>;
  private readonly actor;
  private readonly listeners = new Set<() => void>();
  private readonly frameListeners = new Set<(snapshot: PlaybackSnapshot) => void>();
  private readonly pace = new Pace();

  private sides: readonly Side[] = [];
  /** What a run that keeps its time forks from, also after a refusal in between. */
  private forkable: readonly Side[] = [];
  private problems: readonly Problem[] = [];
  private crash: PlaybackSnapshot['crash'];
  private time: Micros = ZERO;
  private travel: Travel | undefined;
  private search: Search | undefined;
  /** The fact that we stand just after, if a step or a jump to a fact brought us here. */
  private at: Landing | undefined;
  /** The step has been painted; the next frame ends it. */
  private isPainted = false;
  private lastFrameAt: number;
  private lastNotifiedAt: number;
  /** How long the last picture took to paint, as far as the page itself did it. */
  private paintMillis = 0;
  private current: PlaybackSnapshot;
  /** Versions of the timelines that `current` was built from. */
  private versions = 0;
  /** Something changed that subscribers have not heard of. */
  private isStale = false;
  private isDisposed = false;

  constructor(catalogue: Catalogue, options: PlaybackOptions) {
    this.catalogue = catalogue;
    this.options = { now: () => performance.now(), requestFrame: browserFrame, compile, createTimeline, ...options };
    this.lastFrameAt = this.options.now();
    this.lastNotifiedAt = this.lastFrameAt;
    this.actor = createActor(
      playbackMachine.provide({
        actions: {
          travel: ({ event }) => this.onTravel(event),
          travelHome: () => this.go(ZERO, undefined),
          travelEnd: () => this.go(this.end, undefined),
          step: ({ event }) => this.onStep(event),
        },
      }),
    );
    this.actor.start();
    this.current = this.build();
    this.requestFrame();
  }

  snapshot(): PlaybackSnapshot {
    return this.current;
  }

  // An own property, so that it can be handed on without its object.
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  onFrame(listener: (snapshot: PlaybackSnapshot) => void): () => void {
    this.frameListeners.add(listener);
    return () => this.frameListeners.delete(listener);
  }

  send(event: PlaybackEvent): void {
    this.handle(event);
    this.guarded(() => this.work(this.options.now() + FRAME_MILLIS));
    this.publish();
  }

  load(runs: readonly Run[], { keepTime, play, at, landing }: LoadOptions): void {
    const wasPlaying = this.state === 'playing' || this.actor.getSnapshot().context.resume;
    this.crash = undefined;
    this.guarded(() => {
      const compiled = runs.map((run) => this.options.compile(run, this.catalogue));
      this.problems = compiled.flatMap((result) => (result.ok ? [] : result.error));
      const programs = compiled.flatMap((result) => (result.ok ? [result.value] : []));
      if (programs.length < runs.length || programs.length === 0) return this.refuse();
      this.sides = programs.map((program, index) => this.sideOf(program, index, keepTime));
      this.forkable = this.sides;
      this.handle({ type: 'LOADED', play: play ?? (keepTime && wasPlaying) });
      this.go(at ?? (keepTime ? this.time : ZERO), landing);
      this.work(this.options.now() + FRAME_MILLIS);
    });
    this.publish();
  }

  dispose(): void {
    this.isDisposed = true;
    this.listeners.clear();
    this.frameListeners.clear();
    this.actor.stop();
  }

  private get state(): PlaybackState {
    return this.actor.getSnapshot().value;
  }

  private get end(): Micros {
    return Math.max(0, ...this.sides.map(({ program }) => program.end)) as Micros;
  }

  private handle(event: MachineEvent): void {
    const before = this.state;
    this.actor.send(event);
    if (event.type === 'STEP' && this.state === 'stepping') this.isPainted = false;
    else if (this.state !== 'stepping') this.search = undefined;
    if (before !== this.state && this.state === 'playing') this.pace.reset();
  }

  private refuse(): void {
    this.sides = [];
    this.travel = undefined;
    this.search = undefined;
    this.at = undefined;
    this.handle({ type: 'REFUSED' });
  }

  private sideOf(program: Program, index: number, keepTime: boolean): Side {
    const name = index === 0 ? 'a' : 'b';
    const old = keepTime ? this.forkable[index] : undefined;
    // The engine finds out by itself how much of the old run holds for the new one.
    return { name, program, timeline: old ? old.timeline.fork(program, NEVER) : this.options.createTimeline(program) };
  }

  private onTravel(event: MachineEvent): void {
    if (event.type !== 'GO' && event.type !== 'SCRUB') return;
    const fact = event.type === 'GO' ? event.fact : undefined;
    this.go(event.time, fact && { side: fact.side === 'a' ? 0 : 1, seq: fact.seq, isChosen: true });
  }

  private go(time: Micros, landing: Landing | undefined): void {
    const goal = Math.min(this.end, Math.max(0, micros(time))) as Micros;
    this.search = undefined;
    this.travel = { time: goal, landing, from: this.time, isJump: true };
  }

  private onStep(event: MachineEvent): void {
    if (event.type !== 'STEP') return;
    this.travel = undefined;
    this.search = { direction: event.direction, interesting: event.interesting };
  }

  /** As far as the frame's time allows: finds where a step leads, goes there, and says when the end is reached. */
  private work(until: number): void {
    const isSpent = () => this.options.now() >= until;
    if (this.search) this.seekStep(this.search, isSpent);
    if (this.travel && travelOn(this.sides, this.travel, isSpent)) {
      this.time = this.travel.time;
      this.at = this.travel.landing;
      this.travel = undefined;
    } else if (this.travel) {
      this.at = undefined;
      this.time = this.slowest();
    }
    if (!this.travel && !this.search && this.sides.length > 0 && this.time >= this.end) this.handle({ type: 'END_REACHED' });
  }

  /** How far all sides have come; one that has reached its own, earlier end holds nobody up. */
  private slowest(): Micros {
    const times = this.sides.map(({ timeline, program }) => (timeline.time < program.end ? timeline.time : this.end));
    return Math.min(this.end, ...times) as Micros;
  }

  private seekStep(search: Search, isSpent: () => boolean): void {
    const found = searchOn(this.sides, search, this.at, isSpent);
    if (found === undefined) return;
    if (found === 'none') this.go(search.direction > 0 ? this.end : ZERO, undefined);
    else this.go(found.fact.time, { side: found.side, seq: found.fact.seq });
  }

  private requestFrame(): void {
    this.options.requestFrame(() => {
      if (this.isDisposed) return;
      this.requestFrame();
      this.frame();
    });
  }

  private frame(): void {
    const start = this.options.now();
    const elapsed = Math.max(0, start - this.lastFrameAt);
    this.lastFrameAt = start;
    const before = this.state;
    if (before === 'stepping' && this.isPainted) this.handle({ type: 'PAINTED' });
    this.guarded(() => {
      const from = this.time;
      this.flow(Math.min(STEP_MILLIS_MAX, elapsed));
      const isFlowing = this.travel?.isJump === false;
      this.work(start + FRAME_MILLIS);
      if (isFlowing) this.pace.record(elapsed, Math.max(0, this.time - from) as Micros);
      // A full picture needs the frame's time more than the future does.
      this.computeAhead(start + Math.max(AHEAD_MILLIS_MIN, AHEAD_MILLIS - this.paintMillis));
    });
    this.publish(before === this.state && start - this.lastNotifiedAt < NOTIFY_MILLIS);
    const painting = this.options.now();
    for (const listener of this.frameListeners) this.callFrameListener(listener);
    this.paintMillis = this.options.now() - painting;
    if (this.state === 'stepping' && !this.search && !this.travel) this.isPainted = true;
  }

  /** While playing, each frame asks for a little more time; what the engine has not reached yet is not asked for twice. */
  private flow(millis: number): void {
    if (this.state !== 'playing' || this.travel) return;
    const { speed } = this.actor.getSnapshot().context;
    const time = Math.min(this.end, this.time + micros(millis * 1_000 * speed)) as Micros;
    this.travel = { time, landing: undefined, from: this.time, isJump: false };
  }

  /** The future is computed in small slices of what the frame leaves over. */
  private computeAhead(until: number): void {
    const open = this.sides.filter(({ timeline }) => !timeline.known.complete);
    while (open.length > 0 && this.options.now() < until) {
      const side = open[0] as Side;
      if (side.timeline.advance(AHEAD_APPOINTMENTS)) open.shift();
      else open.push(open.shift() as Side);
    }
  }

  private callFrameListener(listener: (snapshot: PlaybackSnapshot) => void): void {
    try {
      listener(this.current);
    } catch (error) {
      // A painter that fails is switched off; playback and the page live on, and the browser's console says what failed.
      this.frameListeners.delete(listener);
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  /** A programmer's mistake in the engine halts the run, never the page. */
  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      const seed = (this.sides[0] ?? this.forkable[0])?.program.run.seed ?? 0;
      this.crash = { message: error instanceof Error ? error.message : String(error), seed, time: this.time };
      this.travel = undefined;
      this.search = undefined;
      this.forkable = [];
      this.handle({ type: 'REFUSED' });
    }
  }

  /** Rebuilds the snapshot if anything in it changed, and tells subscribers unless they are to wait. */
  private publish(isQuiet = false): void {
    const next = this.build();
    const versions = this.sides.reduce((sum, { timeline }) => sum + timeline.version, 0);
    if (!isSame(next, this.current)) this.current = next;
    else if (versions === this.versions && !this.isStale) return;
    this.versions = versions;
    this.isStale = true;
    if (isQuiet) return;
    this.isStale = false;
    this.lastNotifiedAt = this.options.now();
    for (const listener of this.listeners) listener();
  }

  private build(): PlaybackSnapshot {
    const { context, value } = this.actor.getSnapshot();
    const isCrashed = this.crash !== undefined;
    return {
      state: value,
      time: this.time,
      landing: this.at,
      end: this.end,
      speed: context.speed,
      actualSpeed: value === 'playing' ? this.pace.actual(context.speed) : context.speed,
      loop: context.loop,
      sides: this.sides,
      problems: this.problems,
      spoken: isCrashed ? this.current.spoken : spokenOf(this.sides, this.at),
      seeking: this.travel?.isJump ? progressOf(this.sides, this.travel) : undefined,
      crash: this.crash,
    };
  }
}

function isSame(one: PlaybackSnapshot, other: PlaybackSnapshot): boolean {
  return (Object.keys(one) as (keyof PlaybackSnapshot)[]).every((key) => {
    if (key === 'spoken') return one.spoken?.fact === other.spoken?.fact && one.spoken?.side === other.spoken?.side;
    return one[key] === other[key];
  });
}
