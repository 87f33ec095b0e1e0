import { expect, test } from 'vitest';
import { deedOfKey, type KeyPress } from './keys.ts';

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({ key, ctrl: false, shift: false, alt: false, ...change });

test('space plays and pauses, arrows step, with shift to what is interesting', () => {
  expect(deedOfKey(press(' '), 'free')).toBe('toggle');
  expect(deedOfKey(press('ArrowRight'), 'free')).toBe('next');
  expect(deedOfKey(press('ArrowLeft', { shift: true }), 'free')).toBe('previousInteresting');
  expect(deedOfKey(press('End'), 'free')).toBe('end');
});

test('who types into a field steers no run', () => {
  for (const key of [' ', 'ArrowLeft', 'Home', '?']) expect(deedOfKey(press(key), 'text')).toBeUndefined();
  expect(deedOfKey(press('k', { ctrl: true }), 'text')).toBe('commands');
});

test('a button that has the keyboard’s focus keeps its space, but arrows still step', () => {
  expect(deedOfKey(press(' '), 'button')).toBeUndefined();
  expect(deedOfKey(press('ArrowRight'), 'button')).toBe('next');
});

test('in the drawing the arrows belong to its parts', () => {
  expect(deedOfKey(press('ArrowRight'), 'graph')).toBeUndefined();
  // Home and End are not the drawing's: they lead to the ends of the time line.
  expect(deedOfKey(press('Home'), 'graph')).toBe('home');
  expect(deedOfKey(press(' '), 'graph')).toBe('toggle');
});

test('a part is found by Ctrl+F anywhere, and by a slash where nobody types', () => {
  expect(deedOfKey(press('f', { ctrl: true }), 'text')).toBe('find');
  expect(deedOfKey(press('/'), 'graph')).toBe('find');
  // On some keyboards a slash needs Shift.
  expect(deedOfKey(press('/', { shift: true }), 'free')).toBe('find');
  expect(deedOfKey(press('/'), 'text')).toBeUndefined();
});

test('an open dialog or menu keeps every key', () => {
  expect(deedOfKey(press('k', { ctrl: true }), 'overlay')).toBeUndefined();
  expect(deedOfKey(press(' '), 'overlay')).toBeUndefined();
});

test('shortcuts of the browser stay the browser’s', () => {
  expect(deedOfKey(press('ArrowLeft', { alt: true }), 'free')).toBeUndefined();
  expect(deedOfKey(press('s', { ctrl: true, shift: true }), 'free')).toBeUndefined();
});
