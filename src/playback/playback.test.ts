import { describe, expect, test } from 'vitest';
import { micros } from '../base/index.ts';
import { byHand, type Hand, loaded, scriptedRun, second, simple, step } from './playback.testkit.ts';

const place = (hand: Hand) => ({ time: hand.playback.snapshot().time, steps: hand.timeline().world.steps });

describe('flowing time', () => {
  test('simulated time flows at the chosen speed', () => {
    const hand = loaded();
    hand.playback.send({ type: 'SPEED', speed: 4 });
    hand.playback.send({ type: 'PLAY' });
    hand.frames(10, 16);
    expect(hand.playback.snapshot()).toMatchObject({ state: 'playing', time: 640_000, speed: 4, actualSpeed: 4 });
  });

  test('speeds stay between a tenth and sixteen times', () => {
    const hand = loaded();
    hand.playback.send({ type: 'SPEED', speed: 1000 });
    expect(hand.playback.snapshot().speed).toBe(16);
    hand.playback.send({ type: 'SPEED', speed: 0 });
    expect(hand.playback.snapshot().speed).toBe(0.1);
  });

  test('a tab that was hidden for an hour does not leap when it comes back', () => {
    const hand = loaded();
    hand.playback.send({ type: 'PLAY' });
    hand.frame(3_600_000);
    expect(hand.playback.snapshot().time).toBe(100_000);
  });

  test('paused, nothing moves', () => {
    const hand = loaded();
    hand.playback.send({ type: 'PLAY' });
    hand.frames(5);
    hand.playback.send({ type: 'PAUSE' });
    const before = place(hand);
    hand.frames(50);
    expect(place(hand)).toEqual(before);
    expect(hand.playback.snapshot().state).toBe('paused');
  });

  test('at the end it comes to rest; PLAY there begins again', () => {
    const hand = loaded();
    hand.playback.send({ type: 'SPEED', speed: 16 });
    hand.playback.send({ type: 'PLAY' });
    hand.frames(60);
    expect(hand.playback.snapshot()).toMatchObject({ state: 'ended', time: 10 * second });
    hand.playback.send({ type: 'PLAY' });
    hand.frame();
    expect(hand.playback.snapshot().state).toBe('playing');
    expect(hand.playback.snapshot().time).toBeLessThan(second);
  });

  test('in a loop the end is followed by the beginning', () => {
    const hand = loaded();
    hand.playback.send({ type: 'LOOP', loop: true });
    hand.playback.send({ type: 'SPEED', speed: 16 });
    hand.playback.send({ type: 'PLAY' });
    hand.frames(45);
    expect(hand.playback.snapshot().state).toBe('playing');
    expect(hand.playback.snapshot().time).toBeLessThan(3 * second);
  });

  test('when the engine cannot keep up, simulated time slows and the speed shown says so', () => {
    // 100,000 appointments a second of simulated time at 10 µs each: one real second for each simulated one, on 6 ms a frame.
    const steps = Array.from({ length: 60_000 }, (_, i) => ({ at: i * 10, facts: ['x'] }));
    const hand = loaded({ end: second, steps }, 0.01);
    hand.playback.send({ type: 'PLAY' });
    const start = hand.now();
    hand.frames(40, 10);
    const { time, actualSpeed, state } = hand.playback.snapshot();
    expect(state).toBe('playing');
    expect(actualSpeed).toBeLessThan(0.7);
    expect(actualSpeed).toBeGreaterThan(0);
    expect(time).toBeLessThan((hand.now() - start) * 700);
  });

  test('while it stands, the future is computed in small portions', () => {
    const steps = Array.from({ length: 20_000 }, (_, i) => ({ at: i * 10, facts: ['x'] }));
    const hand = loaded({ end: second, steps }, 0.01);
    hand.frame();
    const { complete, steps: known } = hand.timeline().known;
    expect(complete).toBe(false);
    expect(known).toBeLessThan(2_000);
    hand.frames(60);
    expect(hand.timeline().known.complete).toBe(true);
    expect(place(hand)).toEqual({ time: 0, steps: 1 });
  });
});

