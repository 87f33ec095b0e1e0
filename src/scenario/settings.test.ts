import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, settingsFields } from './settings.ts';
import type { Settings } from './types.ts';
import type { Trait } from './vocabulary.ts';

function offered(
  traits: readonly Trait[],
  colourBy: Settings['colourBy'] = 'key',
): readonly [names: readonly string[], colours: readonly string[]] {
  const fields = settingsFields(new Set(traits), { ...DEFAULT_SETTINGS, colourBy });
  return [
    fields.map(({ name }) => name),
    fields.flatMap((field) => (field.name === 'colourBy' && field.type === 'choice' ? field.options : [])),
  ];
}

test('a system that routes has a way inside its broker, and no lanes to colour by', () => {
  const [names, colours] = offered(['routing', 'acks']);
  expect(names).toEqual(['latency', 'hop', 'until', 'detect', 'colourBy']);
  expect(colours).toEqual(['key', 'producer', 'message']);
});

test('a system of logs has lanes to colour by, and no way inside its broker', () => {
  const [names, colours] = offered(['lanes']);
  expect(names).toEqual(['latency', 'until', 'detect', 'colourBy']);
  expect(colours).toEqual(['key', 'lane', 'producer', 'message']);
});

test('what is chosen stays on offer, whatever is drawn now', () => {
  expect(offered(['routing'], 'lane')[1]).toContain('lane');
});
