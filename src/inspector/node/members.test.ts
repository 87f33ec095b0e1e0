import { expect, test } from 'vitest';
import { createTimeline } from '../../engine/index.ts';
import { galleryProgram } from '../gallery.testkit.ts';
import { membersOf } from './members.ts';

/** Who has what at a second of a run: `name lanes status`. */
function toldAt(id: string, seconds: number): readonly string[] {
  const program = galleryProgram(id);
  const timeline = createTimeline(program);
  timeline.seek((seconds * 1_000_000) as typeof program.end);
  return membersOf({ program, timeline }, 'g').map(({ name, lanes, status }) => [name, ...lanes, status].join(' '));
}

test('what a member that has died was assigned stays its own until its session ends', () => {
  expect(toldAt('rebalance-eager', 31)).toEqual(['anna orders-0 orders-1 down', 'ben orders-2 up', 'carl orders-3 up']);
});

test('what has been handed out is shown before the members read it', () => {
  const [anna, ...others] = toldAt('rebalance-eager', 35.2);
  expect(anna).toBe('anna down');
  expect(
    others
      .join(' ')
      .match(/orders-\d/g)
      ?.sort(),
  ).toEqual(['orders-0', 'orders-1', 'orders-2', 'orders-3']);
});

test('the same is told of a group whose coordinator works out the assignment', () => {
  const told = toldAt('rebalance-kip848', 27);
  expect(
    told
      .join(' ')
      .match(/orders-\d/g)
      ?.sort(),
  ).toEqual(['orders-0', 'orders-1', 'orders-2', 'orders-3']);
});
