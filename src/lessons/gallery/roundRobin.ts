import { Sketch } from './build.ts';

/** Of one to five seconds; every second one is short. */
export const TASKS = [5, 1, 4, 1, 5].map((weight, i) => ({ key: 'tasks', body: `task ${i + 1}`, weight, atMillis: i * 100 }));

export const roundRobin = new Sketch()
  .broker(432, 304, 496, 240)
  .producer('p', 'boss', 80, 304, { mode: 'list', list: TASKS })
  .exchange('x', '(AMQP default)', 280, 304, 'default')
  .queue('q', 'tasks', 544, 304)
  .consumer('c1', 'worker-1', 800, 216, { ackMode: 'auto', work: 'weight' })
  .consumer('c2', 'worker-2', 800, 400, { ackMode: 'auto', work: 'weight' })
  .publish('p', 'x')
  .consume('q', 'c1')
  .consume('q', 'c2')
  .run('round-robin', 24);
