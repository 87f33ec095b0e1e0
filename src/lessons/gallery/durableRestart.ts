import { Sketch } from './build.ts';

export const durableRestart = new Sketch()
  .broker(416, 304, 464, 400)
  .producer('p', 'shop', 80, 304, {
    mode: 'list',
    list: [
      { atMillis: 500, body: 'persistent', persistent: true },
      { atMillis: 1_000, body: 'transient' },
      { atMillis: 1_500, body: 'persistent', persistent: true },
      { atMillis: 2_000, body: 'transient' },
    ],
  })
  .exchange('x', 'orders', 280, 304, 'fanout')
  .queue('q1', 'durable', 544, 208)
  .queue('q2', 'transient', 544, 400, { durable: false })
  .publish('p', 'x')
  .bind('x', 'q1')
  .bind('x', 'q2')
  .at(6, 'crash', 'b')
  .at(9, 'restart', 'b')
  .run('durable-restart', 14);
