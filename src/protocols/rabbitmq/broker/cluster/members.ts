import type { Context, NodeId } from '../../../../engine/index.ts';
import { BINDING } from '../../kinds.ts';
import { commit } from '../arrive.ts';
import { bind, dropBindings, identityOf } from '../bindings.ts';
import { confirmLost } from '../confirms.ts';
import { bindLine } from '../drawn.ts';
import { isPredeclared, makeExchange } from '../exchanges.ts';
import { takePolicies } from '../policies.ts';
import { newQueue, removeQueue } from '../queues.ts';
import { type Broker, type Queue, topologyChanged } from '../state.ts';
import type { MetaChange } from './frames.ts';
import { attach, hereOn } from './front.ts';
import { follow, formGroup, isMirrored, unfollow } from './group.ts';
import { dropFront } from './home.ts';
import { broadcast, peersOf, tellNode } from './peers.ts';
import { awaitElection, lead, nextMaster } from './replica.ts';

/*
 * What every node of a cluster knows, and what it does when another one goes or comes back.
 */

type Op<Name extends MetaChange['op']> = MetaChange & { readonly op: Name };

/** News of what all nodes know. `isAll`: everything the other one knows, for one that has just come back. */
export function hearMeta(broker: Broker, from: NodeId, changes: readonly MetaChange[], isAll: boolean, x: Context): void {
  if (isAll) broker.reachable.add(from);
  for (const change of changes) applyChange(broker, change, x);
  if (!isAll || !broker.isJoining) return;
  broker.isJoining = false;
  forgetDeleted(broker, changes, x);
  // Now the others hear what is here.
  for (const queue of broker.queues.values()) if (queue.home === '') broadcast(broker, announced(queue, x), x);
  for (const queue of broker.queues.values()) formGroup(broker, queue, x);
}

/** What was deleted while this node was away. */
function forgetDeleted(broker: Broker, changes: readonly MetaChange[], x: Context): void {
  const exchanges = new Set(changes.map((change) => (change.op === 'exchange' ? change.request.name : '')));
  const queues = new Set(changes.map((change) => (change.op === 'queue' ? change.request.name : '')));
  for (const exchange of [...broker.exchanges.values()])
    if (!isPredeclared(exchange.name) && exchange.part === '' && !exchanges.has(exchange.name))
      applyChange(broker, { op: 'exchange-gone', name: exchange.name }, x);
  for (const queue of [...broker.queues.values()])
    if (queue.home === '' && queue.part === '' && !queues.has(queue.name)) removeQueue(broker, queue, 'client', x);
}

function announced(queue: Queue, x: Context): Op<'queue'> {
  const { name, durable, autoDelete, owner, drawn } = queue;
  const request = { name, durable, autoDelete, owner, arguments: queue.arguments };
  return {
    op: 'queue',
    request,
    drawn,
    home: queue.home === '' ? x.wiring.self.id : queue.home,
    term: queue.group?.term ?? 0,
    isAbsent: false,
  };
}

/** All that this node knows. */
function everything(broker: Broker, x: Context): readonly MetaChange[] {
  const changes: MetaChange[] = [];
  for (const [node, policies] of broker.policiesBy) changes.push({ op: 'policies', node, policies });
  for (const { name, type, durable, autoDelete, internal, arguments: args } of broker.exchanges.values())
    if (!isPredeclared(name)) changes.push({ op: 'exchange', request: { name, type, durable, autoDelete, internal, arguments: args } });
  for (const queue of broker.queues.values()) changes.push(announced(queue, x));
  for (const { request, drawn, home } of broker.absent.values())
    changes.push({ op: 'queue', request, drawn, home, term: 0, isAbsent: true });
  for (const exchange of broker.exchanges.values())
    for (const { source, destination, toExchange, key, arguments: args } of exchange.bindings)
      changes.push({ op: 'bind', request: { source, destination, toExchange, key, arguments: args } });
  return changes;
}

