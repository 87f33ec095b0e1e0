import { Sketch } from './build.ts';

export const forgottenAck = new Sketch()
  .broker(432, 304, 496, 240)
  .producer('p', 'sender', 80, 304, { everyMillis: 1_200, templates: [{ key: 'work', body: 'task' }] })
  .exchange('x', '(AMQP default)', 280, 304, 'default')
  .queue('q', 'work', 544, 304)
  .consumer('c', 'forgetful', 800, 304, { ackMode: 'never', workMillis: 300 })
  .publish('p', 'x')
  .consume('q', 'c')
  .at(14, 'crash', 'c')
  .at(17, 'restart', 'c')
  .run('forgotten-ack', 30);
