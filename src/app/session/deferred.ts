import { micros, ZERO } from '../../base/index.ts';
import type { Playback, PlaybackEvent, PlaybackSnapshot } from '../../playback/index.ts';

/** A playback that can be used before its engine is there. */
export interface DeferredPlayback extends Playback {
  /** Fetches the engine; what was asked of it meanwhile is done then. */
  start(): Promise<void>;
}

type LoadArguments = Parameters<Playback['load']>;

const NOTHING_YET: PlaybackSnapshot = {
  state: 'paused',
  time: ZERO,
  landing: undefined,
  end: ZERO,
  speed: 1,
  actualSpeed: 1,
  loop: false,
  sides: [],
  problems: [],
  spoken: undefined,
  seeking: undefined,
  crash: undefined,
};

/**
 * The drawing is on the screen before the engine has been fetched. Until then this stands in: it shows a run that
 * waits at its start, and remembers the last run that was put in and what was sent since.
 */
export function deferPlayback(fetch: () => Promise<Playback>): DeferredPlayback {
  return new Deferred(fetch);
}

class Deferred implements DeferredPlayback {
  private readonly fetch: () => Promise<Playback>;
  private real: Playback | undefined;
  private fetching: Promise<void> | undefined;
  private current = NOTHING_YET;
  private wanted: LoadArguments | undefined;
  private events: PlaybackEvent[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly frameListeners = new Set<(snapshot: PlaybackSnapshot) => void>();

  constructor(fetch: () => Promise<Playback>) {
    this.fetch = fetch;
  }

  start(): Promise<void> {
    this.fetching ??= this.fetch().then(
      (real) => this.takeOver(real),
      (error: unknown) => this.fail(error),
    );
    return this.fetching;
  }

  snapshot = (): PlaybackSnapshot => this.real?.snapshot() ?? this.current;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  onFrame = (listener: (snapshot: PlaybackSnapshot) => void): (() => void) => {
    this.frameListeners.add(listener);
    return () => this.frameListeners.delete(listener);
  };

  load(...args: LoadArguments): void {
    if (this.real) this.real.load(...args);
    else {
      const [runs, options] = args;
      // An edit of what has not begun must not forget that it was to play.
      const play = options.play ?? this.wanted?.[1].play;
      const { at = ZERO, landing } = options.at === undefined ? (this.wanted?.[1] ?? {}) : options;
      this.wanted = [runs, { keepTime: false, ...(play === undefined ? {} : { play }), at, landing }];
    }
  }

  send(event: PlaybackEvent): void {
    if (this.real) this.real.send(event);
    else this.events.push(event);
  }

  dispose(): void {
    this.real?.dispose();
    this.listeners.clear();
    this.frameListeners.clear();
  }

  private takeOver(real: Playback): void {
    this.real = real;
    real.subscribe(this.notify);
    real.onFrame((snapshot) => {
      for (const listener of this.frameListeners) listener(snapshot);
    });
    if (this.wanted) real.load(...this.wanted);
    for (const event of this.events) real.send(event);
    this.wanted = undefined;
    this.events = [];
    this.notify();
  }

  private fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.current = { ...NOTHING_YET, crash: { message, seed: 0, time: micros(0) } };
    this.notify();
  }

  private readonly notify = (): void => {
    for (const listener of this.listeners) listener();
  };
}
