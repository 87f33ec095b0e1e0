import type { PartId } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { Queue } from './state.ts';

/** Where facts about a queue happen: its drawn part, or the broker when it is not drawn. */
export function placeOf(queue: Queue, x: Context): PartId {
  return queue.part === '' ? x.wiring.self.id : queue.part;
}
