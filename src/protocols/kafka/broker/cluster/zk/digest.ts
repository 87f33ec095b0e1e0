import { micros } from '../../../../../base/index.ts';
import type { Context } from '../../../../../engine/index.ts';
import { isActiveController, nextZkDeadline, type ZkEffect } from '../../../controller/index.ts';
import { zookeeperBrokers } from '../../../mode.ts';
import type { Broker } from '../../state.ts';
import { answerTicket } from '../answers.ts';
import { zkOf } from '../state.ts';
import { order } from './channels.ts';
import { askZooKeeper } from './client.ts';
import { heardShutdown } from './shutdown.ts';
import { writeDrawn } from './topics.ts';

/** Until a broker whose former life is still registered tries again. */
const REGISTER_AGAIN = micros(1_000_000);

/** Turns what the controller's machine wants into requests, orders, facts and timers. */
export function digest(broker: Broker, effects: readonly ZkEffect[], x: Context): void {
  for (const effect of effects) act(broker, effect, x);
  const cluster = zkOf(broker.cluster);
  const { controller } = cluster;
  if (x.booting && !cluster.hasDrawn && isActiveController(controller) && controller.brokers.size >= zookeeperBrokers(x.wiring).size) {
    cluster.hasDrawn = true;
    writeDrawn(broker, x);
  }
  wakeUp(broker, x);
}

function act(broker: Broker, effect: ZkEffect, x: Context): void {
  const cluster = zkOf(broker.cluster);
  switch (effect.type) {
    case 'zookeeper':
      askZooKeeper(cluster.client, effect.op, { for: 'controller', xid: effect.xid }, x);
      return;
    case 'request':
      order(broker, effect.to, effect.request, x);
      return;
    case 'answer':
      heardShutdown(broker, answerTicket(broker, effect.ticket, effect.answer, x), effect.answer, x);
      return;
    case 'registered':
      broker.epoch = effect.brokerEpoch;
      cluster.view = { ...cluster.view, brokerEpoch: effect.brokerEpoch };
      if (cluster.isFenced) x.fact('broker.unfenced', broker.part, 0, '', 'registered', { node: broker.node });
      cluster.isFenced = false;
      return;
    case 'registrationRefused':
      if (cluster.refusedSession !== cluster.client.session)
        x.fact('request.refused', broker.part, 0, '', 'node-exists', { api: 'BrokerRegistration', node: broker.node });
      cluster.refusedSession = cluster.client.session;
      x.wake({ name: 'zk.register', session: cluster.client.session }, REGISTER_AGAIN);
      return;
    case 'controller':
      if (!effect.active) cluster.channels.clear();
      x.fact('controller.role', broker.part, 0, '', effect.active ? 'elected' : 'resigned', {
        epoch: effect.epoch,
        node: broker.node,
        role: effect.active ? 'active' : 'standby',
      });
      return;
    case 'elected':
    case 'electionFailed':
      return;
  }
}

/** The controller looks at preferred leaders from time to time. */
function wakeUp(broker: Broker, x: Context): void {
  const cluster = zkOf(broker.cluster);
  const at = Math.max(x.now, nextZkDeadline(cluster.controller));
  if (at >= Number.MAX_SAFE_INTEGER || (cluster.wakeAt > x.now && cluster.wakeAt <= at)) return;
  cluster.wakeAt = at;
  x.wake({ name: 'zk.controller', at }, micros(at - x.now));
}
