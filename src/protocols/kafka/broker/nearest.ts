import { isActive } from '../controller/image.ts';
import type { FetchPartition } from '../frames.ts';
import type { Broker } from './state.ts';

/**
 * The replica in the reader's own rack that it should read from instead of this leader (KIP-392): one in sync that has what
 * is wanted. Undefined: read here.
 */
export function nearestReplica(broker: Broker, { tp, offset }: FetchPartition, rack: string): number | undefined {
  const lead = broker.replicas.get(tp)?.lead;
  if (!lead || rack === '' || !broker.features.hasFollowerFetch || broker.image.brokers.get(broker.node)?.rack === rack) return undefined;
  const near = lead.isr.filter(
    (node) => node !== broker.node && broker.image.brokers.get(node)?.rack === rack && isActive(broker.image, node),
  );
  const able = near.filter((node) => {
    const known = lead.followers.get(node);
    return known !== undefined && known.logEndOffset >= offset && known.logStartOffset <= offset;
  });
  // Of several the one that has come furthest.
  return able.sort((a, b) => (lead.followers.get(b)?.logEndOffset ?? 0) - (lead.followers.get(a)?.logEndOffset ?? 0) || a - b)[0];
}
