import { Sketch } from './build.ts';

export const fanoutLogs = new Sketch()
  .broker(432, 304, 496, 400)
  .producer('p', 'logger', 80, 304, { everyMillis: 1_500, templates: [{ body: 'line' }] })
  .exchange('x', 'logs', 280, 304, 'fanout')
  .queue('q1', 'disk', 544, 208, { exclusive: true })
  .queue('q2', 'screen', 544, 400, { exclusive: true })
  .consumer('c1', 'writes to disk', 800, 208, { ackMode: 'auto', workMillis: 300 })
  .consumer('c2', 'late screen', 800, 400, { ackMode: 'auto', workMillis: 300 })
  .publish('p', 'x')
  .bind('x', 'q1')
  .bind('x', 'q2')
  .consume('q1', 'c1')
  .consume('q2', 'c2')
  .at(6, 'join', 'q2', 'l3', 'c2', 'l5')
  .run('fanout-logs', 20);
