import { Sketch } from './build.ts';

/** A queue on three nodes: its leader dies and most members go on; then a second one dies, and nothing goes on. */
export const clusterQuorum = new Sketch()
  .node('b1', 'rabbit-1', 448, 136, 432, 208)
  .exchange('x', '(AMQP default)', 320, 152, 'default')
  .replica('r1', 'orders', 528, 152)
  .node('b2', 'rabbit-2', 272, 440, 400, 208)
  .queue('q', 'orders', 288, 456, { queueType: 'quorum' })
  .node('b3', 'rabbit-3', 720, 440, 400, 208)
  .replica('r3', 'orders', 736, 456)
  .producer('p', 'shop', 96, 136, {
    everyMillis: 2_000,
    startMillis: 400,
    guarantee: 'confirms',
    batch: 20,
    templates: [{ key: 'orders' }],
  })
  .consumer('c', 'worker', 808, 136, { prefetch: 2, workMillis: 1_200 })
  .link('b1', 'b2')
  .link('b1', 'b3')
  .link('b2', 'b3')
  .publish('p', 'x')
  .consumeVia('b1', 'c', 'orders')
  .at(9, 'crash', 'b2')
  .at(20, 'crash', 'b3')
  .at(29, 'restart', 'b2')
  .run('cluster-quorum', 42);
