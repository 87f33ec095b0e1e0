import { expect, test, vi } from 'vitest';
import { micros, ZERO } from '../../base/index.ts';
import type { Playback } from '../../playback/index.ts';
import { emptyRun } from '../../scenario/index.ts';
import { deferPlayback } from './deferred.ts';

function engine() {
  const done: string[] = [];
  const listeners = new Set<() => void>();
  const real: Playback = {
    snapshot: () => ({ ...deferPlayback(() => Promise.reject()).snapshot(), time: micros(7) }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onFrame: () => () => {},
    load: (runs, options) => done.push(`load ${runs[0]?.seed} play=${options.play} keepTime=${options.keepTime} at=${options.at}`),
    send: (event) => done.push(event.type),
    dispose: () => {},
  };
  return { real, done, listeners };
}

test('what is asked before the engine is there is done when it comes, in order', async () => {
  const { real, done } = engine();
  const playback = deferPlayback(async () => real);
  playback.load([{ ...emptyRun(), seed: 5 }], { keepTime: false, play: true });
  playback.send({ type: 'SPEED', speed: 2 });
  expect(playback.snapshot()).toMatchObject({ state: 'paused', time: ZERO, sides: [] });
  await playback.start();
  expect(done).toEqual(['load 5 play=true keepTime=false at=0', 'SPEED']);
  expect(playback.snapshot().time).toBe(7);
});

test('an edit meanwhile replaces the run, which still plays', async () => {
  const { real, done } = engine();
  const playback = deferPlayback(async () => real);
  playback.load([{ ...emptyRun(), seed: 5 }], { keepTime: false, play: true });
  playback.load([{ ...emptyRun(), seed: 6 }], { keepTime: true });
  await playback.start();
  expect(done).toEqual(['load 6 play=true keepTime=false at=0']);
});

test('listeners hear of the engine and of its changes', async () => {
  const { real, listeners } = engine();
  const playback = deferPlayback(async () => real);
  const heard = vi.fn();
  playback.subscribe(heard);
  await playback.start();
  expect(heard).toHaveBeenCalledTimes(1);
  for (const listener of listeners) listener();
  expect(heard).toHaveBeenCalledTimes(2);
});

test('an engine that can’t be fetched is a crash that is shown, not a silence', async () => {
  const playback = deferPlayback(() => Promise.reject(new Error('no such file')));
  await playback.start();
  expect(playback.snapshot().crash?.message).toBe('no such file');
});
