import type { LineId, PartId } from '../base/index.ts';
import { type Mark, markOf, type PartView, type Timeline } from '../engine/index.ts';
import { type RoutedMark, routedLines } from './routed.ts';
import type { Playback, Side } from './types.ts';

/** What the editor's nodes and lines show of the run. Refreshed at most 10 times a second while time flows, at once when it stands. */
export interface LiveViews {
  subscribe(listener: () => void): () => void;
  /** Rises when anything here may have changed. */
  version(): number;
  view(id: PartId): PartView | undefined;
  isCut(line: LineId): boolean;
  isPresent(id: PartId | LineId): boolean;
  /** How frames of a verb look in this run; undefined while there is none. */
  mark(verb: string): Mark | undefined;
  /** What the latest decision of its exchange said about a line, while that is held for the eye. */
  routed(line: LineId): RoutedMark | undefined;
}

const known = new WeakMap<Playback, Map<Side['name'], LiveViews>>();

/** The views of one side; the same object for the same playback and side. */
export function liveViews(playback: Playback, name: Side['name']): LiveViews {
  let views = known.get(playback);
  if (!views) {
    views = new Map();
    known.set(playback, views);
  }
  let view = views.get(name);
  if (!view) {
    view = createViews(playback, name);
    views.set(name, view);
  }
  return view;
}

function createViews(playback: Playback, name: Side['name']): LiveViews {
  const listeners = new Set<() => void>();
  let version = 0;
  let seenTimeline: Timeline | undefined;
  let seenSteps = -1;
  let routed: ReadonlyMap<LineId, RoutedMark> = new Map();
  let stop: (() => void) | undefined;

  const timelineNow = () => playback.snapshot().sides.find((side) => side.name === name)?.timeline;

  const refresh = (): boolean => {
    const snapshot = playback.snapshot();
    const timeline = timelineNow();
    // After a crash of the engine the last picture stands still.
    const lines = timeline && !snapshot.crash ? routedLines(timeline, snapshot.speed) : routed;
    const steps = timeline?.world.steps ?? -1;
    if (timeline === seenTimeline && steps === seenSteps && isSame(lines, routed)) return false;
    seenTimeline = timeline;
    seenSteps = steps;
    routed = lines;
    version += 1;
    return true;
  };
  const onChange = () => {
    if (refresh()) for (const listener of listeners) listener();
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      stop ??= playback.subscribe(onChange);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
    version() {
      if (!stop) refresh();
      return version;
    },
    view(id) {
      return timelineNow()?.view(id);
    },
    isCut(id) {
      return timelineNow()?.isCut(id) ?? false;
    },
    isPresent: (id) => timelineNow()?.world.present.has(id) ?? false,
    mark(verb) {
      const timeline = timelineNow();
      return timeline && markOf(timeline.program.catalogue, verb);
    },
    routed: (line) => routed.get(line),
  };
}

function isSame(one: ReadonlyMap<LineId, RoutedMark>, other: ReadonlyMap<LineId, RoutedMark>): boolean {
  if (one.size !== other.size) return false;
  for (const [line, mark] of one) if (other.get(line) !== mark) return false;
  return true;
}