function applyChange(broker: Broker, change: MetaChange, x: Context): void {
  topologyChanged(broker);
  switch (change.op) {
    case 'queue':
      applyQueue(broker, change, x);
      return;
    case 'queue-gone':
      forgetQueue(broker, change.name, x);
      return;
    case 'exchange':
      if (!broker.exchanges.has(change.request.name)) broker.exchanges.set(change.request.name, makeExchange(broker, change.request, ''));
      return;
    case 'exchange-gone':
      broker.exchanges.delete(change.name);
      dropBindingsTo(broker, change.name, true, x);
      return;
    case 'bind': {
      const exchange = broker.exchanges.get(change.request.source);
      if (exchange) bind(broker, exchange, change.request, [], 'cluster', x);
      return;
    }
    case 'unbind': {
      const exchange = broker.exchanges.get(change.request.source);
      const identity = identityOf(change.request);
      if (exchange) dropBindings(broker, exchange, (binding) => binding.identity === identity, 'cluster', x);
      return;
    }
    case 'policies':
      takePolicies(broker, change.node, change.policies, x);
      return;
    case 'home':
      moveHome(broker, change, x);
      return;
  }
}

function applyQueue(broker: Broker, change: Op<'queue'>, x: Context): void {
  const { request, drawn, home, isAbsent } = change;
  const { name } = request;
  const self = x.wiring.self.id;
  const known = broker.queues.get(name);
  if (isAbsent && home !== self) {
    if (!known) broker.absent.set(name, { request, drawn, home, why: 'down' });
    return;
  }
  if (home === self) {
    reclaim(broker, change, x);
    return;
  }
  broker.absent.delete(name);
  if (known) {
    if (isOutdated(broker, known, change, self)) return;
    const led = known.home === '';
    if (led) stepDown(known);
    known.home = home;
    if (led) attach(broker, known, x);
    return;
  }
  const queue = newQueue(broker, request, '');
  queue.drawn = drawn;
  queue.part = drawn !== '' && x.wiring.nodeOf(drawn) === self ? drawn : '';
  queue.home = home;
  broker.queues.set(name, queue);
  broker.queueById.set(queue.id, queue);
  for (const line of x.wiring.lines) if (line.kind === BINDING && line.to === drawn) bindLine(broker, line, 'booted', x);
}

/** After a partition both sides may name a leader: the one of the later term counts, of two masters of one term the first by name. */
function isOutdated(broker: Broker, queue: Queue, { home, term, request }: Op<'queue'>, self: NodeId): boolean {
  const { group } = queue;
  if (queue.home !== '') return term < (broker.replicas.get(request.name)?.term ?? 0);
  return group !== undefined && (term < group.term || (term === group.term && self < home));
}

/** Another node leads the queue: what this one has of it, and whom it served, is that one's now. */
function stepDown(queue: Queue): void {
  for (const { channel } of queue.desks) {
    channel.desks = channel.desks.filter((desk) => desk.queue !== queue);
    channel.unacked = channel.unacked.slice(channel.head).filter((unacked) => unacked.queue !== queue.id || unacked.remoteTag > 0);
    channel.head = 0;
    for (const consumer of [...channel.consumers.values()]) if (consumer.queue === queue) channel.consumers.delete(consumer.tag);
  }
  Object.assign(queue, { group: undefined, ready: [], head: 0, unacked: 0, consumers: 0, active: [], desks: [], holder: undefined });
}

/** The others hold this node for the home of a queue: it is, if it still has its messages. */
function reclaim(broker: Broker, { request, drawn }: Op<'queue'>, x: Context): void {
  const { name } = request;
  const replica = broker.replicas.get(name);
  if (broker.queues.has(name) || !replica) return;
  broker.absent.delete(name);
  const queue = newQueue(broker, request, '');
  queue.drawn = drawn;
  queue.home = x.wiring.self.id;
  broker.queues.set(name, queue);
  broker.queueById.set(queue.id, queue);
  if (replica.kind === 'mirror') lead(broker, name, replica, 'promoted', x);
}

