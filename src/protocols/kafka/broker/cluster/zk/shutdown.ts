import { micros } from '../../../../../base/index.ts';
import type { Context } from '../../../../../engine/index.ts';
import type { ClusterAnswer, ClusterRequest } from '../../../frames.ts';
import type { Broker } from '../../state.ts';
import { askController } from '../ask.ts';

/** Between two tries (controlled.shutdown.retry.backoff.ms), of which there are three. */
const STOP_AGAIN = micros(5_000_000);
const TRIES = 3;

/** Asks for others to lead this broker's partitions; it stops in the end even if nobody does. */
export function beginShutdown(broker: Broker, x: Context): void {
  x.wake({ name: 'stopAnyway' }, micros(STOP_AGAIN * TRIES));
  askShutdown(broker, x);
}

export function askShutdown(broker: Broker, x: Context): void {
  askController(broker, { type: 'ControlledShutdown', brokerId: broker.node, brokerEpoch: broker.epoch }, x);
}

export function heardShutdown(broker: Broker, request: ClusterRequest | undefined, answer: ClusterAnswer, x: Context): void {
  if (request?.type !== 'ControlledShutdown') return;
  broker.cluster.stopping = 'waiting';
  if (answer.error === 'NONE' && (answer.remaining ?? []).length === 0) x.end();
  else x.wake({ name: 'zk.stop' }, STOP_AGAIN);
}
