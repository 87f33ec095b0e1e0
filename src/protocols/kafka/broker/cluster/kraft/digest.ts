import { type Micros, micros } from '../../../../../base/index.ts';
import type { Context } from '../../../../../engine/index.ts';
import type { MetadataImage } from '../../../controller/image.ts';
import { type KraftEffect, nextKraftDeadline, receiveKraft, requestKraft, tickKraft } from '../../../controller/kraft/node.ts';
import type { QuorumMessage } from '../../../controller/quorum/types.ts';
import type { ClusterRequest, QuorumFrame } from '../../../frames.ts';
import { brokersOf, peerWay } from '../../../routes.ts';
import { drawOf } from '../../draw.ts';
import { applyImage } from '../../roles.ts';
import type { Broker } from '../../state.ts';
import { answerTicket } from '../answers.ts';
import { controllerLost } from '../ask.ts';
import { kraftOf } from '../state.ts';
import { memberAnswered } from './membership.ts';

const VERBS: { readonly [T in QuorumMessage['type']]: string } = {
  Vote: 'Vote',
  VoteAnswer: 'VoteResponse',
  BeginQuorumEpoch: 'BeginQuorumEpoch',
  BeginQuorumEpochAnswer: 'BeginQuorumEpochResponse',
  EndQuorumEpoch: 'EndQuorumEpoch',
  EndQuorumEpochAnswer: 'EndQuorumEpochResponse',
  Fetch: 'Fetch.metadata',
  FetchAnswer: 'FetchResponse.metadata',
};

/** Turns what the quorum's machine wants into frames, facts and timers. */
export function digest(broker: Broker, effects: readonly KraftEffect[], x: Context): void {
  for (const effect of effects) act(broker, effect, x);
  wakeUp(broker, x);
}

function act(broker: Broker, effect: KraftEffect, x: Context): void {
  switch (effect.type) {
    case 'send':
      sendTo(broker, effect.to, effect.message, x);
      return;
    case 'answer':
      memberAnswered(broker, answerTicket(broker, effect.ticket, effect.answer, x), effect.answer, x);
      return;
    case 'applied':
      tellFencing(broker, effect.image, x);
      applyImage(broker, effect.image, x);
      return;
    case 'controller':
      // Who is in office when the run begins has been told.
      if (!x.booting) tellOffice(broker, effect.active, effect.epoch, effect.active ? 'elected' : 'resigned', x);
      return;
    case 'role':
      tellVote(broker, effect.role, effect.epoch, effect.leaderId ?? -1, '', x);
      // Whoever was asked before may be gone for good.
      if (effect.leaderId !== undefined) controllerLost(broker, x);
      return;
    case 'committed':
    case 'truncated':
      return;
  }
}

/** The active controller tells whom it fences: one that is cut off can't know. */
function tellFencing(broker: Broker, { brokers }: MetadataImage, x: Context): void {
  if (x.booting || kraftOf(broker.cluster).kraft.active === undefined) return;
  for (const [node, { fenced }] of brokers) {
    const before = broker.image.brokers.get(node);
    const part = brokersOf(x.wiring).get(node);
    if (before && part && before.fenced !== fenced) x.fact(fenced ? 'broker.fenced' : 'broker.unfenced', part.id, 0, '', '', { node });
  }
}

function tellOffice(broker: Broker, isActive: boolean, epoch: number, why: string, x: Context): void {
  x.fact('controller.role', broker.part, 0, '', why, { epoch, node: broker.node, role: isActive ? 'active' : 'standby' });
}

function tellVote(broker: Broker, role: string, term: number, leader: number, why: string, x: Context): void {
  x.fact('quorum.role', broker.part, 0, '', why, { role, term, leader, node: broker.node });
}

/** What a controller is when the run begins. */
export function tellBooted(broker: Broker, x: Context): void {
  const { quorum, active } = kraftOf(broker.cluster).kraft;
  if (!quorum.voters.includes(broker.node)) return;
  const isLeader = quorum.role.name === 'leader';
  tellVote(broker, isLeader ? 'leader' : 'follower', quorum.epoch, quorum.leaderId ?? -1, 'declared', x);
  tellOffice(broker, isLeader || active !== undefined, quorum.epoch, 'declared', x);
}

function sendTo(broker: Broker, node: number, message: QuorumMessage, x: Context): void {
  const way = peerWay(x.wiring, node);
  if (!way || broker.unreachable.has(node)) return;
  const hasRecords = message.type === 'FetchAnswer' && message.batches.length > 0;
  const frame: QuorumFrame = { verb: hasRecords ? 'FetchResponse.records' : VERBS[message.type], node: broker.node, quorum: message };
  x.send(x.wiring.self.id, way.to, way.line, frame);
}

/** One timer, set for whatever comes first in quorum and controller. */
export function wakeUp(broker: Broker, x: Context): void {
  const cluster = kraftOf(broker.cluster);
  const at = Math.max(x.now, Math.ceil(nextKraftDeadline(cluster.kraft)));
  if (at >= Number.MAX_SAFE_INTEGER || (cluster.wakeAt !== 0 && cluster.wakeAt <= at && cluster.wakeAt > x.now)) return;
  cluster.wakeAt = at;
  x.wake({ name: 'kraft', at }, micros(at - x.now));
}

export function kraftTimer(broker: Broker, at: Micros, x: Context): void {
  const cluster = kraftOf(broker.cluster);
  if (cluster.wakeAt !== at) return;
  cluster.wakeAt = 0;
  digest(broker, tickKraft(cluster.kraft, x.now, drawOf(x)), x);
}

export function hearQuorum(broker: Broker, frame: QuorumFrame, x: Context): void {
  digest(broker, receiveKraft(kraftOf(broker.cluster).kraft, frame.node, frame.quorum, x.now, drawOf(x)), x);
}

/** A request to this node as the active controller. */
export function serveKraft(broker: Broker, ticket: number, request: ClusterRequest, x: Context): void {
  if (request.type === 'ControlledShutdown') return;
  digest(broker, requestKraft(kraftOf(broker.cluster).kraft, ticket, request, x.now, drawOf(x)), x);
}
