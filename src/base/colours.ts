import { HASH_START, hashText } from './hash.ts';
import type { PartId } from './ids.ts';
import type { Json, JsonObject } from './json.ts';

/** Tokens `--m1` … `--m7` of the token sheet. */
export const COLOUR_COUNT = 7;

/** What the colour of a message tells: its key, the lane that it went to, who published it, or which message it is. */
export type ColourBy = 'key' | 'lane' | 'producer' | 'message';

/** Values in the order in which the document names them. */
export type ColourOrder = ReadonlyMap<string, number>;

interface Drawn {
  readonly id: PartId;
  readonly parent?: PartId;
  readonly width?: number;
  readonly config: JsonObject;
}

/**
 * Colours follow the document and not the moment: whoever asks, wherever the playhead stands and whichever side of a
 * pair it is, a value has one colour.
 */
export function colourOrder(by: ColourBy, parts: readonly Drawn[], interventions: readonly { readonly args: JsonObject }[]): ColourOrder {
  const order = new Map<string, number>();
  const note = (value: string) => {
    if (!order.has(value)) order.set(value, order.size);
  };
  if (by === 'producer') for (const { id, parent, width } of parts) if (parent === undefined && width === undefined) note(id);
  if (by === 'key') {
    for (const part of parts) noteKeys(part.config, note);
    for (const { args } of interventions) noteKeys(args, note);
  }
  return order;
}

/** Texts of fields called `key` or `…Key`, also those in lists of messages. */
function noteKeys(config: JsonObject, note: (key: string) => void): void {
  for (const [name, value] of Object.entries(config)) {
    if (typeof value === 'string') {
      if (name === 'key' || name.endsWith('Key')) note(value);
    } else if (Array.isArray(value)) for (const item of value as readonly Json[]) if (isRecord(item)) noteKeys(item, note);
  }
}

function isRecord(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Number of the token, 1–7, for a key, a part id, or the number of a message or lane (both count from 1). What the document does not name gets one by its text. */
export function colourIndex(by: ColourBy, value: string | number, order: ColourOrder): number {
  if (by === 'message' || typeof value === 'number') return 1 + ((Math.max(1, Number(value)) - 1) % COLOUR_COUNT);
  const place = order.get(value);
  return 1 + ((place === undefined ? hashText(HASH_START, value) >>> 0 : place) % COLOUR_COUNT);
}
