import { Sketch } from './build.ts';

const PRIORITIES = [0, 1, 2, 3, 4, 5];
const QUEUE = { maxPriority: 5 };

export const priority = new Sketch()
  .broker(432, 304, 496, 400)
  .producer('p', 'hospital', 80, 304, {
    mode: 'list',
    list: PRIORITIES.map((rank, i) => ({ atMillis: 500 + 100 * i, body: `priority ${rank}`, priority: rank })),
  })
  .exchange('x', 'patients', 280, 304, 'fanout')
  .queue('q1', 'by priority', 544, 208, QUEUE)
  .queue('q2', 'the same', 544, 400, QUEUE)
  .consumer('c1', 'prefetch 1', 800, 208, { prefetch: 1, workMillis: 1_500 })
  .consumer('c2', 'prefetch 10', 800, 400, { prefetch: 10, workMillis: 1_500 })
  .publish('p', 'x')
  .bind('x', 'q1')
  .bind('x', 'q2')
  .consume('q1', 'c1')
  .consume('q2', 'c2')
  .run('priority', 16);
