import { COLOUR_COUNT, colourIndex, type MessageId, type PartId } from '../base/index.ts';
import { coloursOf, type Timeline } from '../engine/index.ts';

/** Colours of messages in the palette (`--m1` … `--m7`). */
export const MESSAGE_COLOURS = COLOUR_COUNT;

export interface Coloured {
  readonly message: MessageId;
  readonly key: string;
  readonly producer: PartId;
}

/** Index of a message's colour in the palette: the assignment that the inspector shows as well. */
export function colourOf({ program }: Timeline, { message, key, producer }: Coloured): number {
  const by = program.run.scenario.settings.colourBy;
  const value = by === 'message' ? message : by === 'key' ? key : producer;
  return colourIndex(by, value, coloursOf(program)) - 1;
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
  const published = timeline.first(message);
  const coloured = { message, key: String(published?.data?.['key'] ?? ''), producer: published?.at ?? '' };
  if (published) remembered.set(message, coloured);
  return coloured;
}
