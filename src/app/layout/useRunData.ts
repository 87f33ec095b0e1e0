import { type RefObject, useEffect } from 'react';
import { hashHex } from '../../base/index.ts';
import type { Playback, PlaybackSnapshot } from '../../playback/index.ts';

/** What tests and assistive technology read of a run, as attributes of its root element. A pair's digests are joined. */
export function runData(snapshot: PlaybackSnapshot): Readonly<Record<'state' | 'timeMicros' | 'digest' | 'flights', string>> {
  const worlds = snapshot.sides.map((side) => side.timeline.world);
  return {
    state: snapshot.state,
    timeMicros: String(snapshot.time),
    digest: worlds.map((world) => hashHex(world.digest)).join('-'),
    flights: String(worlds.reduce((sum, world) => sum + world.flights.size, 0)),
  };
}

/** Keeps the attributes true without rendering: ten times a second while time flows, at once when it stands. */
export function useRunData(playback: Playback, root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const show = () => {
      if (root.current) Object.assign(root.current.dataset, runData(playback.snapshot()));
    };
    show();
    return playback.subscribe(show);
  }, [playback, root]);
}
