import { expect, test } from 'vitest';
import { remembered } from './remembered.ts';

test('works each object out once, in whatever order it is asked', () => {
  let times = 0;
  const sizeOf = remembered(({ length }: readonly number[]) => {
    times++;
    return length === 0 ? undefined : length;
  });
  const [none, one, two] = [[], [1], [1, 2]];
  expect([one, two, two, one, none, none, one].map(sizeOf)).toEqual([1, 2, 2, 1, undefined, undefined, 1]);
  expect(times).toBe(3);
});
