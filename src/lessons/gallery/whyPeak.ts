import { Sketch } from './build.ts';

const SERVICE = { prefetch: 100, workMillis: 10 };

export const whyPeak = new Sketch()
  .broker(432, 304, 496, 400)
  .producer('p', 'visitors', 80, 304, { mode: 'burst', count: 1_000, startMillis: 1_000, templates: [{ key: 'request' }] })
  .exchange('x', 'requests', 280, 304, 'fanout')
  .queue('q1', 'unbounded', 544, 208)
  .queue('q2', 'at most 200', 544, 400, { maxLength: 200, overflow: 'reject-publish' })
  .consumer('c1', 'service', 800, 208, SERVICE)
  .consumer('c2', 'same service', 800, 400, SERVICE)
  .publish('p', 'x')
  .bind('x', 'q1')
  .bind('x', 'q2')
  .consume('q1', 'c1')
  .consume('q2', 'c2')
  .run('why-peak', 20);
