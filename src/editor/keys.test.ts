import { expect, test } from 'vitest';
import { en } from '../i18n/en/index.ts';
import { editorCommands } from './commands.ts';
import { commandOf, type KeyPress, shortcutOf } from './keys.ts';

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({ key, ctrl: false, shift: false, alt: false, ...change });
const id = (key: KeyPress, isInGraph: boolean) => commandOf(editorCommands, key, isInGraph)?.id;

test('a shortcut is written as people write it', () => {
  expect(shortcutOf(press('z', { ctrl: true, shift: true }))).toBe('Ctrl+Shift+Z');
  expect(shortcutOf(press('+', { shift: true }))).toBe('+');
});

test('undo and redo work on the whole page, with the keys of every system', () => {
  expect(id(press('z', { ctrl: true }), false)).toBe('undo');
  expect(id(press('Z', { ctrl: true, shift: true }), false)).toBe('redo');
  expect(id(press('y', { ctrl: true }), false)).toBe('redo');
});

test('plain letters and Delete belong to the drawing alone', () => {
  expect(id(press('c'), true)).toBe('connect');
  expect(id(press('c'), false)).toBeUndefined();
  expect(id(press('Backspace'), true)).toBe('remove');
  expect(id(press('Delete'), false)).toBeUndefined();
});

test('copy and paste keys are left to the browser, which brings the clipboard', () => {
  expect(id(press('c', { ctrl: true }), true)).toBeUndefined();
  expect(id(press('v', { ctrl: true }), true)).toBeUndefined();
});

test('no two commands share a shortcut, and each has a name', () => {
  const shortcuts = editorCommands.flatMap((command) => command.shortcut ?? []);
  expect(new Set(shortcuts).size).toBe(shortcuts.length);
  for (const command of editorCommands) expect(Object.hasOwn(en, command.labelKey)).toBe(true);
});
