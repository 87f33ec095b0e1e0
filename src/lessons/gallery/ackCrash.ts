import { Sketch } from './build.ts';

export const ackCrash = new Sketch()
  .broker(432, 304, 496, 400)
  .producer('p', 'boss', 80, 304, { mode: 'burst', count: 5, templates: [{ body: 'task' }] })
  .exchange('x', 'tasks', 280, 304, 'fanout')
  .queue('q1', 'manual', 544, 208)
  .queue('q2', 'automatic', 544, 400)
  .consumer('c1', 'acks after work', 800, 208, { prefetch: 2, workMillis: 2_000 })
  .consumer('c2', 'auto-ack', 800, 400, { ackMode: 'auto', workMillis: 2_000 })
  .publish('p', 'x')
  .bind('x', 'q1')
  .bind('x', 'q2')
  .consume('q1', 'c1')
  .consume('q2', 'c2')
  .at(4, 'crash', 'c1', 'c2')
  .at(7, 'restart', 'c1', 'c2')
  .run('ack-crash', 26);
