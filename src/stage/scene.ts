import type { LineId, PartId } from '../base/index.ts';
import type { Line, Program } from '../engine/index.ts';
import { type Curve, directCurve, drawnLines, type Form, type Layout, layout, type Rect, type Shape, shapeOf } from '../scenario/index.ts';
import { makeRoute, type Route } from './routes.ts';

/** Where parts are while a hand drags them: middles in canvas pixels. */
export type Moved = ReadonlyMap<PartId, { readonly x: number; readonly y: number }>;

export interface ScenePart {
  readonly id: PartId;
  readonly shape: Shape;
  readonly rect: Rect;
  readonly x: number;
  readonly y: number;
  /** No line leaves or enters on its right side. */
  readonly isRightFree: boolean;
}

/** A line with its measured route; `index` numbers them for look-ups by array. */
export interface SceneLine {
  readonly index: number;
  readonly from: PartId;
  readonly to: PartId;
  readonly route: Route;
}

/** Measured when something first travels it: of thousands of lines most never carry a message. */
class MeasuredLine implements SceneLine {
  readonly index: number;
  readonly from: PartId;
  readonly to: PartId;
  private readonly curve: Curve;
  private measured: Route | undefined;

  constructor(index: number, from: PartId, to: PartId, curve: Curve) {
    this.index = index;
    this.from = from;
    this.to = to;
    this.curve = curve;
  }

  get route(): Route {
    this.measured ??= makeRoute(this.curve);
    return this.measured;
  }
}

/** What stands still: measured when the layout changes, never while painting. */
export interface Scene {
  readonly parts: ReadonlyMap<PartId, ScenePart>;
  readonly lines: ReadonlyMap<LineId, SceneLine>;
  /** The way of a flight that has no line drawn: from part to part, each way a little to its right. */
  between(from: PartId, to: PartId): SceneLine | undefined;
}

const known = new WeakMap<Program, { readonly moved: Moved | undefined; readonly scene: Scene }>();

export function sceneOf(program: Program, moved?: Moved): Scene {
  const found = known.get(program);
  if (found && found.moved === moved) return found.scene;
  const scene = makeScene(program, moved);
  known.set(program, { moved, scene });
  return scene;
}

function makeScene(program: Program, moved: Moved | undefined): Scene {
  const { catalogue, run } = program;
  const formOf = (kind: string): Form => catalogue.parts.get(kind) ?? 'circle';
  const partsNow = moved ? run.scenario.parts.map((part) => ({ ...part, ...moved.get(part.id) })) : run.scenario.parts;
  const drawn = drawnLines([...run.scenario.lines, ...catalogue.implied(run.scenario)], catalogue.lines);
  const ids = new Set(drawn.map((line) => line.id));
  // Lines that only a later reconfiguration implies do not push the others aside before they are there.
  const later = drawnLines(program.lines, catalogue.lines).filter((line) => !ids.has(line.id));
  const { rects, curves } = layout(partsNow, drawn, formOf);
  const all = later.length > 0 ? new Map([...layout(partsNow, [...drawn, ...later], formOf).curves, ...curves]) : curves;
  const parts = new Map<PartId, ScenePart>();
  const busy = busyOnTheRight(drawn, rects, curves);
  for (const part of partsNow) {
    const rect = rects.get(part.id) as Rect;
    const x = rect.x + rect.width / 2;
    parts.set(part.id, {
      id: part.id,
      shape: shapeOf(formOf(part.kind)),
      rect,
      x,
      y: rect.y + rect.height / 2,
      isRightFree: !busy.has(part.id),
    });
  }
  const lines = new Map<LineId, SceneLine>();
  const put = (line: Line) => {
    const curve = all.get(line.id);
    if (curve) lines.set(line.id, new MeasuredLine(lines.size, line.from, line.to, curve));
  };
  for (const line of drawn) put(line);
  for (const line of later) put(line);
  return { parts, lines, between: straightLines(parts, lines.size) };
}

function busyOnTheRight(lines: readonly Line[], rects: Layout['rects'], curves: Layout['curves']): ReadonlySet<PartId> {
  const busy = new Set<PartId>();
  const look = (id: PartId, x: number) => {
    const rect = rects.get(id);
    if (rect && x > rect.x + rect.width * 0.75) busy.add(id);
  };
  for (const { id, from, to } of lines) {
    const curve = curves.get(id);
    if (!curve) continue;
    look(from, curve[0]);
    look(to, curve[6]);
  }
  return busy;
}

function straightLines(parts: ReadonlyMap<PartId, ScenePart>, drawn: number): Scene['between'] {
  const made = new Map<string, SceneLine | undefined>();
  return (from, to) => {
    const key = `${from}\n${to}`;
    if (made.has(key)) return made.get(key);
    const a = parts.get(from);
    const b = parts.get(to);
    const line = a && b ? { index: drawn + made.size, from, to, route: makeRoute(directCurve(a.rect, b.rect)) } : undefined;
    made.set(key, line);
    return line;
  };
}