function forgetQueue(broker: Broker, name: string, x: Context): void {
  const queue = broker.queues.get(name);
  broker.absent.delete(name);
  broker.replicas.delete(name);
  dropBindingsTo(broker, name, false, x);
  if (!queue) return;
  broker.queues.delete(name);
  broker.queueById.delete(queue.id);
}

function dropBindingsTo(broker: Broker, name: string, toExchange: boolean, x: Context): void {
  for (const exchange of broker.exchanges.values())
    dropBindings(broker, exchange, (binding) => binding.destination === name && binding.toExchange === toExchange, 'cluster', x);
}

/** A queue is led by another node now: what clients of this node have with it is told to that one. */
function moveHome(broker: Broker, { name, home }: Op<'home'>, x: Context): void {
  const queue = broker.queues.get(name);
  if (!queue) return;
  queue.home = home;
  queue.group = undefined;
  attach(broker, queue, x);
}

/** Links between nodes were drawn or taken out: others belong to the cluster now. */
export function followPeers(broker: Broker, x: Context): void {
  const before = broker.peers;
  broker.peers = peersOf(x);
  for (const node of before) if (!broker.peers.includes(node)) memberDown(broker, node, x);
  for (const node of broker.peers) if (!before.includes(node)) memberUp(broker, node, x);
}

/** Another node of the cluster is out of reach: all that was there with it. */
export function memberDown(broker: Broker, node: NodeId, x: Context): void {
  if (!broker.reachable.delete(node)) return;
  topologyChanged(broker);
  dropFront(broker, node, x);
  for (const queue of [...broker.queues.values()]) {
    if (queue.home === node && queue.type !== 'quorum' && !isMirrored(broker, queue)) loseQueue(broker, queue, node, x);
    else if (queue.group) {
      unfollow(queue, node);
      commit(broker, queue, x);
    }
  }
  confirmLost(broker, node, x);
  for (const [name, replica] of [...broker.replicas]) {
    if (replica.leader !== node) continue;
    if (replica.kind === 'quorum') {
      replica.leader = '';
      awaitElection(broker, name, x);
    } else if (nextMaster(broker, replica, broker.stopping.has(node), x) === x.wiring.self.id) lead(broker, name, replica, 'promoted', x);
  }
}

/** A queue that only the lost node had: consumers are cancelled; a durable one is missed, a transient one forgotten. */
function loseQueue(broker: Broker, queue: Queue, home: NodeId, x: Context): void {
  for (const { channels } of broker.connections.values()) {
    for (const channel of channels.values()) {
      for (const [tag, { queue: name, part, line }] of [...channel.away]) {
        if (name !== queue.name) continue;
        channel.away.delete(tag);
        x.send(hereOn(line, x), part, line, { verb: 'basic.cancel', channel: channel.number, consumerTag: tag } as never);
      }
      channel.unacked = channel.unacked.map((unacked) => (unacked.queue === queue.id ? { ...unacked, queue: 0 } : unacked));
    }
  }
  const { drawn } = queue;
  const { request } = announced(queue, x);
  broker.queues.delete(queue.name);
  broker.queueById.delete(queue.id);
  if (queue.durable) broker.absent.set(queue.name, { request, drawn, home, why: 'down' });
  else dropBindingsTo(broker, queue.name, false, x);
}

/** Another node is back: it hears all that is known here, and follows again the queues that are led here. */
export function memberUp(broker: Broker, node: NodeId, x: Context): void {
  broker.reachable.add(node);
  broker.stopping.delete(node);
  tellNode(node, { verb: 'cluster.meta', changes: everything(broker, x), isAll: true }, x);
  for (const queue of broker.queues.values())
    if (queue.group?.members.includes(node)) follow(broker, queue, node, x);
    else formGroup(broker, queue, x);
  for (const [name, replica] of broker.replicas)
    if (replica.kind === 'quorum' && !broker.reachable.has(replica.leader)) awaitElection(broker, name, x);
}
