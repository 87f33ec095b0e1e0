import { Sketch } from './build.ts';

export const rpc = new Sketch()
  .node('b', 'rabbit-1', 432, 304, 496, 360)
  .producer('p', 'asker', 80, 304, {
    everyMillis: 2_500,
    startMillis: 500,
    limit: 5,
    expectsReplies: true,
    templates: [
      { key: 'square', body: '3', weight: 1 },
      { key: 'square', body: '12', weight: 2 },
    ],
  })
  .exchange('x', '(AMQP default)', 280, 304, 'default')
  .queue('q', 'square', 560, 304)
  .consumer('c', 'server', 784, 304, { replies: true, work: 'weight', workMillis: 500, prefetch: 1 })
  .publish('p', 'x')
  .consume('q', 'c')
  .run('rpc', 16);
