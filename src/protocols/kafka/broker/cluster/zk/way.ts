import type { Micros } from '../../../../../base/index.ts';
import type { Context } from '../../../../../engine/index.ts';
import {
  handleZkEvent,
  isActiveController,
  PERSISTENT_ZNODES,
  tickZk,
  zkAnswered,
  zkSessionExpired,
  zkWatchFired,
} from '../../../controller/index.ts';
import type { ControlRequestFrame, ControlResponseFrame } from '../../../frames.ts';
import { nodeIdOf } from '../../../routes.ts';
import { returnOf } from '../../answer.ts';
import { applyImage } from '../../roles.ts';
import type { Broker } from '../../state.ts';
import { answered, answerTicket } from '../answers.ts';
import { controllerLost } from '../ask.ts';
import { controllerOf, zkOf } from '../state.ts';
import type { ClusterWay } from '../way.ts';
import { emptyZkNode } from './boot.ts';
import { channelChanged, hearOrder, orderAnswered } from './channels.ts';
import { askZooKeeper, type ClientNews, connect, hearServer, ping, retry, rewired, serverAway, serverBack } from './client.ts';
import { digest } from './digest.ts';
import type { ServerFrame } from './frames.ts';
import { isrChecked, isrWritten, leaveNotice } from './isr.ts';
import { serveZookeeper } from './serve.ts';
import { askShutdown, beginShutdown, heardShutdown } from './shutdown.ts';
import type { Purpose } from './state.ts';
import { alterConfig, configRead, configWritten } from './topics.ts';

/** The metadata is in ZooKeeper: one broker has the office of the controller, and orders the others. */
export const zookeeperWay: ClusterWay = {
  begin(broker, x) {
    const { client, view } = zkOf(broker.cluster);
    if (x.booting) applyImage(broker, view.image, x);
    connect(client, x);
  },

  hear(broker, input, x) {
    const { frame, from } = input;
    const { client } = zkOf(broker.cluster);
    if ('control' in frame) hearOrder(broker, frame as ControlRequestFrame, returnOf(input), x);
    else if ('controlError' in frame) orderAnswered(broker, nodeIdOf(x.wiring, x.wiring.nodeOf(from)), frame as ControlResponseFrame, x);
    else if (frame.verb.startsWith('zk.')) take(broker, hearServer(client, from, frame as ServerFrame, x), x);
    else return false;
    return true;
  },

  ring(broker, timer, x) {
    const cluster = zkOf(broker.cluster);
    const { client, controller } = cluster;
    switch (timer.name) {
      case 'zk.ping':
        ping(client, timer['connection'] as number, x);
        return;
      case 'zk.retry':
        retry(client, timer['connection'] as number, x);
        return;
      case 'zk.register':
        if (timer['session'] === client.session) register(broker, x);
        return;
      case 'zk.controller':
        if (timer['at'] === cluster.wakeAt) digest(broker, tickZk(controller, x.now as Micros), x);
        return;
      case 'zk.isrNotice':
        leaveNotice(broker, x);
        return;
      case 'zk.stop':
        askShutdown(broker, x);
        return;
      default:
    }
  },

  peer(broker, node, part, isUp, x) {
    const { client } = zkOf(broker.cluster);
    if (node < 0) {
      if (isUp) serverBack(client, part, x);
      else serverAway(client, part, x);
      return;
    }
    channelChanged(broker, node, isUp, x);
    if (controllerOf(broker.cluster, broker.node) === node) controllerLost(broker, x);
  },

  wired: (broker, x) => rewired(zkOf(broker.cluster).client, x),
  serve: serveZookeeper,
  answered: (broker, ticket, given, x) => heardShutdown(broker, answered(broker, ticket, given, x), given, x),
  beginStop: beginShutdown,

  farewell(broker, x) {
    const { client } = zkOf(broker.cluster);
    if (client.status === 'connected') askZooKeeper(client, { op: 'close' }, { for: 'nothing' }, x);
  },

  crashed(broker, _, x) {
    const { connection, next } = zkOf(broker.cluster).client;
    return emptyZkNode(broker.node, connection, next, x);
  },

  role: ({ cluster }) => (isActiveController(zkOf(cluster).controller) ? 'activeController' : 'standbyController'),
  figures: ({ cluster }) => [{ key: 'zookeeperConnected', value: zkOf(cluster).client.status === 'connected' }],
};

/** Something has happened between this broker and ZooKeeper. */
function take(broker: Broker, news: ClientNews | undefined, x: Context): void {
  const { client, controller } = zkOf(broker.cluster);
  switch (news?.type) {
    case 'opened':
      register(broker, x);
      return;
    case 'expired':
      digest(broker, zkSessionExpired(controller, x.now), x);
      client.asked = client.asked.filter(({ purpose }) => purpose.for !== 'controller');
      client.next--;
      connect(client, x);
      return;
    case 'watch':
      digest(broker, zkWatchFired(controller, news.event, news.path, x.now), x);
      return;
    case 'reply':
      deliver(broker, news.asked.purpose, news, x);
      return;
    default:
  }
}

/** A session is open: this broker registers, and runs for controller. A process that has just begun makes sure of the tree first. */
function register(broker: Broker, x: Context): void {
  const cluster = zkOf(broker.cluster);
  const { client, controller, hasStarted } = cluster;
  if (!hasStarted)
    for (const path of PERSISTENT_ZNODES) askZooKeeper(client, { op: 'create', path, data: '', mode: 'PERSISTENT' }, { for: 'nothing' }, x);
  cluster.hasStarted = true;
  const { session } = client;
  digest(broker, handleZkEvent(controller, { type: hasStarted ? 'registerAndReelect' : 'startup', session }, x.now), x);
}

/** ZooKeeper's answer goes to whoever asked. */
function deliver(broker: Broker, purpose: Purpose, { answer }: Extract<ClientNews, { readonly type: 'reply' }>, x: Context): void {
  switch (purpose.for) {
    case 'nothing':
      return;
    case 'controller':
      digest(broker, zkAnswered(zkOf(broker.cluster).controller, purpose.xid, answer, x.now), x);
      return;
    case 'ticket': {
      const error = answer.err === '' ? 'NONE' : answer.err === 'NODE_EXISTS' ? purpose.exists : 'UNKNOWN_TOPIC_OR_PARTITION';
      answerTicket(broker, purpose.ticket, { error }, x);
      return;
    }
    case 'config':
      configRead(broker, purpose, answer, x);
      return;
    case 'configWritten':
      if (answer.err !== '') {
        alterConfig(broker, purpose, x);
        return;
      }
      digest(broker, configWritten(broker, purpose, x), x);
      answerTicket(broker, purpose.ticket, { error: 'NONE' }, x);
      return;
    case 'isr':
      isrWritten(broker, purpose.ticket, purpose.wish, answer, x);
      return;
    case 'isrCheck':
      isrChecked(broker, purpose.ticket, purpose.wish, answer, x);
      return;
  }
}
