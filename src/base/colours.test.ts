import { expect, test } from 'vitest';
import { COLOUR_COUNT, colourIndex, colourOrder } from './colours.ts';

const parts = [
  { id: 'b', width: 400, config: {} },
  { id: 'p', config: { templates: [{ key: 'order.paid' }, { key: 'order.new' }, { key: 'order.paid' }] } },
  { id: 'e', parent: 'b', config: { type: 'topic' } },
  { id: 'c', config: { forwardKey: 'done' } },
];

test('keys are coloured in the order in which the document names them', () => {
  const order = colourOrder('key', parts, [{ args: { key: 'late' } }]);
  const colours = ['order.paid', 'order.new', 'done', 'late'].map((key) => colourIndex('key', key, order));
  expect(colours).toEqual([1, 2, 3, 4]);
});

test('producers are coloured in the order of the clients in the document', () => {
  const order = colourOrder('producer', parts, []);
  expect([colourIndex('producer', 'p', order), colourIndex('producer', 'c', order)]).toEqual([1, 2]);
});

test('messages take the colours in turn', () => {
  const order = colourOrder('message', parts, []);
  expect([1, 2, 7, 8].map((id) => colourIndex('message', id, order))).toEqual([1, 2, 7, 1]);
});

test('lanes take the colours in turn; what has no lane has the first', () => {
  const order = colourOrder('lane', parts, []);
  expect([1, 2, 8, 0].map((lane) => colourIndex('lane', lane, order))).toEqual([1, 2, 1, 1]);
});

test('a key that the document does not name has a colour of its own, always the same', () => {
  const order = colourOrder('key', parts, []);
  const colour = colourIndex('key', 'by hand', order);
  expect(colour).toBeGreaterThanOrEqual(1);
  expect(colour).toBeLessThanOrEqual(COLOUR_COUNT);
  expect(colourIndex('key', 'by hand', order)).toBe(colour);
});
