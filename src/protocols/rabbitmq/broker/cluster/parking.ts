import type { Context } from '../../../../engine/index.ts';
import { placeOf } from '../place.ts';
import type { RouteHop } from '../plan.ts';
import type { Broker, Queue } from '../state.ts';
import { wayTo } from './peers.ts';

/*
 * A front keeps what is published to a quorum queue that has no leader within reach, and sends it to the next one
 * (rabbit_fifo_client does the same).
 */

export function isLeaderless(broker: Broker, queue: Queue): boolean {
  return queue.type === 'quorum' && queue.home !== '' && !broker.reachable.has(queue.home);
}

export function park(queue: Queue, hop: RouteHop, x: Context): void {
  queue.parked = [...queue.parked, hop];
  x.fact('message.appended', placeOf(queue, x), hop.message.id, '', 'no-leader', { index: 0 });
}

/** There is a leader again. */
export function unpark(queue: Queue, x: Context): void {
  const hops = queue.parked;
  queue.parked = [];
  const { to, line } = wayTo(queue, '', x);
  for (const hop of hops) x.send(x.wiring.self.id, to, line, { ...hop, by: '' } as RouteHop);
}
