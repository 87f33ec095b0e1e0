import type { MessageId, PartId } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';

const DELIVERIES_MAX = 50_000;
const LATEST = 6;

interface Delivery {
  readonly seq: number;
  readonly consumer: PartId;
  readonly message: MessageId;
}

/** What each queue has handed to whom. Only the first deliveries of a very long run are remembered one by one. */
export class Deliveries {
  private readonly byPlace = new Map<PartId, Delivery[]>();
  private size = 0;

  add({ kind, at, seq, message, data }: Fact): void {
    if (kind !== 'message.delivered' || this.size >= DELIVERIES_MAX) return;
    this.size++;
    const delivery = { seq, consumer: String(data?.['consumer'] ?? ''), message };
    const known = this.byPlace.get(at);
    if (known) known.push(delivery);
    else this.byPlace.set(at, [delivery]);
  }

  /** How many messages of this queue each consumer had been handed after the first `happened` facts, and the latest of them. */
  until(place: PartId, happened: number): readonly { consumer: PartId; count: number; latest: readonly MessageId[] }[] {
    const all = this.byPlace.get(place) ?? [];
    const byConsumer = new Map<PartId, { count: number; latest: MessageId[] }>();
    for (const { seq, consumer, message } of all) {
      if (seq >= happened) break;
      const own = byConsumer.get(consumer);
      if (!own) byConsumer.set(consumer, { count: 1, latest: [message] });
      else {
        own.count++;
        own.latest = [...own.latest.filter((one) => one !== message), message];
        if (own.latest.length > LATEST) own.latest.shift();
      }
    }
    return [...byConsumer].map(([consumer, { count, latest }]) => ({ consumer, count, latest }));
  }
}
