import type { Broker } from './state.ts';

/** Each broker gives ids of a range of its own. */
const IDS_OF_A_BROKER = 1_000;

/** A producer id that nobody else has. */
export function nextProducerId(broker: Broker): number {
  return broker.node * IDS_OF_A_BROKER + broker.nextProducer++;
}
