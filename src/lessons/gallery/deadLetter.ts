import { Sketch } from './build.ts';

const DEAD = { isDeadLettered: true, deadLetterExchange: 'dead letters' };

export const deadLetter = new Sketch()
  .broker(528, 352, 688, 560)
  .producer('p', 'shop', 80, 256, { everyMillis: 1_500, limit: 8, templates: [{ key: 'order', body: 'order' }] })
  .exchange('x', 'orders', 280, 256, 'fanout')
  .queue('q1', 'refused', 544, 160, DEAD)
  .queue('q2', 'two seconds only', 544, 256, { ...DEAD, messageTtl: 2_000 })
  .queue('q3', 'two at most', 544, 352, { ...DEAD, maxLength: 2 })
  .consumer('c1', 'rejects every second', 960, 160, { prefetch: 1, workMillis: 400, failEvery: 2, requeue: false })
  .exchange('d', 'dead letters', 544, 528, 'fanout')
  .queue('q4', 'morgue', 752, 528)
  .consumer('c2', 'undertaker', 960, 528, { workMillis: 200 })
  .publish('p', 'x')
  .bind('x', 'q1')
  .bind('x', 'q2')
  .bind('x', 'q3')
  .bind('d', 'q4')
  .consume('q1', 'c1')
  .consume('q4', 'c2')
  .run('dead-letter', 20);
