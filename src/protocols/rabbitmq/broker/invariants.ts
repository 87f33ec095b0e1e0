import { hasIdleTurn } from './rotation.ts';
import type { Broker, Channel, Entry, Queue } from './state.ts';
import { inQueueOrder } from './store.ts';

/** What must always hold in a broker; a sentence about what does not. */
export function brokerInvariants(broker: Broker): string | undefined {
  for (const queue of broker.queues.values()) {
    const broken = queueInvariants(broker, queue);
    if (broken) return `queue ${queue.name}: ${broken}`;
  }
  for (const connection of broker.connections.values()) {
    for (const channel of connection.channels.values()) {
      const broken = channelInvariants(broker, channel);
      if (broken) return `channel ${channel.number} of ${connection.client}: ${broken}`;
    }
  }
  return undefined;
}

function queueInvariants(broker: Broker, queue: Queue): string | undefined {
  if (broker.queueById.get(queue.id) !== queue) return 'it is not found by its number';
  for (let i = queue.head + 1; i < queue.ready.length; i++) {
    if (inQueueOrder(queue.ready[i - 1] as Entry, queue.ready[i] as Entry) >= 0) return 'its messages are out of order';
  }
  if (queue.desks.reduce((sum, desk) => sum + desk.unacked, 0) !== queue.unacked) return 'unacked messages do not add up';
  const blocked = queue.desks.reduce((sum, desk) => sum + desk.blocked.length, 0);
  if (queue.active.length + blocked !== queue.consumers) return 'a consumer is neither in the rotation nor set aside';
  if (queue.active.some((consumer) => consumer.blocked)) return 'a consumer is in the rotation and set aside';
  if (hasIdleTurn(queue)) return 'messages wait although a consumer stands in the rotation';
  return undefined;
}

function channelInvariants(broker: Broker, channel: Channel): string | undefined {
  for (const desk of channel.desks) {
    const waiting = channel.transaction?.settlements.flatMap(({ settled }) => settled) ?? [];
    const own = [...channel.unacked.slice(channel.head), ...waiting].filter((unacked) => unacked.queue === desk.queue.id);
    if (own.length !== desk.unacked)
      return `${own.length} outstanding deliveries from ${desk.queue.name}, its queue counts ${desk.unacked}`;
    if (!desk.queue.desks.includes(desk)) return `${desk.queue.name} does not know it`;
  }
  for (const consumer of channel.consumers.values()) {
    if (broker.queueById.get(consumer.queue.id) !== consumer.queue) return `consumer ${consumer.tag} of a queue that is gone`;
  }
  return undefined;
}
