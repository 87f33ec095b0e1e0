import type { Context, Input, Timer } from '../../../../engine/index.ts';
import type { ControllerRequestFrame, ControllerResponseFrame } from '../../frames.ts';
import { isZookeeperMode } from '../../mode.ts';
import { returnOf } from '../answer.ts';
import { retryIsr } from '../isr.ts';
import type { Broker } from '../state.ts';
import { askAgain } from './ask.ts';
import { newKraftCluster } from './kraft/boot.ts';
import { kraftWay } from './kraft/way.ts';
import type { Cluster } from './state.ts';
import type { ClusterWay } from './way.ts';
import { newZkNode } from './zk/boot.ts';
import { zookeeperWay } from './zk/way.ts';

/** The part in the cluster of a node that is new: where the metadata is shows in the drawing. */
export function newCluster(node: number, x: Context): Cluster {
  return isZookeeperMode(x.wiring) ? newZkNode(node, x) : newKraftCluster(node, x);
}

const WAYS: { readonly [T in Cluster['type']]: ClusterWay } = { kraft: kraftWay, zookeeper: zookeeperWay };

export function clusterWay({ cluster }: Broker): ClusterWay {
  return WAYS[cluster.type];
}

/** True: the frame was about running the cluster. */
export function hearCluster(broker: Broker, input: Extract<Input, { readonly type: 'frame' }>, x: Context): boolean {
  const { frame } = input;
  const way = clusterWay(broker);
  if ('request' in frame) {
    const ticket = broker.next++;
    broker.cluster.tickets.set(ticket, { ...returnOf(input), api: frame.verb });
    way.serve(broker, ticket, (frame as ControllerRequestFrame).request, x);
    return true;
  }
  if (!('answer' in frame)) return way.hear(broker, input, x);
  const { correlation, answer } = frame as ControllerResponseFrame;
  way.answered(broker, correlation, answer, x);
  return true;
}

export function ringCluster(broker: Broker, timer: Timer, x: Context): void {
  switch (timer.name) {
    case 'askAgain':
      askAgain(broker, timer['ticket'] as number, x);
      return;
    case 'retryIsr':
      retryIsr(broker, timer['tp'] as string, x);
      return;
    case 'stopAnyway':
      x.end();
      return;
    default:
      clusterWay(broker).ring(broker, timer, x);
  }
}

/** This node's own requests to itself. */
export function askSelf(broker: Broker, x: Context): void {
  const { outbox, asked } = broker.cluster;
  for (const ticket of outbox.splice(0)) {
    const request = asked.get(ticket);
    if (request) clusterWay(broker).serve(broker, ticket, request, x);
  }
}

/** A person asks the process to stop: others shall lead its partitions first. */
export function beginStop(broker: Broker, x: Context): void {
  const { cluster } = broker;
  if (cluster.stopping !== 'no') return;
  cluster.stopping = 'asked';
  x.fact('broker.stopping', broker.part, 0, '', 'controlled-shutdown', { node: broker.node });
  clusterWay(broker).beginStop(broker, x);
}
