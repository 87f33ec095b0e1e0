import type { Context } from '../../../../../engine/index.ts';
import { applyControlRequest, type ControllerError, type ControlRequest, checkControlRequest } from '../../../controller/index.ts';
import { partitionName } from '../../../message.ts';
import { applyPartition, dropReplica, know, stopReplica } from '../../roles.ts';
import type { Broker } from '../../state.ts';
import { controllerLost } from '../ask.ts';
import { zkOf } from '../state.ts';

type Orders<T extends ControlRequest['type']> = Extract<ControlRequest, { readonly type: T }>;

/** Does what a controller orders, unless that one has been replaced or means a former life of this broker. */
export function obey(broker: Broker, request: ControlRequest, x: Context): ControllerError {
  const cluster = zkOf(broker.cluster);
  const error = checkControlRequest(cluster.view, request);
  if (error !== 'NONE') {
    const { controllerId, controllerEpoch } = request;
    const data = { api: request.type, controller: controllerId, epoch: controllerEpoch, known: cluster.view.controllerEpoch };
    x.fact('request.refused', broker.part, 0, '', error.toLowerCase().replaceAll('_', '-'), data);
    return error;
  }
  // Whoever was asked before is the controller no more.
  if (request.controllerEpoch > cluster.view.controllerEpoch) controllerLost(broker, x);
  cluster.view = applyControlRequest(cluster.view, request);
  if (request.type === 'LeaderAndIsr') leadOrFollow(broker, request, x);
  else if (request.type === 'StopReplica') stop(broker, request, x);
  else learn(broker, x);
  return 'NONE';
}

/** Only news of a later leader epoch count. */
function leadOrFollow(broker: Broker, { partitions }: Orders<'LeaderAndIsr'>, x: Context): void {
  for (const { topic, partition, isNew: _, controllerEpoch: __, ...registration } of partitions) {
    const replica = broker.replicas.get(partitionName(topic, partition));
    if (!replica || registration.leaderEpoch > replica.leaderEpoch) applyPartition(broker, topic, partition, registration, x);
  }
}

function stop(broker: Broker, { partitions }: Orders<'StopReplica'>, x: Context): void {
  for (const { topic, partition, leaderEpoch, deletePartition } of partitions) {
    const tp = partitionName(topic, partition);
    const replica = broker.replicas.get(tp);
    if (!replica || leaderEpoch < replica.leaderEpoch) continue;
    if (deletePartition) dropReplica(broker, tp, 'deleted', x);
    else stopReplica(broker, tp, x);
  }
}

/** What clients are told. While the run begins not all brokers have registered yet, but the cluster stands already. */
function learn(broker: Broker, x: Context): void {
  const { image } = zkOf(broker.cluster).view;
  if (x.booting && image.brokers.size < broker.image.brokers.size) return;
  know(broker, image);
}
