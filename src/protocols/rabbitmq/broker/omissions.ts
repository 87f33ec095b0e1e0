import type { Context } from '../../../engine/index.ts';
import { notModelled } from './arguments.ts';
import { placeOf } from './place.ts';
import type { Queue } from './state.ts';

/** A stream keeps everything here; one that was asked to forget says so at once in a fact `feature.omitted`. */
export function noteDeclared(queue: Queue, x: Context): void {
  if (notModelled(queue.arguments).length === 0) return;
  x.fact('feature.omitted', placeOf(queue, x), 0, '', 'rabbitmq.stream-retention', { queue: queue.name });
}
