import { Sketch } from './build.ts';

/** The same name in two virtual hosts is two queues; a channel that is closed by an error leaves the other one of its connection alone. */
export const vhostsChannels = new Sketch()
  .node('b', 'rabbit-1', 464, 320, 560, 528, {
    permissions: [
      { user: 'guest', vhost: '/' },
      { user: 'tester', vhost: 'test', read: '^orders$' },
    ],
  })
  .producer('p1', 'shop', 80, 176, { everyMillis: 1_500, startMillis: 300 })
  .exchange('x1', 'orders', 304, 176, 'fanout')
  .queue('q1', 'orders', 576, 128)
  .queue('q2', 'audit', 576, 256)
  .consumer('c1', 'app', 840, 192, { ownChannels: true, prefetch: 1, workMillis: 700 })
  .producer('p2', 'test shop', 80, 464, { everyMillis: 1_500, startMillis: 900, vhost: 'test', user: 'tester' })
  .exchange('x2', 'orders', 304, 464, 'fanout', { vhost: 'test' })
  .queue('q3', 'orders', 576, 416, { vhost: 'test' })
  .queue('q4', 'audit', 576, 528, { vhost: 'test' })
  .consumer('c2', 'test app', 840, 464, { ownChannels: true, prefetch: 1, workMillis: 700, vhost: 'test', user: 'tester' })
  .publish('p1', 'x1')
  .bind('x1', 'q1')
  .bind('x1', 'q2')
  .consume('q1', 'c1')
  .consume('q2', 'c1')
  .publish('p2', 'x2')
  .bind('x2', 'q3')
  .bind('x2', 'q4')
  .consume('q3', 'c2')
  .consume('q4', 'c2')
  .run('vhosts-channels', 15);
