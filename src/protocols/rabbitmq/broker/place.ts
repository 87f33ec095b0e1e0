import type { PartId } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { Queue } from './state.ts';

/** Where facts about a queue happen: the part it is drawn as, on whatever node it is led, or the broker when it is not drawn. */
export function placeOf(queue: Queue, x: Context): PartId {
  return queue.drawn === '' ? x.wiring.self.id : queue.drawn;
}
