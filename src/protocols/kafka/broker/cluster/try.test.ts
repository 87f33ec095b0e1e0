import { test } from 'vitest';
import { Play } from './modes.testkit.ts';

test('try', () => {
  const t0 = performance.now();
  const play = new Play({
    servers: 3,
    version: '2.8',
    group: true,
    seconds: 80,
    deeds: [
      [5, 'crash', 'b1'],
      [45, 'restart', 'b1'],
      [60, 'elect', 'orders'],
    ],
  });
  console.log(
    'boot',
    performance.now() - t0,
    play.facts.length,
    play.leaders(),
    play.offices(),
    [1, 2, 3].map((n) => play.broker(n).cluster.type),
  );
  for (const s of [1, 4, 10, 20, 30, 44, 50, 59, 70, 80]) {
    play.to(s);
    console.log(s, play.leaders(), play.offices(), play.of('message.confirmed').length, play.of('message.received').length);
  }
  const kinds = new Map<string, number>();
  for (const f of play.facts) kinds.set(f.kind, (kinds.get(f.kind) ?? 0) + 1);
  console.log(kinds);
  for (const f of play.facts)
    if (f.time > 0 && !/^(message|watermark|work|batch|znode|watch|offset)/.test(f.kind))
      console.log(f.time / 1e6, f.kind, f.at, f.why, JSON.stringify(f.data));
});
