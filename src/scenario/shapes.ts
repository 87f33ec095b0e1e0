import * as v from 'valibot';
import type { LineId, PartId } from '../base/index.ts';
import { DOCUMENT_LIMITS } from './limits.ts';

/**
 * The outer shapes of a document, for all that comes from outside. Messages are i18n keys. What configurations may
 * hold is the field tables' to say, so here they are taken as they come and checked by kind afterwards.
 */
const { coordinate, idLength, nameLength, titleLength, introLength, regionSizeMin, regionSizeMax, time } = DOCUMENT_LIMITS;

/** An object with these entries and no others. */
export function record<E extends v.ObjectEntries>(entries: E) {
  return v.strictObject(entries, (issue) => (issue.expected === 'never' ? 'document.unknownField' : 'document.wrongType'));
}

/** A list that is refused as a whole when it is too long, before anything in it is looked at. */
export function bounded<T>(max: number, item: v.GenericSchema<unknown, T>) {
  return v.pipe(
    v.custom<unknown[]>(Array.isArray, 'document.wrongType'),
    v.check((list) => list.length <= max, 'document.tooMany'),
    v.array(item),
  );
}

export function whole(min: number, max: number) {
  return v.pipe(
    v.number('document.wrongNumber'),
    v.integer('document.wrongNumber'),
    v.minValue(min, 'document.wrongNumber'),
    v.maxValue(max, 'document.wrongNumber'),
    // There is no -0 in a document: it would not survive being written down.
    v.transform((value) => value + 0),
  );
}

export function shortText(max: number) {
  return v.pipe(v.string('document.wrongType'), v.maxLength(max, 'document.textTooLong'));
}

export const ID = v.pipe(
  v.string('document.wrongType'),
  v.maxLength(idLength, 'document.wrongId'),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'document.wrongId'),
);
export const KIND = shortText(64);
/** Still unchecked: rebuilt from its field table before anyone uses it. */
export const RAW = v.custom<{ readonly [name: string]: unknown }>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'document.wrongType',
);
export const TIME = whole(0, time);

export const PART = record({
  id: ID,
  kind: KIND,
  name: shortText(nameLength),
  x: whole(-coordinate, coordinate),
  y: whole(-coordinate, coordinate),
  parent: v.exactOptional(ID),
  width: v.exactOptional(whole(regionSizeMin, regionSizeMax)),
  height: v.exactOptional(whole(regionSizeMin, regionSizeMax)),
  config: RAW,
});
export const LINE = record({ id: ID, kind: KIND, from: ID, to: ID, config: RAW });
export const SETTINGS = record({
  latency: whole(0, 60_000_000),
  hop: whole(0, 60_000_000),
  until: whole(1, time),
  detect: TIME,
  colourBy: v.picklist(['key', 'lane', 'producer', 'message'], 'document.wrongType'),
});
export const PARTS = bounded(DOCUMENT_LIMITS.parts, PART);
export const LINES = bounded(DOCUMENT_LIMITS.lines, LINE);
export const TITLE = shortText(titleLength);
export const SCENARIO = record({
  from: v.pipe(v.string('document.wrongType'), v.maxLength(idLength, 'document.textTooLong')),
  title: TITLE,
  intro: shortText(introLength),
  parts: PARTS,
  lines: LINES,
  settings: SETTINGS,
});
export const INTERVENTIONS = bounded(DOCUMENT_LIMITS.interventions, record({ at: TIME, verb: shortText(32), target: ID, args: RAW }));
export const VARIANT = record({
  title: TITLE,
  configs: RAW,
  without: bounded(DOCUMENT_LIMITS.parts + DOCUMENT_LIMITS.lines, ID),
  parts: PARTS,
  lines: LINES,
});
export const RUN = record({
  scenario: SCENARIO,
  seed: whole(0, DOCUMENT_LIMITS.seed),
  engine: whole(1, DOCUMENT_LIMITS.engine),
  interventions: INTERVENTIONS,
  variant: v.exactOptional(VARIANT),
});

export type RawPart = v.InferOutput<typeof PART> & { readonly id: PartId };
export type RawLine = v.InferOutput<typeof LINE> & { readonly id: LineId };
export type RawScenario = v.InferOutput<typeof SCENARIO>;
export type RawVariant = v.InferOutput<typeof VARIANT>;
export type RawRun = v.InferOutput<typeof RUN>;
