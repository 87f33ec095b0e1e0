import { micros } from '../../../base/index.ts';
import { ENGINE_VERSION } from '../../../engine/index.ts';
import { DEFAULT_SETTINGS, type Line, type Part, type Run, type Settings } from '../../../scenario/index.ts';

const part = (id: string, kind: string, x: number, y: number, more: Partial<Part> = {}): Part => ({
  id,
  kind: `bench/${kind}`,
  name: id,
  x,
  y,
  config: {},
  ...more,
});

function run(parts: readonly Part[], lines: readonly Line[], settings: Partial<Settings>): Run {
  const scenario = { from: '', title: 'lanes', intro: '', parts, lines, settings: { ...DEFAULT_SETTINGS, ...settings } };
  return { scenario, seed: 1, engine: ENGINE_VERSION, interventions: [] };
}

/** Three copies of a log of three lanes, read by a team of three and by one alone. */
export function teamRun(records = 9): Run {
  const parts = [0, 1, 2].flatMap((i) => [
    part(`holder-${i + 1}`, 'holder', 260, 160 + i * 280, { width: 400, height: 260 }),
    part(`orders-${i + 1}`, 'log', 270, 176 + i * 280, { name: 'orders', parent: `holder-${i + 1}`, config: { records, keep: 12 } }),
  ]);
  const readers = [0, 1, 2].map((i) => part(`c-${i + 1}`, 'reader', 800, 200 + i * 120, { parent: 'billing' }));
  const team = part('billing', 'team', 800, 330, { width: 260, height: 460 });
  const lines = [1, 2, 3].map((i): Line => ({ id: `l${i}`, kind: 'bench/take', from: `orders-${i}`, to: 'billing', config: {} }));
  return run([...parts, team, ...readers, part('audit', 'reader', 800, 700)], lines, {
    latency: micros(700_000),
    until: micros(40_000_000),
  });
}

/** One log of so many lanes of so many records. */
export function longRun(lanes: number, records: number): Run {
  const parts = [
    part('holder', 'holder', 620, 1_300, { width: 1_180, height: 2_700 }),
    part('log', 'log', 620, 1_310, {
      parent: 'holder',
      width: 1_100,
      height: 12 + lanes * 50,
      config: { lanes, records, everyMillis: 20 },
    }),
    part('reader', 'reader', 1_400, 400),
  ];
  return run(parts, [], { latency: micros(500_000), until: micros(30_000_000) });
}
