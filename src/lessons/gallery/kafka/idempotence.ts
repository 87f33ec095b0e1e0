import { diffScenario, type Run } from '../../../scenario/index.ts';
import { KafkaSketch } from './sketch.ts';

const lane = [408, 62] as const;
const box = [440, 160] as const;
const broker = { heartbeatMillis: 1_000, sessionTimeoutMillis: 4_000, replicaLagMillis: 4_000 };
const SECONDS = 32;

function orders(idempotence: boolean) {
  return new KafkaSketch()
    .producer('p', 'shop', 104, 114, {
      mode: 'list',
      ...(idempotence ? {} : { idempotence: false }),
      requestTimeoutMillis: 4_000,
      list: [500, 2_500, 18_500, 19_000, 25_000].map((atMillis, i) => ({ atMillis, key: 'order', body: `${i}` })),
    })
    .broker('b1', 'kafka-1', 436, 100, box, broker)
    .topic('t', 'orders', 436, 114, { partitions: 1, replicationFactor: 2, replicas: '1:2', minInsyncReplicas: 2 }, lane)
    .broker('b2', 'kafka-2', 436, 284, box, { ...broker, roles: 'broker' })
    .replica('r', 'orders', 436, 298, lane)
    .produce('p', 't')
    .link('b1', 'b2');
}

/**
 * An acknowledgement is lost, and the record is sent again. Later a record is refused because a replica is missing, the next one
 * is not, and the first is sent again behind it.
 */
const plain = orders(false)
  .at(3.6, 'cut', 'l1')
  .at(6, 'heal', 'l1')
  .at(10, 'crash', 'b2')
  .at(17.7, 'restart', 'b2')
  .detect(1.5)
  .run('idempotence', SECONDS);
const sequenced = orders(true).run('idempotence', SECONDS).scenario;

export const idempotence: Run = {
  ...plain,
  variant: diffScenario(plain.scenario, { ...sequenced, settings: plain.scenario.settings }),
};
