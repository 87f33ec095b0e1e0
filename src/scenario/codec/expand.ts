import type { Json } from '../../base/index.ts';
import { DOCUMENT_LIMITS } from '../limits.ts';
import { GRID, MILLI } from './compact.ts';
import { NAMES_1, SETTINGS_1 } from './frozen1.ts';
import type { View } from './view.ts';

/** A run as JSON, still to be parsed: this only undoes `compact.ts`. */
export interface Expanded {
  readonly run: Json;
  readonly view: View | undefined;
}

/** Thrown and caught in this file alone: somewhere inside is not what the compact form has there. */
class Misshapen extends Error {}

/** Undefined if the data has not the shape of the compact form. */
export function expandRun(json: unknown, engine: number): Expanded | undefined {
  try {
    return new Expansion(json).expand(engine);
  } catch (error) {
    if (error instanceof Misshapen) return undefined;
    throw error;
  }
}

const THINGS_MAX = DOCUMENT_LIMITS.parts + DOCUMENT_LIMITS.lines;

class Expansion {
  private readonly root: readonly unknown[];
  private readonly variant: readonly unknown[];
  private readonly partIds: readonly string[];
  private readonly lineIds: readonly string[];
  private readonly ownPartIds: readonly string[];
  private readonly ownLineIds: readonly string[];
  /** What the references count. */
  private readonly ids: readonly string[];

  constructor(json: unknown) {
    this.root = list(json, 16);
    this.variant = list(this.root[8], 8);
    const parts = (columns: unknown) => idsOf(list(columns, 16), 'p', DOCUMENT_LIMITS.parts);
    const lines = (columns: unknown) => idsOf(list(columns, 16), 'l', DOCUMENT_LIMITS.lines);
    this.partIds = parts(this.root[0]);
    this.lineIds = lines(this.root[1]);
    this.ownPartIds = parts(this.variant[3]);
    this.ownLineIds = lines(this.variant[4]);
    this.ids = [...this.partIds, ...this.lineIds, ...this.ownPartIds, ...this.ownLineIds];
  }

  expand(engine: number): Expanded {
    const [parts, lines, settings, interventions, seed, from, title, intro, , view] = this.root;
    const scenario = {
      from: text(from),
      title: text(title),
      intro: text(intro),
      parts: this.parts(parts, this.partIds),
      lines: this.lines(lines, this.lineIds),
      settings: settingsOf(settings),
    };
    const run = { scenario, seed: number(seed) + 1, engine, interventions: this.interventions(interventions) };
    return { run: this.variant.length > 0 ? { ...run, variant: this.expandVariant() } : run, view: viewOf(view) };
  }

  private parts(columns: unknown, ids: readonly string[]): readonly Json[] {
    const [, kinds, names, parents, xs, ys, sizes, configs] = list(columns, 16).map((one) => list(one, 3 * DOCUMENT_LIMITS.parts));
    const x = sums(xs, ids.length, GRID);
    const y = sums(ys, ids.length, GRID);
    const boxes = sizesOf(sizes ?? []);
    return ids.map((id, i) => {
      const parent = parents?.[i] ?? 0;
      return {
        id,
        kind: name(kinds?.[i]),
        name: text(names?.[i]),
        x: x[i] as number,
        y: y[i] as number,
        ...(parent !== 0 && { parent: this.reference(typeof parent === 'number' ? parent - 1 : parent) }),
        ...boxes.get(i),
        config: configOf(configs?.[i]),
      };
    });
  }

  private lines(columns: unknown, ids: readonly string[]): readonly Json[] {
    const [, kinds, froms, tos, configs] = list(columns, 16).map((one) => list(one, DOCUMENT_LIMITS.lines));
    return ids.map((id, i) => ({
      id,
      kind: name(kinds?.[i]),
      from: this.reference(froms?.[i]),
      to: this.reference(tos?.[i]),
      config: configOf(configs?.[i]),
    }));
  }

  private interventions(columns: unknown): readonly Json[] {
    const [times, verbs, targets, args] = list(columns, 16).map((one) => list(one, DOCUMENT_LIMITS.interventions));
    const at = sums(times, verbs?.length ?? 0, MILLI);
    return (verbs ?? []).map((verb, i) => ({
      at: at[i] as number,
      verb: name(verb),
      target: this.reference(targets?.[i]),
      args: configOf(args?.[i]),
    }));
  }

  private expandVariant(): Json {
    const [title, configs, without, parts, lines] = this.variant;
    const flat = list(configs, 2 * THINGS_MAX);
    const changes: [string, Json][] = [];
    for (let i = 0; i < flat.length; i += 2) changes.push([this.reference(flat[i]), configOf(flat[i + 1])]);
    return {
      title: text(title),
      configs: Object.fromEntries(changes),
      without: list(without, THINGS_MAX).map((one) => this.reference(one)),
      parts: this.parts(parts, this.ownPartIds),
      lines: this.lines(lines, this.ownLineIds),
    };
  }

