import { diffScenario, type Run } from '../../scenario/index.ts';
import { Sketch } from './build.ts';

const debits = (remembers: boolean) =>
  new Sketch()
    .node('b', 'rabbit-1', 416, 240, 464, 304)
    .producer('p', 'bank', 80, 240, {
      mode: 'list',
      list: [
        { atMillis: 500, key: 'debits', body: '-100', persistent: true },
        { atMillis: 1_000, key: 'debits', body: '-20', persistent: true },
      ],
    })
    .exchange('x', '(AMQP default)', 280, 240, 'default')
    .queue('q', 'debits', 536, 240)
    .consumer('c', 'account', 752, 240, { prefetch: 1, workMillis: 1_000, remembers })
    .publish('p', 'x')
    .consume('q', 'c');

const DETECT = 1.5;

/**
 * The acknowledgement is on its way when the line is cut: the work is done, and the broker never hears of it. On the right the
 * account remembers what it has booked.
 */
const forgetful = debits(false).at(2.9, 'cut', 'l2').at(6, 'heal', 'l2').detect(DETECT).run('duplicate-lost-ack', 14);
const careful = debits(true).run('duplicate-lost-ack', 14).scenario;

export const duplicateLostAck: Run = {
  ...forgetful,
  variant: diffScenario(forgetful.scenario, { ...careful, settings: forgetful.scenario.settings }),
};
