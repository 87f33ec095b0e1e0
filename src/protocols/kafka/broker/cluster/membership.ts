import { fromMillis, micros } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { BrokerConfig } from '../../configs.ts';
import type { ControllerAnswer } from '../../controller/index.ts';
import { logEnd } from '../../controller/quorum/log.ts';
import type { Broker } from '../state.ts';
import { askController } from './ask.ts';

/** A broker that starts registers itself: until it has caught up it is fenced, and leads nothing. */
export function register(broker: Broker, x: Context): void {
  const { rack } = x.config<BrokerConfig>(x.wiring.self.id);
  const { incarnation: incarnationId } = broker.cluster;
  askController(
    broker,
    { type: 'RegisterBroker', brokerId: broker.node, incarnationId, previousBrokerEpoch: -1, ...(rack === '' ? {} : { rack }) },
    x,
  );
}

/** Until a registration that was refused is tried again, in µs. It doubles, up to a session's time. */
const BACKOFF_MILLIS = 100;

/** Its former life is still registered, or the controller could not take it: later. */
export function registerLater(broker: Broker, x: Context): void {
  const { sessionTimeoutMillis } = x.config<BrokerConfig>(x.wiring.self.id);
  const { refusals } = broker.cluster;
  broker.cluster.refusals = refusals + 1;
  x.wake({ name: 'register' }, micros(fromMillis(Math.min(BACKOFF_MILLIS * (1 << Math.min(refusals, 20)), sessionTimeoutMillis))));
}

export function beginHeartbeats(broker: Broker, x: Context): void {
  x.wake({ name: 'brokerHeartbeat', epoch: broker.epoch }, micros(0));
}

/** Tells the controller that this broker lives, and how far it has read the metadata log. */
export function beat(broker: Broker, x: Context): void {
  const { heartbeatMillis } = x.config<BrokerConfig>(x.wiring.self.id);
  x.wake({ name: 'brokerHeartbeat', epoch: broker.epoch }, micros(fromMillis(heartbeatMillis)));
  const isOut = [...broker.cluster.asked.values()].some(({ type }) => type === 'BrokerHeartbeat');
  if (isOut) return;
  const currentMetadataOffset = Math.min(broker.cluster.kraft.quorum.highWatermark, logEnd(broker.cluster.kraft.quorum.log));
  askController(
    broker,
    {
      type: 'BrokerHeartbeat',
      brokerId: broker.node,
      brokerEpoch: broker.epoch,
      currentMetadataOffset,
      wantFence: false,
      wantShutDown: false,
    },
    x,
  );
}

export function heardHeartbeat(broker: Broker, answer: ControllerAnswer, x: Context): void {
  if (answer.error === 'STALE_BROKER_EPOCH' || answer.error === 'BROKER_ID_NOT_REGISTERED') {
    register(broker, x);
    return;
  }
  const isFenced = answer.isFenced ?? false;
  if (isFenced !== broker.cluster.isFenced)
    x.fact(isFenced ? 'broker.fenced' : 'broker.unfenced', broker.part, 0, '', '', { node: broker.node });
  broker.cluster.isFenced = isFenced;
}
