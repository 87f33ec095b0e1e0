import type { LineId, PartId } from '../../../../base/index.ts';
import type { Context, NodeId } from '../../../../engine/index.ts';
import { BROKER, CLUSTER, CLUSTER_MESH } from '../../kinds.ts';
import type { Broker, Channel, Queue } from '../state.ts';
import type { ClusterFrame, MetaChange } from './frames.ts';

/** The other nodes of this broker's cluster, in the order of the lines that lead to them. */
export function peersOf(x: Context): readonly NodeId[] {
  const self = x.wiring.self.id;
  const peers = new Set<NodeId>();
  for (const { kind, from, to } of x.wiring.lines) if (kind === CLUSTER || kind === CLUSTER_MESH) peers.add(from === self ? to : from);
  return [...peers];
}

/** The line that joins this node with another one. */
export function linkTo(node: NodeId, x: Context): LineId {
  const self = x.wiring.self.id;
  const joins = (from: PartId, to: PartId) => (from === self && to === node) || (from === node && to === self);
  return x.wiring.lines.find(({ kind, from, to }) => (kind === CLUSTER || kind === CLUSTER_MESH) && joins(from, to))?.id ?? '';
}

/** @returns when it arrives, in µs of the run. */
export function tellNode(node: NodeId, frame: ClusterFrame, x: Context, from: PartId = x.wiring.self.id): number {
  return x.send(from, node, node === x.wiring.self.id ? '' : linkTo(node, x), frame);
}

/** Tells every other node within reach of a change of what all of them know. */
export function broadcast(broker: Broker, change: MetaChange, x: Context): void {
  if (broker.peers.length === 0) return;
  for (const node of broker.peers)
    if (broker.reachable.has(node)) tellNode(node, { verb: 'cluster.meta', changes: [change], isAll: false }, x);
}

/**
 * True when a channel must not touch the queue itself: it is at home elsewhere, or replicated. Even on the node that leads
 * a replicated queue clients go through their front, so that a change of leader is the same for all.
 */
export function isAway(channel: Channel, queue: Queue): boolean {
  return channel.relay === '' && (queue.home !== '' || queue.group !== undefined);
}

export function homeOf(queue: Queue, x: Context): NodeId {
  return queue.home === '' ? x.wiring.self.id : queue.home;
}

/** This node's own part that shows a queue, or the node itself: where frames of the queue begin and end. */
export function seatOf(queue: Queue, x: Context): PartId {
  return queue.part === '' ? x.wiring.self.id : queue.part;
}

/** Where copies for a queue go, and by which line when no drawn binding leads there. */
export function wayTo(queue: Queue, line: LineId, x: Context): { readonly to: PartId; readonly line: LineId } {
  if (queue.home === '') {
    const to = seatOf(queue, x);
    return { to, line: to === queue.drawn || queue.drawn === '' ? line : '' };
  }
  if (queue.drawn !== '' && line !== '' && x.wiring.nodeOf(queue.drawn) === queue.home) return { to: queue.drawn, line };
  return { to: queue.home, line: linkTo(queue.home, x) };
}

export function isBroker(node: NodeId, x: Context): boolean {
  return x.wiring.part(node)?.kind === BROKER;
}
