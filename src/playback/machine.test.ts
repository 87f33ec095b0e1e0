import { describe, expect, test } from 'vitest';
import { getShortestPaths } from 'xstate/graph';
import { micros } from '../base/index.ts';
import { type MachineEvent, playbackMachine } from './machine.ts';
import { byHand, type Script, scriptedRun } from './playback.testkit.ts';
import type { PlaybackEvent } from './types.ts';

const script: Script = { end: 4_000_000, steps: [1, 2, 3].map((s) => ({ at: s * 1_000_000, facts: ['message.acked'] })) };
const run = scriptedRun(script);

/** What a person can send, and what the driver says by itself. */
const EVENTS: readonly MachineEvent[] = [
  { type: 'LOADED', play: false },
  { type: 'LOADED', play: true },
  { type: 'REFUSED' },
  { type: 'PLAY' },
  { type: 'PAUSE' },
  { type: 'TOGGLE' },
  { type: 'STEP', direction: 1, interesting: false },
  { type: 'STEP', direction: -1, interesting: true },
  { type: 'SCRUB', time: micros(1_500_000) },
  { type: 'SCRUB_END' },
  { type: 'GO', time: micros(2_500_000) },
  { type: 'HOME' },
  { type: 'END' },
  { type: 'RESTART' },
  { type: 'LOOP', loop: true },
  { type: 'LOOP', loop: false },
  { type: 'END_REACHED' },
  { type: 'PAINTED' },
];

const paths = getShortestPaths(playbackMachine, {
  events: [...EVENTS],
  serializeState: (state) => `${state.value} ${state.context.loop} ${state.context.resume}`,
});

describe('the playback machine', () => {
  test('every state can be reached', () => {
    expect(new Set(paths.map((path) => path.state.value))).toEqual(
      new Set(['refused', 'paused', 'playing', 'stepping', 'scrubbing', 'ended']),
    );
  });

  for (const path of paths) {
    const events = path.steps.map((step) => step.event as MachineEvent).filter((event) => event.type !== ('xstate.init' as string));
    test(`on the way ${events.map((event) => event.type).join(' → ') || '(nothing)'} the real playback is ${path.state.value}`, () => {
      const hand = byHand();
      for (const event of events) send(hand, event);
      expect(hand.playback.snapshot().state).toBe(path.state.value);
      expect(hand.playback.snapshot().loop).toBe(path.state.context.loop);
    });
  }

  test('without a run nothing but a run helps', () => {
    const hand = byHand();
    for (const event of EVENTS) {
      if (event.type === 'LOADED') continue;
      if (!['REFUSED', 'END_REACHED', 'PAINTED'].includes(event.type)) hand.playback.send(event as PlaybackEvent);
      expect(hand.playback.snapshot().state).toBe('refused');
    }
  });
});

/** What the driver reports comes about by itself in the real one: by loading, by frames, by reaching the end. */
function send(hand: ReturnType<typeof byHand>, event: MachineEvent): void {
  const { playback } = hand;
  if (event.type === 'LOADED') playback.load([run], { keepTime: false, play: event.play });
  else if (event.type === 'REFUSED') playback.load([], { keepTime: false });
  else if (event.type === 'PAINTED') hand.frames(2);
  else if (event.type === 'END_REACHED') {
    if (playback.snapshot().state === 'playing') hand.frames(80, 100);
    else playback.send({ type: 'END' });
  } else playback.send(event);
}
