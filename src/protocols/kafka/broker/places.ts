import { type PartId, remembered } from '../../../base/index.ts';
import type { Context, Part, Wiring } from '../../../engine/index.ts';
import { REPLICA, TOPIC } from '../kinds.ts';

/** Topics that are drawn in a broker, by name: worked out once for each drawing. */
const placesOf = remembered(
  ({ places }: Wiring): ReadonlyMap<string, Part> =>
    new Map(places.filter(({ kind }) => kind === TOPIC || kind === REPLICA).map((part) => [part.name, part])),
);

/** Where facts about this broker's replicas of a topic are told: its lanes, or the broker where none are drawn. */
export function placeOf(topic: string, x: { readonly wiring: Wiring }): PartId {
  return placesOf(x.wiring).get(topic)?.id ?? x.wiring.self.id;
}

export function drawnTopics(x: Pick<Context, 'wiring'>): ReadonlyMap<string, Part> {
  return placesOf(x.wiring);
}
