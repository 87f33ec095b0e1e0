import type { Json } from '../../base/index.ts';
import type { Config, Intervention, Line, Part, Run, Settings, Variant } from '../types.ts';
import { NAMES_1, SETTINGS_1 } from './frozen1.ts';
import { roundedView, type View } from './view.ts';

/**
 * The compact form of version 1: nested arrays, a column for each property of all parts (all lines …), since like
 * stands beside like and compresses well. 0 stands for what is left out, and zeros at the end of an array are dropped.
 *
 *   root: [parts, lines, settings, interventions, seed - 1, from, title, intro, variant, view]
 *   parts: [ids, kinds, names, parents, xs, ys, sizes, configs]      lines: [ids, kinds, froms, tos, configs]
 *   interventions: [times, verbs, targets, args]                     variant: [title, configs, without, parts, lines]
 *   view: [time, zoom, x, y, panel, seq of the fact + 1, side of the fact]
 *
 * Names are indexes into NAMES_1 where they can be; references are indexes into the parts, then the lines, then the
 * variant's own; times are in ms and coordinates in grid steps, with a fraction where they are no whole ones, each
 * as the difference from the one before.
 */
export const GRID = 8;
export const MILLI = 1_000;

const index = new Map(NAMES_1.map((name, i) => [name, i]));

export function compactRun(run: Run, view: View | undefined): Json {
  const { scenario, variant } = run;
  const ids = [...scenario.parts, ...scenario.lines, ...(variant?.parts ?? []), ...(variant?.lines ?? [])].map((thing) => thing.id);
  const places = new Map(ids.map((id, i) => [id, i] as const).toReversed());
  const place = (id: string): Json => places.get(id) ?? id;
  return trimmed([
    compactParts(scenario.parts, place),
    compactLines(scenario.lines, place),
    compactSettings(scenario.settings),
    compactInterventions(run.interventions, place),
    run.seed - 1,
    scenario.from || 0,
    scenario.title || 0,
    scenario.intro || 0,
    variant ? compactVariant(variant, place) : 0,
    view ? compactView(view) : 0,
  ]);
}

type Place = (id: string) => Json;

function compactParts(parts: readonly Part[], place: Place): Json {
  const sizes = parts.flatMap(({ width, height }, i) =>
    width === undefined && height === undefined ? [] : [i, (width ?? 0) / GRID, (height ?? 0) / GRID],
  );
  return trimmed([
    trimmed(compactIds(parts, 'p')),
    whole(parts.map((part) => named(part.kind))),
    trimmed(parts.map((part) => part.name || 0)),
    trimmed(parts.map((part) => (part.parent === undefined ? 0 : oneMore(place(part.parent))))),
    trimmed(differences(parts.map((part) => part.x)).map((by) => by / GRID)),
    trimmed(differences(parts.map((part) => part.y)).map((by) => by / GRID)),
    trimmed(sizes),
    trimmed(parts.map((part) => compactConfig(part.config))),
  ]);
}

function compactLines(lines: readonly Line[], place: Place): Json {
  return trimmed([
    trimmed(compactIds(lines, 'l')),
    whole(lines.map((line) => named(line.kind))),
    trimmed(lines.map((line) => place(line.from))),
    trimmed(lines.map((line) => place(line.to))),
    trimmed(lines.map((line) => compactConfig(line.config))),
  ]);
}

/** 0 for the id that counting on would give, a number where the count jumps, else the text. */
function compactIds(things: readonly { readonly id: string }[], letter: string): Json[] {
  let last = 0;
  return things.map(({ id }) => {
    const number = new RegExp(`^${letter}[1-9]\\d{0,8}$`).test(id) ? Number(id.slice(1)) : 0;
    if (number === 0) return id;
    const isNext = number === last + 1;
    last = number;
    return isNext ? 0 : number;
  });
}

function compactSettings(settings: Settings): Json {
  const { latency, hop, until, detect, colourBy } = settings;
  const millis = { latency, hop, until, detect };
  const changed: Config = Object.fromEntries(
    Object.entries(millis)
      .filter(([name, value]) => value !== SETTINGS_1[name as keyof typeof millis])
      .map(([name, value]) => [name, value / MILLI]),
  );
  return compactConfig(colourBy === SETTINGS_1.colourBy ? changed : { ...changed, colourBy });
}

function compactInterventions(interventions: readonly Intervention[], place: Place): Json {
  return trimmed([
    trimmed(differences(interventions.map((i) => i.at)).map((by) => by / MILLI)),
    whole(interventions.map((i) => named(i.verb))),
    trimmed(interventions.map((i) => place(i.target))),
    trimmed(interventions.map((i) => compactConfig(i.args))),
  ]);
}

function compactVariant(variant: Variant, place: Place): Json {
  return [
    variant.title,
    ...trimmedList([
      whole(Object.entries(variant.configs).flatMap(([id, changes]) => [place(id), compactConfig(changes)])),
      whole(variant.without.map(place)),
      compactParts(variant.parts, place),
      compactLines(variant.lines, place),
    ]),
  ];
}

function compactView(view: View): Json {
  const { time, fact, canvas, panel } = roundedView(view);
  const rest = canvas ? [Math.round(canvas.zoom * 100), canvas.x, canvas.y] : [0, 0, 0];
  return [time / MILLI, ...trimmedList([...rest, panel ?? 0, ...(fact ? [fact.seq + 1, fact.side] : [])])];
}

/** Field, value, field, value …; nothing set is 0. Lists are arrays of such, tables are objects: a value's type says what it is. */
function compactConfig(config: Config): Json {
  const flat = Object.entries(config).flatMap(([name, value]) => [named(name), compactValue(value)]);
  return flat.length === 0 ? 0 : flat;
}

function compactValue(value: Json): Json {
  return Array.isArray(value) ? value.map((entry) => compactConfig(entry as Config)) : value;
}

function named(name: string): Json {
  return index.get(name) ?? name;
}

function oneMore(place: Json): Json {
  return typeof place === 'number' ? place + 1 : place;
}

function differences(values: readonly number[]): readonly number[] {
  return values.map((value, i) => value - (values[i - 1] ?? 0));
}

/** A column that says how many there are: nothing is dropped from it. */
function whole(values: readonly Json[]): Json {
  return values.length === 0 ? 0 : values;
}

/** A column that is as long as it must be; the reader takes 0 for what is missing. */
function trimmed(values: readonly Json[]): Json {
  return whole(trimmedList(values));
}

function trimmedList(values: readonly Json[]): readonly Json[] {
  return values.slice(0, values.findLastIndex((value) => value !== 0) + 1);
}
