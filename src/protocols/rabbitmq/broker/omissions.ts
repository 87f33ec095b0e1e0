import type { Context } from '../../../engine/index.ts';
import type { Queue } from './state.ts';

/*
 * A queue of a kind that is not modelled is accepted and behaves as a classic one. It says so at once in a fact
 * `feature.omitted` (`why` is the key of what is missing).
 */
export function noteDeclared(queue: Queue, x: Context): void {
  if (queue.type === 'stream') x.fact('feature.omitted', queue.part || x.wiring.self.id, 0, '', 'rabbitmq.stream', { queue: queue.name });
}
