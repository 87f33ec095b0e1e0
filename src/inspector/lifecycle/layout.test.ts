import { describe, expect, test } from 'vitest';
import { hasText, LANGUAGES } from '../../i18n/index.ts';
import { CHARTS } from '../../oracles/index.ts';
import { textsIn } from '../../ui/index.ts';
import { layoutOf } from './layout.ts';
import { type Box, partWithin } from './lines.ts';

const charts = Object.values(CHARTS);
const isApart = (a: Box, b: Box) => Math.abs(a.x - b.x) >= a.halfX + b.halfX || Math.abs(a.y - b.y) >= a.halfY + b.halfY;

test('every state, group and event of every chart has words', () => {
  const keys = charts.flatMap(({ name, states, groups, arrows }) => [
    ...[...states, ...groups.map((group) => group.name)].map((state) => `life.${name}.${state}`),
    ...arrows.flatMap(({ events }) => events.map((event) => `life.event.${event}`)),
  ]);
  const births = ['message.published', 'consumer.started', 'connection.opened', 'part.joined'].map((event) => `life.event.${event}`);
  expect([...new Set([...keys, ...births])].filter((key) => !hasText(key))).toEqual([]);
});

describe.each(LANGUAGES)('in %s', (language) => {
  const t = textsIn(language);
  test.each(charts)('the drawing of a $name is clear', (chart) => {
    const layout = layoutOf(chart, {
      state: (state) => t.dynamic(`life.${chart.name}.${state}`),
      event: (event) => t.dynamic(`life.event.${event}`),
    });
    const { states, frames, arrows, width, height } = layout;
    expect(width).toBeLessThan(380);
    expect(states.map(({ state }) => state)).toEqual(chart.states);
    expect(arrows.map(({ arrow }) => arrow)).toEqual(chart.arrows);
    const labels = arrows.flatMap(({ label }) => (label ? [label] : []));
    for (const [i, one] of states.entries()) {
      expect([one.x - one.halfX >= 0, one.y - one.halfY >= 0, one.x + one.halfX <= width, one.y + one.halfY <= height]).not.toContain(
        false,
      );
      for (const other of states.slice(i + 1)) expect(isApart(one, other), `${one.state} and ${other.state}`).toBe(true);
      for (const label of labels) expect(isApart({ ...label, halfX: label.halfX - 9 }, one), `“${label.text}” and ${one.state}`).toBe(true);
      for (const { arrow, from, to } of arrows) {
        if (arrow.from === one.state || arrow.to === one.state) continue;
        expect(partWithin(from, to, one), `${arrow.from} → ${arrow.to} and ${one.state}`).toBe(0);
      }
      for (const frame of frames) {
        const isOwn = chart.groupOf(one.state)?.name === frame.state;
        expect(isApart(one, frame), `${one.state} and the frame ${frame.state}`).toBe(!isOwn);
      }
    }
  });
});

test('the same chart always looks the same', () => {
  const words = { state: (state: string) => state, event: (event: string) => event };
  expect(layoutOf(CHARTS.message, words)).toEqual(layoutOf(CHARTS.message, words));
});
