import { Sketch } from './build.ts';

const WORKER = { prefetch: 3, workMillis: 700, failEvery: 2 };

export const nackRequeue = new Sketch()
  .broker(432, 304, 496, 400)
  .producer('p', 'boss', 80, 304, { mode: 'burst', count: 6, startMillis: 500, templates: [{ body: 'task' }] })
  .exchange('x', 'tasks', 280, 304, 'fanout')
  .queue('q1', 'put back', 544, 208)
  .queue('q2', 'thrown away', 544, 400)
  .consumer('c1', 'nack, requeue', 800, 208, WORKER)
  .consumer('c2', 'nack, no requeue', 800, 400, { ...WORKER, requeue: false })
  .publish('p', 'x')
  .bind('x', 'q1')
  .bind('x', 'q2')
  .consume('q1', 'c1')
  .consume('q2', 'c2')
  .run('nack-requeue', 20);
