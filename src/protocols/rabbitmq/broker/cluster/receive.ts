import type { Context, NodeId } from '../../../../engine/index.ts';
import { refuse } from '../channels.ts';
import { hearTaken } from '../confirms.ts';
import { purge } from '../queues.ts';
import type { Broker } from '../state.ts';
import type { ClusterFrame } from './frames.ts';
import { channelOf, hearRelay, hereOn } from './front.ts';
import { hearAttach, hearCall, hearGone, hearSettle } from './home.ts';
import { hearMeta } from './members.ts';
import { hearEnqueued } from './parking.ts';
import { hearAppend, hearAppended, hearInstall, hearVote, hearVoted } from './replica.ts';

export function isClusterFrame(frame: { readonly verb: string }): frame is ClusterFrame {
  return frame.verb.startsWith('cluster.') || frame.verb.startsWith('replica.');
}

/** What another node of the cluster (or this one to itself, for a queue that is led here) has to say. */
export function receiveFromNode(broker: Broker, from: NodeId, frame: ClusterFrame, x: Context): void {
  switch (frame.verb) {
    case 'cluster.meta':
      hearMeta(broker, from, frame.changes, frame.isAll, x);
      return;
    case 'cluster.stopping':
      broker.stopping.add(from);
      return;
    case 'cluster.purge': {
      const queue = broker.queues.get(frame.queue);
      if (queue?.home === '') purge(queue, 'operator', x);
      return;
    }
    case 'cluster.enqueued':
      hearEnqueued(broker, frame.queue, frame.number);
      return;
    case 'cluster.call':
      hearCall(broker, from, frame, x);
      return;
    case 'cluster.settle':
      hearSettle(broker, from, frame, x);
      return;
    case 'cluster.gone':
      hearGone(broker, from, frame, x);
      return;
    case 'cluster.attach':
      hearAttach(broker, from, frame, x);
      return;
    case 'cluster.relay':
      hearRelay(broker, frame, x);
      return;
    case 'cluster.refuse': {
      const { client, error, from: part, line } = frame;
      const connection = broker.connections.get(client);
      const channel = channelOf(broker, client, frame.channel);
      if (connection && channel) refuse(broker, connection, channel, error, { client, from: part, to: hereOn(line, x), line }, x);
      return;
    }
    case 'cluster.taken': {
      const { client, channel, seqNo, isTaken } = frame;
      hearTaken(broker, from, { front: x.wiring.self.id, client, channel, seqNo }, isTaken, x);
      return;
    }
    case 'replica.install':
      hearInstall(broker, from, frame, x);
      return;
    case 'replica.append':
      hearAppend(broker, from, frame, x);
      return;
    case 'replica.appended':
      hearAppended(broker, from, frame, x);
      return;
    case 'replica.vote':
      hearVote(broker, from, frame, x);
      return;
    case 'replica.voted':
      hearVoted(broker, frame, x);
      return;
  }
}
