import { describe, expect, test } from 'vitest';
import { micros } from '../base/index.ts';
import { byHand, type Hand, loaded, type Script, scriptedRun, second, simple, step } from './playback.testkit.ts';

describe('two runs on one clock', () => {
  const left: Script = { end: 10 * second, steps: [1, 4, 4, 7].map((s) => ({ at: s * second, facts: ['message.acked'] })) };
  const right: Script = { end: 12 * second, steps: [2, 4, 9].map((s) => ({ at: s * second, facts: ['message.acked'] })) };
  const pair = () => {
    const hand = byHand();
    hand.playback.load([scriptedRun(left), scriptedRun(right)], { keepTime: false });
    return hand;
  };
  const both = (hand: Hand) => [hand.playback.snapshot().time / second, hand.timeline(0).world.steps, hand.timeline(1).world.steps];

  test('a step takes whichever side comes first, and both stand at that time', () => {
    const hand = pair();
    const there = Array.from({ length: 7 }, () => {
      step(hand, 1);
      return both(hand);
    });
    expect(there).toEqual([
      [1, 1, 0],
      [2, 1, 1],
      [4, 2, 1],
      [4, 3, 1],
      [4, 3, 2],
      [7, 4, 2],
      [9, 4, 3],
    ]);
    const back = Array.from({ length: 6 }, () => {
      step(hand, -1);
      return both(hand);
    });
    expect(back).toEqual(there.slice(0, 6).reverse());
  });

  test('the narrator speaks of the side that just stepped', () => {
    const hand = pair();
    step(hand, 1);
    step(hand, 1);
    expect(hand.playback.snapshot().spoken).toMatchObject({ side: 'b', fact: { time: 2 * second } });
  });

  test('playing goes on until the later end', () => {
    const hand = pair();
    hand.playback.send({ type: 'SPEED', speed: 16 });
    hand.playback.send({ type: 'PLAY' });
    hand.frames(60);
    expect(hand.playback.snapshot()).toMatchObject({ state: 'ended', time: 12 * second });
    expect(both(hand)).toEqual([12, 4, 3]);
  });
});

describe('putting in runs', () => {
  test('before a run is put in, and after one is refused, there is nothing to play', () => {
    const hand = byHand();
    hand.playback.send({ type: 'PLAY' });
    expect(hand.playback.snapshot().state).toBe('refused');
    const run = scriptedRun(simple);
    hand.playback.load([{ ...run, scenario: { ...run.scenario, intro: 'no-such-kind' } }], { keepTime: false });
    expect(hand.playback.snapshot()).toMatchObject({ state: 'refused', sides: [], problems: [{ key: 'no-such-kind' }] });
  });

  test('an intervention keeps the time, the flow and what was computed before it', () => {
    const hand = loaded();
    hand.playback.send({ type: 'GO', time: micros(3 * second) });
    hand.playback.send({ type: 'PLAY' });
    const { program } = hand.timeline();
    const deed = { at: micros(3 * second), verb: 'crash', target: 'x', args: {} };
    hand.playback.load([scriptedRun(simple, { interventions: [deed] })], { keepTime: true });
    expect(hand.playback.snapshot()).toMatchObject({ state: 'playing', time: 3 * second });
    expect(hand.timeline().forkedFrom).toBe(program);
  });

  test('another run begins at the start, or where it is told to, and stands', () => {
    const hand = loaded();
    hand.playback.send({ type: 'PLAY' });
    hand.frames(5);
    hand.playback.load([scriptedRun(simple)], { keepTime: false });
    expect(hand.timeline().forkedFrom).toBeUndefined();
    expect(hand.playback.snapshot()).toMatchObject({ state: 'paused', time: 0 });
    hand.playback.load([scriptedRun(simple)], { keepTime: false, play: true, at: micros(4 * second) });
    expect(hand.playback.snapshot()).toMatchObject({ state: 'playing', time: 4 * second });
  });

  test('the time survives a refusal in between', () => {
    const hand = loaded();
    hand.playback.send({ type: 'GO', time: micros(3 * second) });
    const run = scriptedRun(simple);
    hand.playback.load([{ ...run, scenario: { ...run.scenario, intro: 'broken' } }], { keepTime: true });
    hand.playback.load([run], { keepTime: true });
    expect(hand.playback.snapshot()).toMatchObject({ state: 'paused', time: 3 * second, problems: [] });
  });
});