describe('jumps', () => {
  test('HOME, END and RESTART', () => {
    const hand = loaded();
    hand.playback.send({ type: 'END' });
    expect(hand.playback.snapshot()).toMatchObject({ state: 'ended', time: 10 * second });
    hand.playback.send({ type: 'HOME' });
    expect(hand.playback.snapshot()).toMatchObject({ state: 'paused', time: 0 });
    hand.playback.send({ type: 'GO', time: micros(3 * second) });
    hand.playback.send({ type: 'RESTART' });
    expect(hand.playback.snapshot()).toMatchObject({ state: 'playing', time: 0 });
  });

  test('a long way is walked over many frames and says how far it has come', () => {
    const steps = Array.from({ length: 30_000 }, (_, i) => ({ at: i * 100, facts: ['x'] }));
    const hand = loaded({ end: 3 * second, steps }, 0.005);
    hand.playback.send({ type: 'END' });
    const shares: number[] = [];
    for (let i = 0; i < 40 && hand.playback.snapshot().state !== 'ended'; i++) {
      shares.push(hand.playback.snapshot().seeking ?? 1);
      hand.frame();
    }
    expect(shares.length).toBeGreaterThan(5);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(hand.playback.snapshot()).toMatchObject({ state: 'ended', seeking: undefined, time: 3 * second });
  });

  test('scrubbing follows the hand, and time flows on afterwards only if it did before', () => {
    const hand = loaded();
    hand.playback.send({ type: 'SCRUB', time: micros(6 * second) });
    hand.playback.send({ type: 'SCRUB', time: micros(3 * second) });
    expect(hand.playback.snapshot()).toMatchObject({ state: 'scrubbing', time: 3 * second });
    hand.playback.send({ type: 'SCRUB_END' });
    expect(hand.playback.snapshot().state).toBe('paused');

    hand.playback.send({ type: 'PLAY' });
    hand.playback.send({ type: 'SCRUB', time: micros(4 * second) });
    hand.frames(5);
    expect(hand.playback.snapshot().time).toBe(4 * second);
    hand.playback.send({ type: 'SCRUB_END' });
    expect(hand.playback.snapshot().state).toBe('playing');
  });

  test('a jump outside of the run ends at its edge', () => {
    const hand = loaded();
    hand.playback.send({ type: 'GO', time: micros(-5) });
    expect(hand.playback.snapshot().time).toBe(0);
    hand.playback.send({ type: 'GO', time: micros(99 * second) });
    expect(hand.playback.snapshot()).toMatchObject({ state: 'ended', time: 10 * second });
  });

  test('a run is put in at a step between two facts of one time, and says that it stands there', () => {
    const shared = loaded();
    shared.playback.send({ type: 'GO', time: micros(2 * second), fact: { side: 'a', seq: 1 } });
    const { time, landing } = shared.playback.snapshot();
    const hand = byHand(0);
    hand.playback.load([scriptedRun(simple)], { keepTime: false, at: time, landing });
    expect(place(hand)).toEqual(place(shared));
    expect(hand.playback.snapshot().landing).toMatchObject({ side: 0, seq: 1 });
  });

  test('a fact that does not happen at the time asked for leaves the run after all of that time', () => {
    const whole = loaded();
    whole.playback.send({ type: 'GO', time: micros(2 * second) });
    for (const seq of [0, 4, 99]) {
      const hand = byHand(0);
      hand.playback.load([scriptedRun(simple)], { keepTime: false, at: micros(2 * second), landing: { side: 0, seq } });
      expect(place(hand)).toEqual(place(whole));
    }
  });

  test('a jump to a fact stands just after it, also when its future is not known yet', () => {
    const hand = loaded();
    hand.playback.send({ type: 'GO', time: micros(2 * second), fact: { side: 'a', seq: 1 } });
    expect(place(hand)).toEqual({ time: 2 * second, steps: 2 });
    expect(hand.playback.snapshot().spoken?.fact.kind).toBe('message.routed');
  });

  test('whoever goes to one of several facts of a step hears of that one; whoever comes by, of what matters most', () => {
    const script = { end: 4 * second, steps: [{ at: second, facts: ['watermark.advanced', 'message.delivered', 'queue.length'] }] };
    const hand = byHand(0);
    hand.playback.load([scriptedRun(script)], { keepTime: false });
    const told = (seq?: number) => {
      hand.playback.send({ type: 'GO', time: micros(second), ...(seq === undefined ? {} : { fact: { side: 'a', seq } }) });
      hand.frame(1);
      return hand.playback.snapshot().spoken?.fact.seq;
    };
    expect([told(0), told(1), told(2), told()]).toEqual([0, 1, 2, 1]);
  });
});

