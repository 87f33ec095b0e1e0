import { type Micros, micros } from '../../../base/index.ts';
import { ENGINE_VERSION } from '../../../engine/index.ts';
import { DEFAULT_SETTINGS, type Intervention, type Line, type Part, type Run, type Settings } from '../../../scenario/index.ts';

const second = (seconds: number): Micros => micros(seconds * 1_000_000);

function run(
  parts: readonly Part[],
  lines: readonly Line[],
  settings: Partial<Settings>,
  interventions: readonly Intervention[] = [],
): Run {
  const scenario = { from: '', title: '', intro: '', parts, lines, settings: { ...DEFAULT_SETTINGS, ...settings } };
  return { scenario, seed: 1, engine: ENGINE_VERSION, interventions };
}

const part = (id: string, kind: string, x: number, y: number, config: Part['config'] = {}, more: Partial<Part> = {}): Part => ({
  id,
  kind: `rabbitmq/${kind}`,
  name: id,
  x,
  y,
  config,
  ...more,
});
const line = (kind: string, from: string, to: string, config: Line['config'] = {}): Line => ({
  id: `${from}-${to}`,
  kind: `rabbitmq/${kind}`,
  from,
  to,
  config,
});

const inside = { parent: 'broker' };

/** A shop whose orders are worked on and audited: everything that the stage can show in one small drawing. */
export function shopRun(): Run {
  const parts = [
    part('broker', 'broker', 424, 314, {}, { width: 392, height: 452 }),
    part('shop', 'producer', 102, 308, {
      everyMillis: 400,
      templates: [{ key: 'order.paid' }, { key: 'order.sent' }, { key: 'audit.login' }, { key: 'stray', mandatory: true }, { key: 'lost' }],
    }),
    part('orders', 'exchange', 306, 308, { type: 'topic' }, inside),
    part('work', 'queue', 511, 220, {}, inside),
    part('audit', 'queue', 511, 412, {}, inside),
    part('worker-1', 'consumer', 770, 150, { prefetch: 3, workMillis: 2_500 }),
    part('worker-2', 'consumer', 770, 264, { prefetch: 1, workMillis: 1_000, failEvery: 3 }),
    part('auditor', 'consumer', 770, 428, { prefetch: 20, workMillis: 600 }),
  ];
  const lines = [
    line('publish', 'shop', 'orders'),
    line('binding', 'orders', 'work', { key: 'order.*' }),
    line('binding', 'orders', 'audit', { key: 'audit.#' }),
    line('consume', 'work', 'worker-1'),
    line('consume', 'work', 'worker-2'),
    line('consume', 'audit', 'auditor'),
  ];
  const deeds = [
    { at: second(9), verb: 'crash', target: 'worker-1', args: {} },
    { at: second(12), verb: 'restart', target: 'worker-1', args: {} },
    { at: second(14), verb: 'publish', target: 'shop', args: { key: 'order.bulk', count: 300 } },
  ];
  return run(parts, lines, { latency: second(0.6), hop: second(0.4), until: second(30) }, deeds);
}

/** Fifty parts with about so many messages on their way at once, each with a number of its own. */
export function busyRun(messages: number): Run {
  const parts: Part[] = [part('broker', 'broker', 640, 640, {}, { width: 700, height: 1_240 })];
  const lines: Line[] = [];
  // On its way for 2 s to the exchange, 1 s inside the broker, 2 s to the consumer: five seconds' worth in the air.
  const everyMillis = Math.max(1, Math.round(50_000 / messages));
  for (let i = 0; i < 10; i++) {
    const y = 80 + i * 120;
    parts.push(part(`p${i}`, 'producer', 120, y, { everyMillis, startMillis: i, templates: [{ key: `k${i % 7}` }] }));
    parts.push(part(`x${i}`, 'exchange', 420, y, { type: 'fanout' }, inside));
    parts.push(part(`q${i}`, 'queue', 780, y, {}, inside));
    parts.push(part(`c${i}`, 'consumer', 1_160, y - 30, { ackMode: 'auto', workMillis: 0 }));
    if (i < 9) parts.push(part(`d${i}`, 'consumer', 1_160, y + 40, { ackMode: 'auto', workMillis: 0 }));
    lines.push(line('publish', `p${i}`, `x${i}`), line('binding', `x${i}`, `q${i}`), line('consume', `q${i}`, `c${i}`));
    if (i < 9) lines.push(line('consume', `q${i}`, `d${i}`));
  }
  return run(parts, lines, { latency: second(2), hop: second(1), until: second(30) });
}
