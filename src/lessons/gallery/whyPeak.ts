import { Sketch } from './build.ts';

export const whyPeak = new Sketch()
  .broker(432, 304, 496, 240)
  .producer('p', 'visitors', 80, 304, { mode: 'burst', count: 1_000, startMillis: 1_000, templates: [{ key: 'requests' }] })
  .exchange('x', '(AMQP default)', 280, 304, 'default')
  .queue('q', 'requests', 544, 304)
  .consumer('c', 'service', 800, 304, { prefetch: 100, workMillis: 10 })
  .publish('p', 'x')
  .consume('q', 'c')
  .run('why-peak', 20);
