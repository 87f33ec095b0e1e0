import { fromMillis, type Micros, micros } from '../../../../../base/index.ts';
import type { Context } from '../../../../../engine/index.ts';
import { type KraftNode, kraftDisk, startKraftNode, stopKraft, tickKraft } from '../../../controller/kraft/node.ts';
import { quorumFetchFailed } from '../../../controller/quorum/quorum.ts';
import type { QuorumFrame } from '../../../frames.ts';
import { servingBrokers } from '../../../routes.ts';
import { drawOf } from '../../draw.ts';
import { applyImage } from '../../roles.ts';
import type { Broker } from '../../state.ts';
import { answered } from '../answers.ts';
import { controllerLost } from '../ask.ts';
import { kraftOf, newCommon } from '../state.ts';
import type { ClusterWay } from '../way.ts';
import { digest, hearQuorum, kraftTimer, serveKraft, tellBooted } from './digest.ts';
import { beat, beatOn, beginHeartbeats, memberAnswered, register } from './membership.ts';

/** How long a broker waits to be let go before it stops all the same. */
const STOP_LIMIT = micros(fromMillis(300_000));

/** The controllers keep the metadata in a log of their own, by Raft's rules. */
export const kraftWay: ClusterWay = {
  begin(broker, x) {
    const cluster = kraftOf(broker.cluster);
    const serves = isServing(broker, x);
    // A controller alone is no broker: it never registers, and there is nothing that it could be fenced from.
    if (!serves && cluster.isFenced) x.fact('broker.unfenced', broker.part, 0, '', 'controller-only', { node: broker.node });
    cluster.isFenced &&= serves;
    cluster.incarnation = `${broker.part}@${x.now}`;
    if (x.booting) {
      tellBooted(broker, x);
      applyImage(broker, cluster.kraft.committed, x);
      if (serves) beginHeartbeats(broker, x);
    } else cluster.kraft = restarted(broker, x);
    digest(broker, tickKraft(cluster.kraft, x.now, drawOf(x)), x);
    if (serves && !x.booting) register(broker, x);
  },

  hear(broker, { frame }, x) {
    if (!('quorum' in frame)) return false;
    hearQuorum(broker, frame as QuorumFrame, x);
    return true;
  },

  ring(broker, timer, x) {
    switch (timer.name) {
      case 'kraft':
        kraftTimer(broker, timer['at'] as Micros, x);
        return;
      case 'brokerHeartbeat':
        beatOn(broker, timer['epoch'] as number, x);
        return;
      case 'beat':
        beat(broker, x);
        return;
      case 'register':
        register(broker, x);
        return;
      default:
    }
  },

  peer(broker, node, _, isUp, x) {
    const { kraft } = kraftOf(broker.cluster);
    if (kraft.quorum.leaderId !== node) return;
    if (!isUp) quorumFetchFailed(kraft.quorum, x.now);
    controllerLost(broker, x);
    digest(broker, [], x);
  },

  wired() {},
  serve: serveKraft,
  answered: (broker, ticket, given, x) => memberAnswered(broker, answered(broker, ticket, given, x), given, x),

  beginStop(broker, x) {
    if (!isServing(broker, x)) {
      x.end();
      return;
    }
    x.wake({ name: 'stopAnyway' }, STOP_LIMIT);
    beat(broker, x);
  },

  farewell(broker, x) {
    digest(broker, stopKraft(kraftOf(broker.cluster).kraft, x.now, drawOf(x)), x);
  },

  crashed(broker, isClean, x) {
    const previousEpoch = isClean && broker.features.hasCleanShutdownEpoch ? broker.epoch : -1;
    return { type: 'kraft', ...newCommon(true), kraft: restarted(broker, x), wakeAt: 0, incarnation: '', refusals: 0, previousEpoch };
  },

  role({ cluster, node }) {
    const { kraft } = kraftOf(cluster);
    return kraft.active ? 'activeController' : kraft.quorum.voters.includes(node) ? 'standbyController' : 'brokerOnly';
  },
  figures: () => [],
};

function isServing({ node }: Broker, { wiring }: Context): boolean {
  return servingBrokers(wiring).has(node);
}

/** What the disk has of the metadata log; its time-outs count from now. */
function restarted({ cluster, node }: Broker, x: Context): KraftNode {
  const { kraft } = kraftOf(cluster);
  return startKraftNode(node, kraft.quorum.voters, kraft.settings, x.now, drawOf(x), kraftDisk(kraft));
}
