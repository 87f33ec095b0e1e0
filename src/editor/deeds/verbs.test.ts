import { expect, test } from 'vitest';
import type { LineKind, PartKind } from '../../scenario/index.ts';
import { lineVerbs, type PresentState, partVerbs } from './verbs.ts';

const node: PartKind = {
  kind: 'x/node',
  role: 'node',
  shape: 'circle',
  fields: [],
  palette: [],
  nameStem: 'n',
  verbs: ['publish', 'pause', 'resume'],
};
const place: PartKind = { ...node, role: 'place', shape: 'rail', verbs: ['purge'] };
const line: LineKind = { kind: 'x/line', from: [], to: [], fields: [], cuttable: true };
const up: PresentState = { isPresent: true, status: 'up', isCut: false };

test('a running client can be paused and crashed, but neither resumed nor restarted', () => {
  expect(partVerbs(node, up)).toEqual(['publish', 'pause', 'crash', 'leave']);
});

test('a paused client can be resumed and not paused again', () => {
  expect(partVerbs(node, { ...up, status: 'paused' })).toEqual(['publish', 'resume', 'crash', 'leave']);
});

test('a crashed node can only be restarted or taken away', () => {
  expect(partVerbs(node, { ...up, status: 'down' })).toEqual(['restart', 'leave']);
});

test('what hangs can be brought back to itself or ended; what has failed or not begun can only be ended', () => {
  const client = { ...node, verbs: ['stop', 'freeze', ...node.verbs] };
  expect(partVerbs(client, { ...up, status: 'hung' })).toEqual(['stop', 'resume', 'crash', 'leave']);
  expect(partVerbs(client, { ...up, status: 'failed' })).toEqual(['stop', 'crash', 'leave']);
  expect(partVerbs(client, { ...up, status: 'unstarted' })).toEqual(['stop', 'crash', 'leave']);
});

test('a place cannot crash by itself', () => {
  expect(partVerbs(place, up)).toEqual(['purge', 'leave']);
});

test('what is not there can join', () => {
  expect(partVerbs(node, { ...up, isPresent: false })).toEqual(['join']);
  expect(lineVerbs(line, { ...up, isPresent: false })).toEqual(['join']);
});

test('a whole line can be cut and a cut one healed; a binding inside a broker neither', () => {
  expect(lineVerbs(line, up)).toContain('cut');
  expect(lineVerbs(line, { ...up, isCut: true })).toContain('heal');
  expect(lineVerbs({ ...line, cuttable: false }, up)).toEqual(['leave']);
});

test('a line that follows from others can only be looked at', () => {
  expect(lineVerbs({ ...line, implied: true }, up)).toEqual([]);
});
