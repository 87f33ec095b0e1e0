import { expect, test } from 'vitest';
import type { Trait } from '../scenario/index.ts';
import { makeCatalogue, protocolOf } from './catalogue.ts';
import { pingPong, toyCatalogue, toyPack, toyPart } from './toy.testkit.ts';
import type { Pack } from './types.ts';

test('a catalogue knows the kinds, kernels and marks of its packs', () => {
  expect([...toyCatalogue.parts.keys()]).toContain('toy/shelf');
  expect(toyCatalogue.kernels.get('toy/box')?.kind).toBe('toy/box');
  expect(toyCatalogue.marks['toy.give']).toBe('message');
  expect(toyCatalogue.messageFields('toy/door').map((field) => field.name)).toEqual(['key']);
  expect(toyCatalogue.messageFields('other/thing')).toEqual([]);
});

test('nothing connects parts of two systems', () => {
  const catalogue = makeCatalogue([
    toyPack,
    { ...toyPack, protocol: 'other', kernels: new Map(), vocabulary: { ...toyPack.vocabulary, parts: new Map(), lines: new Map() } },
  ]);
  const other = { ...toyPart('p', 'sink'), kind: 'other/sink' };
  expect(catalogue.connect(pingPong().scenario, toyPart('a', 'source'), other)).toMatchObject({
    problem: { where: 'p', key: 'otherSystem' },
  });
});

test('what the drawn systems have is told, and whose words fit', () => {
  const bare = (protocol: string, traits: readonly Trait[], messageFields = toyPack.messageFields): Pack => ({
    ...{ ...toyPack, protocol, kernels: new Map(), messageFields },
    vocabulary: { ...toyPack.vocabulary, parts: new Map(), lines: new Map(), traits },
  });
  const catalogue = makeCatalogue([bare('post', ['routing', 'acks']), bare('log', ['lanes', 'acks']), bare('helper', ['groups'], [])]);
  const of = (...kinds: readonly string[]) => {
    const parts = kinds.map((kind) => ({ kind }));
    return [catalogue.speaks(parts), [...catalogue.traitsOf(parts)]];
  };
  expect(of('post/a', 'post/b')).toEqual(['post', ['routing', 'acks']]);
  expect(of('log/a', 'helper/z')).toEqual(['log', ['lanes', 'acks']]);
  expect(of('post/a', 'log/a')).toEqual(['', ['routing', 'acks', 'lanes']]);
  // Nothing is drawn yet: all is on offer.
  expect(of()).toEqual(['', ['routing', 'acks', 'lanes', 'groups']]);
});

test('a kind in the pack of another system is a programmer’s mistake', () => {
  expect(() => makeCatalogue([{ ...toyPack, protocol: 'other' }])).toThrow('in the pack of other');
  expect(() => makeCatalogue([toyPack, toyPack])).toThrow('Two packs');
  expect([protocolOf('toy/box'), protocolOf('nothing')]).toEqual(['toy', '']);
});