describe('steps', () => {
  test('forward and back pass the same places', () => {
    const hand = loaded();
    const there: unknown[] = [];
    for (let i = 0; i < 5; i++) {
      step(hand, 1);
      there.push(place(hand));
    }
    expect(there).toEqual([
      { time: 1 * second, steps: 1 },
      { time: 2 * second, steps: 2 },
      { time: 2 * second, steps: 3 },
      { time: 5 * second, steps: 4 },
      { time: 8 * second, steps: 5 },
    ]);
    const back: unknown[] = [];
    for (let i = 0; i < 4; i++) {
      step(hand, -1);
      back.push(place(hand));
    }
    expect(back).toEqual(there.slice(0, 4).reverse());
    step(hand, -1);
    expect(place(hand)).toEqual({ time: 0, steps: 0 });
  });

  test('a step is seen as such until the frame after it has been painted', () => {
    const hand = loaded();
    const painted: string[] = [];
    hand.playback.onFrame((snapshot) => painted.push(snapshot.state));
    step(hand, 1);
    expect(hand.playback.snapshot().state).toBe('stepping');
    hand.frames(2);
    expect(painted).toEqual(['stepping', 'paused']);
  });

  test('the step to an interesting fact passes the others by', () => {
    const hand = loaded();
    const spoken = Array.from({ length: 3 }, () => {
      step(hand, 1, true);
      return hand.playback.snapshot().spoken?.fact.kind;
    });
    expect(spoken).toEqual(['message.routed', 'message.delivered', 'message.acked']);
  });

  test('a step back from between two facts goes to the last one', () => {
    const hand = loaded();
    hand.playback.send({ type: 'GO', time: micros(6 * second) });
    step(hand, -1);
    expect(place(hand)).toEqual({ time: 5 * second, steps: 4 });
  });

  test('beyond the last fact a step leads to the end', () => {
    const hand = loaded();
    hand.playback.send({ type: 'GO', time: micros(9 * second) });
    step(hand, 1);
    hand.frames(3);
    expect(hand.playback.snapshot()).toMatchObject({ state: 'ended', time: 10 * second });
    step(hand, -1);
    expect(place(hand)).toEqual({ time: 8 * second, steps: 5 });
  });

  test('a step stops the flow of time', () => {
    const hand = loaded();
    hand.playback.send({ type: 'PLAY' });
    step(hand, 1);
    hand.frames(3);
    expect(hand.playback.snapshot()).toMatchObject({ state: 'paused', time: 1 * second });
  });
});

describe('mistakes', () => {
  test("a mistake in the engine halts the run and says where; the page's frames go on", () => {
    const hand = loaded({
      end: second,
      steps: [{ at: 1, facts: ['x'] }, ...Array.from({ length: 5_000 }, () => ({ at: 2, facts: ['boom'] }))],
    });
    let frames = 0;
    hand.playback.onFrame(() => {
      frames += 1;
    });
    hand.playback.send({ type: 'PLAY' });
    hand.frames(3);
    expect(hand.playback.snapshot()).toMatchObject({ state: 'refused', crash: { message: 'queue depth must not be negative', seed: 7 } });
    expect(frames).toBe(3);
    hand.playback.send({ type: 'PLAY' });
    expect(hand.playback.snapshot().state).toBe('refused');
    hand.playback.load([scriptedRun(simple)], { keepTime: false });
    expect(hand.playback.snapshot()).toMatchObject({ state: 'paused', crash: undefined });
  });
});

describe('listeners', () => {
  test('subscribers hear of flowing time at most ten times a second, frame listeners every frame', () => {
    const hand = loaded();
    hand.playback.send({ type: 'PLAY' });
    hand.frames(10, 10);
    let heard = 0;
    let painted = 0;
    hand.playback.subscribe(() => {
      heard += 1;
    });
    hand.playback.onFrame(() => {
      painted += 1;
    });
    hand.frames(100, 10);
    expect(painted).toBe(100);
    expect(heard).toBeGreaterThanOrEqual(9);
    expect(heard).toBeLessThanOrEqual(11);
  });

  test('a change of state is heard at once', () => {
    const hand = loaded();
    const states: string[] = [];
    hand.playback.subscribe(() => states.push(hand.playback.snapshot().state));
    hand.playback.send({ type: 'PLAY' });
    hand.playback.send({ type: 'PAUSE' });
    expect(states).toEqual(['playing', 'paused']);
  });

  test('the snapshot is the same object while nothing changes', () => {
    const hand = loaded();
    hand.frames(3);
    const before = hand.playback.snapshot();
    hand.frames(3);
    expect(hand.playback.snapshot()).toBe(before);
  });
});
