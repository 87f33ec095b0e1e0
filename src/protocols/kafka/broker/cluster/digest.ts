import { type Micros, micros } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import { type KraftEffect, nextKraftDeadline, receiveKraft, requestKraft, tickKraft } from '../../controller/kraft/node.ts';
import type { QuorumMessage } from '../../controller/quorum/types.ts';
import type { ControllerResponseFrame, QuorumFrame } from '../../frames.ts';
import { peerWay } from '../../routes.ts';
import { answer } from '../answer.ts';
import { drawOf } from '../draw.ts';
import { applyImage } from '../roles.ts';
import type { Broker } from '../state.ts';
import { controllerAnswered } from './answers.ts';
import { controllerLost } from './ask.ts';

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
      answerTicket(broker, effect.ticket, effect.answer, x);
      return;
    case 'applied':
      applyImage(broker, effect.image, x);
      return;
    case 'controller':
      tellOffice(broker, effect.active, effect.epoch, effect.active ? 'elected' : 'resigned', x);
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

function tellOffice(broker: Broker, isActive: boolean, epoch: number, why: string, x: Context): void {
  x.fact('controller.role', broker.part, 0, '', why, { epoch, node: broker.node, role: isActive ? 'active' : 'standby' });
}

function tellVote(broker: Broker, role: string, term: number, leader: number, why: string, x: Context): void {
  x.fact('quorum.role', broker.part, 0, '', why, { role, term, leader, node: broker.node });
}

/** What a controller is when the run begins. */
export function tellBooted(broker: Broker, x: Context): void {
  const { quorum, active } = broker.cluster.kraft;
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

function answerTicket(broker: Broker, ticket: number, given: ControllerResponseFrame['answer'], x: Context): void {
  const back = broker.cluster.tickets.get(ticket);
  if (!back) {
    controllerAnswered(broker, ticket, given, x);
    return;
  }
  broker.cluster.tickets.delete(ticket);
  const frame: ControllerResponseFrame = { verb: 'ControllerResponse', correlation: back.correlation, answer: given };
  answer(back, frame, x);
}

/** One timer, set for whatever comes first in quorum and controller. */
export function wakeUp(broker: Broker, x: Context): void {
  const { cluster } = broker;
  const at = Math.max(x.now, Math.ceil(nextKraftDeadline(cluster.kraft)));
  if (at >= Number.MAX_SAFE_INTEGER || (cluster.wakeAt !== 0 && cluster.wakeAt <= at && cluster.wakeAt > x.now)) return;
  cluster.wakeAt = at;
  x.wake({ name: 'kraft', at }, micros(at - x.now));
}

export function kraftTimer(broker: Broker, at: Micros, x: Context): void {
  const { cluster } = broker;
  if (cluster.wakeAt !== at) return;
  cluster.wakeAt = 0;
  digest(broker, tickKraft(cluster.kraft, x.now, drawOf(x)), x);
}

export function hearQuorum(broker: Broker, frame: QuorumFrame, x: Context): void {
  digest(broker, receiveKraft(broker.cluster.kraft, frame.node, frame.quorum, x.now, drawOf(x)), x);
}

/** This node's own requests to itself, the active controller. */
export function askSelf(broker: Broker, x: Context): void {
  const { outbox, asked, kraft } = broker.cluster;
  for (const ticket of outbox.splice(0)) {
    const request = asked.get(ticket);
    if (request) digest(broker, requestKraft(kraft, ticket, request, x.now, drawOf(x)), x);
  }
}