  private reference(value: unknown): string {
    if (typeof value === 'string') return value;
    const id = this.ids[number(value)];
    if (id === undefined) throw new Misshapen();
    return id;
  }
}

/** There are as many as the column of kinds says. */
function idsOf(columns: readonly unknown[], letter: string, max: number): readonly string[] {
  const written = list(columns[0], max);
  const count = list(columns[1], max).length;
  let last = 0;
  return Array.from({ length: count }, (_, i) => {
    const id = written[i] ?? 0;
    if (typeof id === 'string') return id;
    last = id === 0 ? last + 1 : number(id);
    return `${letter}${last}`;
  });
}

function settingsOf(value: unknown): Json {
  const changed = configOf(value);
  const { colourBy, ...times } = SETTINGS_1;
  const settings: [string, Json][] = Object.entries(times).map(([field, initial]) => {
    const millis = changed[field];
    return [field, millis === undefined ? initial : scaled(millis, MILLI)];
  });
  return { ...Object.fromEntries(settings), colourBy: changed['colourBy'] ?? colourBy };
}

function viewOf(value: unknown): View | undefined {
  const fields = list(value, 8);
  if (fields.length === 0) return undefined;
  const time = scaled(fields[0], MILLI);
  const [zoom, x, y] = fields.slice(1, 4).map(number);
  const panel = text(fields[4]);
  const [fact, side] = fields.slice(5, 7).map(number);
  const { time: latest, coordinate } = DOCUMENT_LIMITS;
  if (!(time >= 0 && time <= latest) || panel.length > 32) throw new Misshapen();
  const isStepped = fact !== undefined && fact !== 0;
  if (isStepped && !(Number.isSafeInteger(fact) && fact > 0 && (side === undefined || side === 0 || side === 1))) throw new Misshapen();
  const isShown = zoom !== undefined && zoom > 0;
  if (isShown && (zoom > 10_000 || Math.abs(x ?? 0) > 100 * coordinate || Math.abs(y ?? 0) > 100 * coordinate)) throw new Misshapen();
  return {
    time: time as View['time'],
    ...(isStepped && { fact: { side: side ?? 0, seq: fact - 1 } }),
    ...(isShown && { canvas: { x: Math.round(x ?? 0) + 0, y: Math.round(y ?? 0) + 0, zoom: Math.round(zoom) / 100 } }),
    ...(panel !== '' && { panel }),
  };
}

function sizesOf(flat: readonly unknown[]): ReadonlyMap<number, { readonly width?: number; readonly height?: number }> {
  const sizes = new Map<number, { readonly width?: number; readonly height?: number }>();
  for (let i = 0; i < flat.length; i += 3) {
    const width = scaled(flat[i + 1], GRID);
    const height = scaled(flat[i + 2], GRID);
    sizes.set(number(flat[i]), { ...(width !== 0 && { width }), ...(height !== 0 && { height }) });
  }
  return sizes;
}

function configOf(value: unknown): { readonly [name: string]: Json } {
  const flat = list(value, 1_000);
  const fields: [string, Json][] = [];
  for (let i = 0; i < flat.length; i += 2) fields.push([name(flat[i]), configValue(flat[i + 1])]);
  return Object.fromEntries(fields);
}

/** What a value may hold is the field table's to say, when the run is parsed; here only lists are opened. */
function configValue(value: unknown): Json {
  if (value === undefined) return 0;
  return Array.isArray(value) ? list(value, 1_000).map(configOf) : (value as Json);
}

function list(value: unknown, max: number): readonly unknown[] {
  if (value === undefined || value === 0) return [];
  if (!Array.isArray(value) || value.length > max) throw new Misshapen();
  return value;
}

function number(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Misshapen();
  return value;
}

function text(value: unknown): string {
  if (value === undefined || value === 0) return '';
  if (typeof value !== 'string') throw new Misshapen();
  return value;
}

function name(value: unknown): string {
  if (typeof value === 'string') return value;
  const known = NAMES_1[number(value)];
  if (known === undefined) throw new Misshapen();
  return known;
}

function scaled(value: unknown, step: number): number {
  return Math.round(number(value) * step) + 0;
}

function sums(differences: readonly unknown[] | undefined, count: number, step: number): readonly number[] {
  let sum = 0;
  return Array.from({ length: count }, (_, i) => {
    sum += scaled(differences?.[i], step);
    return sum;
  });
}
