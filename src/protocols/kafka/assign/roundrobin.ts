import { type Layout, nobody, type Order, type Owners } from './layout.ts';

/**
 * The round-robin assignor: all partitions of all topics, by name and number, dealt in a circle of the members in the
 * given order; a member that does not subscribe to the topic is passed over, and the circle goes on from who got the last.
 */
export function assignRoundRobin(layout: Layout, order: Order): Owners {
  const circle = order(layout.members.map((_, m) => m));
  const owners = nobody(layout);
  const isSubscriber = new Uint8Array(layout.members.length);
  let next = 0;
  for (let t = 0; t < layout.topics.length; t++) {
    isSubscriber.fill(0);
    for (const m of layout.subscribersOf[t] as readonly number[]) isSubscriber[m] = 1;
    for (let p = layout.firstOf[t] as number; p < (layout.firstOf[t + 1] as number); p++) {
      while (isSubscriber[circle[next] as number] === 0) next = (next + 1) % circle.length;
      owners[p] = circle[next] as number;
      next = (next + 1) % circle.length;
    }
  }
  return owners;
}
