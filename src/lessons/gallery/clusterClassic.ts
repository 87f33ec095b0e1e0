import { Sketch } from './build.ts';

/** Both nodes know both queues; the messages of each are on one node only, and that one stops for a while. */
export const clusterClassic = new Sketch()
  .producer('p', 'shop', 80, 208, {
    everyMillis: 1_600,
    startMillis: 400,
    templates: [
      { key: 'a', persistent: true },
      { key: 'b', persistent: true },
    ],
  })
  .node('b1', 'rabbit-1', 448, 176, 528, 272)
  .exchange('x', 'orders', 304, 208, 'direct')
  .queue('q1', 'near', 560, 144)
  .node('b2', 'rabbit-2', 448, 528, 528, 240)
  .queue('q2', 'far', 560, 560)
  .consumer('c1', 'worker-1', 816, 144, { prefetch: 1, workMillis: 600 })
  .consumer('c2', 'worker-2', 816, 352, { prefetch: 1, workMillis: 600 })
  .link('b1', 'b2')
  .publish('p', 'x')
  .bind('x', 'q1', { key: 'a' })
  .bind('x', 'q2', { key: 'b' })
  .consume('q1', 'c1')
  .consumeVia('b1', 'c2', 'far')
  .at(8, 'stop', 'b2')
  .at(15, 'restart', 'b2')
  .run('cluster-classic', 24, 'key');
