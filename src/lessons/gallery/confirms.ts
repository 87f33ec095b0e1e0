import { Sketch } from './build.ts';

/** The broker dies with two confirmed messages on disk and one in the buffer that nobody has confirmed. */
export const confirms = new Sketch()
  .node('b', 'rabbit-1', 448, 304, 528, 400)
  .producer('p', 'shop', 80, 304, {
    mode: 'list',
    guarantee: 'confirms',
    batch: 5,
    attempts: 3,
    retryMillis: 1_000,
    list: [
      { atMillis: 500, body: 'order 1', key: 'eu', persistent: true, mandatory: true },
      { atMillis: 1_500, body: 'order 2', key: 'mars', persistent: true, mandatory: true },
      { atMillis: 5_200, body: 'order 3', key: 'eu', persistent: true, mandatory: true },
    ],
  })
  .exchange('x', 'orders', 288, 304, 'direct')
  .queue('q', 'to-ship', 560, 240)
  .disk('d', 'disk', 560, 416, { fsyncMillis: 1_500 })
  .publish('p', 'x')
  .bind('x', 'q', { key: 'eu' })
  .at(7, 'crash', 'b')
  .at(9, 'restart', 'b')
  .run('confirms', 18);
