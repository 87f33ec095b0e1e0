import { expect, test } from 'vitest';
import { matching } from './matching.ts';

const commands = [{ label: 'Save as a file' }, { label: 'Open a file' }, { label: '保存为文件' }];

test('a command is found by parts of its words, in any order and case', () => {
  expect(matching(commands, 'FILE sav')).toEqual([commands[0]]);
  expect(matching(commands, '保存')).toEqual([commands[2]]);
});

test('nothing typed finds everything, a stranger’s word nothing', () => {
  expect(matching(commands, '  ')).toEqual(commands);
  expect(matching(commands, 'xyz')).toEqual([]);
});
