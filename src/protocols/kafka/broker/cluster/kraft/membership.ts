import { fromMillis, micros } from '../../../../../base/index.ts';
import type { Context } from '../../../../../engine/index.ts';
import type { BrokerConfig } from '../../../configs.ts';
import { logEnd } from '../../../controller/quorum/log.ts';
import type { ClusterAnswer, ClusterRequest } from '../../../frames.ts';
import type { Broker } from '../../state.ts';
import { askController } from '../ask.ts';
import { kraftOf } from '../state.ts';

/** Until a registration that was refused is tried again, in µs. It doubles, up to a session's time. */
const BACKOFF_MILLIS = 100;
const DOUBLINGS_MAX = 20;
/** A broker that is to stop asks again so soon after the first answer. */
const STOP_AGAIN = micros(50_000);

/** A broker that starts registers itself: until it has caught up it is fenced, and leads nothing. */
export function register(broker: Broker, x: Context): void {
  const { rack } = x.config<BrokerConfig>(x.wiring.self.id);
  const { incarnation: incarnationId, previousEpoch: previousBrokerEpoch } = kraftOf(broker.cluster);
  askController(
    broker,
    { type: 'RegisterBroker', brokerId: broker.node, incarnationId, previousBrokerEpoch, ...(rack === '' ? {} : { rack }) },
    x,
  );
}

export function beginHeartbeats(broker: Broker, x: Context): void {
  x.wake({ name: 'brokerHeartbeat', epoch: broker.epoch }, micros(0));
}

/** The round of heartbeats of one registration. */
export function beatOn(broker: Broker, epoch: number, x: Context): void {
  if (epoch !== broker.epoch) return;
  const { heartbeatMillis } = x.config<BrokerConfig>(x.wiring.self.id);
  x.wake({ name: 'brokerHeartbeat', epoch }, micros(fromMillis(heartbeatMillis)));
  beat(broker, x);
}

/** Tells the controller that this broker lives, how far it has read the metadata log, and whether it wants to stop. */
export function beat(broker: Broker, x: Context): void {
  const { asked, kraft, stopping } = kraftOf(broker.cluster);
  const isOut = [...asked.values()].some(({ type }) => type === 'BrokerHeartbeat');
  if (isOut) return;
  const { highWatermark, log } = kraft.quorum;
  const [brokerId, brokerEpoch, currentMetadataOffset] = [broker.node, broker.epoch, Math.min(highWatermark, logEnd(log)) - 1];
  const wantShutDown = stopping !== 'no';
  askController(broker, { type: 'BrokerHeartbeat', brokerId, brokerEpoch, currentMetadataOffset, wantFence: false, wantShutDown }, x);
}

/** The controller has answered what concerns this broker's membership. */
export function memberAnswered(broker: Broker, request: ClusterRequest | undefined, answer: ClusterAnswer, x: Context): void {
  if (request?.type === 'RegisterBroker') heardRegistration(broker, answer, x);
  else if (request?.type === 'BrokerHeartbeat') heardHeartbeat(broker, answer, x);
}

function heardRegistration(broker: Broker, answer: ClusterAnswer, x: Context): void {
  const cluster = kraftOf(broker.cluster);
  if (answer.brokerEpoch === undefined) {
    // Its former life is still registered, or the controller could not take it.
    const { sessionTimeoutMillis } = x.config<BrokerConfig>(x.wiring.self.id);
    const backoff = BACKOFF_MILLIS * (1 << Math.min(cluster.refusals, DOUBLINGS_MAX));
    cluster.refusals++;
    x.wake({ name: 'register' }, micros(fromMillis(Math.min(backoff, sessionTimeoutMillis))));
    return;
  }
  broker.epoch = answer.brokerEpoch;
  cluster.refusals = 0;
  cluster.previousEpoch = -1;
  beginHeartbeats(broker, x);
}

function heardHeartbeat(broker: Broker, answer: ClusterAnswer, x: Context): void {
  if (answer.error === 'STALE_BROKER_EPOCH' || answer.error === 'BROKER_ID_NOT_REGISTERED') {
    register(broker, x);
    return;
  }
  const cluster = kraftOf(broker.cluster);
  if (cluster.stopping !== 'no') {
    if (answer.shouldShutDown) x.end();
    else if (cluster.stopping === 'asked') x.wake({ name: 'beat' }, STOP_AGAIN);
    cluster.stopping = 'waiting';
    return;
  }
  cluster.isFenced = answer.isFenced ?? false;
}
