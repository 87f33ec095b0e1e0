import { HASH_START, hashText, type MessageId, type PartId } from '../base/index.ts';
import type { Timeline } from '../engine/index.ts';

/** Colours of messages in the palette (`--m1` … `--m7`). */
export const MESSAGE_COLOURS = 7;
/** Names that appear later than this many facts into a run are coloured by their hash. */
const FACTS_READ_MAX = 10_000;

export interface Coloured {
  readonly message: MessageId;
  readonly key: string;
  readonly producer: PartId;
}

interface Names {
  readonly order: Map<string, number>;
  read: number;
}
const known = new WeakMap<Timeline, Names>();

/**
 * Index of a message's colour. Keys and producers are coloured in the order in which the run first publishes under them:
 * whatever is seen at the playhead was published before it, so reading that far is enough and gives the same colours on
 * every way through the run.
 */
export function colourOf(timeline: Timeline, { message, key, producer }: Coloured): number {
  const by = timeline.program.run.scenario.settings.colourBy;
  if (by === 'message') return (message - 1 + MESSAGE_COLOURS) % MESSAGE_COLOURS;
  const name = by === 'key' ? key : producer;
  const order = namesOf(timeline, by).get(name);
  return (order ?? hashText(HASH_START, name) >>> 0) % MESSAGE_COLOURS;
}

function namesOf(timeline: Timeline, by: 'key' | 'producer'): ReadonlyMap<string, number> {
  let names = known.get(timeline);
  if (!names) {
    names = { order: new Map(), read: 0 };
    known.set(timeline, names);
  }
  const until = Math.min(FACTS_READ_MAX, timeline.factsHappened);
  if (names.read >= until) return names.order;
  for (const fact of timeline.facts(names.read, until)) {
    if (fact.kind !== 'message.published') continue;
    const name = by === 'producer' ? fact.at : String(fact.data?.['key'] ?? '');
    if (!names.order.has(name)) names.order.set(name, names.order.size);
  }
  names.read = until;
  return names.order;
}

const publications = new WeakMap<Timeline, Map<MessageId, Coloured>>();
const REMEMBERED_MAX = 2_000;

/** Key and producer of a message that is known by its number only. */
export function messageOf(timeline: Timeline, message: MessageId): Coloured {
  let remembered = publications.get(timeline);
  if (!remembered || remembered.size > REMEMBERED_MAX) {
    remembered = new Map();
    publications.set(timeline, remembered);
  }
  const found = remembered.get(message);
  if (found) return found;
  const published = timeline.story(message).find((fact) => fact.kind === 'message.published');
  const coloured = { message, key: String(published?.data?.['key'] ?? ''), producer: published?.at ?? '' };
  if (published) remembered.set(message, coloured);
  return coloured;
}
