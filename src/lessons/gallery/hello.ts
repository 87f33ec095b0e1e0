import { Sketch } from './build.ts';

export const hello = new Sketch()
  .broker(432, 304, 496, 240)
  .producer('p', 'sender', 80, 304, { everyMillis: 2_000, templates: [{ key: 'hello', body: 'Hello' }] })
  .exchange('x', '(AMQP default)', 280, 304, 'default')
  .queue('q', 'hello', 544, 304)
  .consumer('c', 'receiver', 800, 304, { workMillis: 800 })
  .publish('p', 'x')
  .consume('q', 'c')
  .run('hello', 20);
