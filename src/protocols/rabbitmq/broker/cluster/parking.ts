import type { Context, NodeId } from '../../../../engine/index.ts';
import { placeOf } from '../place.ts';
import type { RouteHop } from '../plan.ts';
import type { Broker, Queue } from '../state.ts';
import { tellNode, wayTo } from './peers.ts';

/*
 * What a front has sent to a quorum queue it keeps until the leader has it, numbered, and sends it again to the next leader;
 * a leader takes each number of a front once (rabbit_fifo_client and its enqueuers).
 */

export function isLeaderless(broker: Broker, queue: Queue): boolean {
  return queue.type === 'quorum' && queue.home !== '' && !broker.reachable.has(queue.home);
}

/** Numbers a copy for a replicated quorum queue and keeps it. */
export function numbered(queue: Queue, hop: RouteHop): RouteHop {
  if (queue.type !== 'quorum' || (queue.home === '' && queue.group === undefined)) return hop;
  const kept: RouteHop = { ...hop, verb: 'route.enqueue', number: queue.nextHop++, sender: `${hop.by}#${queue.id}` };
  queue.kept = [...queue.kept, kept];
  return kept;
}

/** There is no leader to send it to. */
export function tellParked(queue: Queue, hop: RouteHop, x: Context): void {
  x.fact('message.appended', placeOf(queue, x), hop.message.id, '', 'no-leader', { index: 0 });
}

/** Another node leads the queue: whatever the last one may not have got is sent again. */
export function sendAgain(queue: Queue, x: Context): void {
  const { to, line } = wayTo(queue, '', x);
  for (const hop of queue.kept) x.send(x.wiring.self.id, to, line, hop);
}

/** The leader has it. */
export function acknowledge(queue: Queue, front: NodeId, number: number, x: Context): void {
  if (number > 0) tellNode(front, { verb: 'cluster.enqueued', queue: queue.name, number }, x);
}

export function hearEnqueued(broker: Broker, name: string, number: number): void {
  const queue = broker.queues.get(name);
  if (queue) queue.kept = queue.kept.filter((hop) => hop.number > number);
}
