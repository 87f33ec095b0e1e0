import { type Micros, micros } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { Broker } from './state.ts';

/** Something waits until then at most. */
export function sweepBy(broker: Broker, deadline: Micros, x: Context): void {
  if (broker.sweepAt !== 0 && broker.sweepAt <= deadline) return;
  broker.sweepAt = deadline;
  x.wake({ name: 'sweep', at: deadline }, micros(deadline - x.now));
}
