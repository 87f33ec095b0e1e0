import { COLOUR_COUNT, type ColourBy, colourIndex, type MessageId, type PartId } from '../base/index.ts';
import { coloursOf, laneOf, type Timeline } from '../engine/index.ts';

/** Colours of messages in the palette (`--m1` … `--m7`). */
export const MESSAGE_COLOURS = COLOUR_COUNT;

export interface Coloured {
  readonly message: MessageId;
  readonly key: string;
  readonly producer: PartId;
}

/** Index of a message's colour in the palette: the assignment that the inspector shows as well. */
export function colourOf(timeline: Timeline, coloured: Coloured): number {
  const { program } = timeline;
  const by = program.run.scenario.settings.colourBy;
  return colourIndex(by, colouredValue(by, timeline, coloured), coloursOf(program)) - 1;
}

function colouredValue(by: ColourBy, timeline: Timeline, { message, key, producer }: Coloured): string | number {
  if (by === 'lane') return messageOf(timeline, message).lane;
  return by === 'message' ? message : by === 'key' ? key : producer;
}

/** What is known of a message from its publication. */
interface Published extends Coloured {
  /** Counted from 1; 0 where there is none. */
  readonly lane: number;
}

const publications = new WeakMap<Timeline, Map<MessageId, Published>>();
const REMEMBERED_MAX = 2_000;

/** Key, producer and lane of a message that is known by its number only. */
export function messageOf(timeline: Timeline, message: MessageId): Published {
  let remembered = publications.get(timeline);
  if (!remembered || remembered.size > REMEMBERED_MAX) {
    remembered = new Map();
    publications.set(timeline, remembered);
  }
  const found = remembered.get(message);
  if (found) return found;
  const published = message > 0 ? timeline.first(message) : undefined;
  const coloured = { message, key: String(published?.data?.['key'] ?? ''), producer: published?.at ?? '', lane: laneOf(published) };
  if (published) remembered.set(message, coloured);
  return coloured;
}
