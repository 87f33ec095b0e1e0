import type { PartId } from '../base/index.ts';
import type { Curve, Rect } from './geometry.ts';
import type { Shape } from './vocabulary.ts';

/** A part with its place on the canvas. */
export interface Placed {
  readonly id: PartId;
  readonly shape: Shape;
  readonly rect: Rect;
}

export type Edge = 'left' | 'right' | 'top' | 'bottom';

/** One end of a line: the edge of its part, and how far along it from the middle. */
export interface Port {
  readonly part: Placed;
  readonly edge: Edge;
  readonly offset: number;
}

export interface Ends {
  readonly from: Port;
  readonly to: Port;
  /** Sideways push of the middle in canvas pixels: keeps parallel lines and their labels apart. */
  readonly bulge: number;
}

export function isUpright(edge: Edge): boolean {
  return edge === 'left' || edge === 'right';
}

/** The least and greatest reach of a curve's control points: far lines bend wider, near ones stay close. */
const REACH_MIN = 40;
const LOOP_REACH = 64;

export function curveBetween({ from, to, bulge }: Ends): Curve {
  const [x0, y0] = anchorOf(from);
  const [x3, y3] = anchorOf(to);
  const reach = reachOf(from, to, x3 - x0, y3 - y0);
  const [ax, ay] = outward(from.edge);
  const [bx, by] = outward(to.edge);
  const isAcross = isUpright(from.edge);
  const sideX = isAcross ? 0 : bulge;
  const sideY = isAcross ? bulge : 0;
  return [
    x0,
    y0,
    round(x0 + ax * reach + sideX),
    round(y0 + ay * reach + sideY),
    round(x3 + bx * reach + sideX),
    round(y3 + by * reach + sideY),
    x3,
    y3,
  ];
}

function reachOf(from: Port, to: Port, dx: number, dy: number): number {
  if (from.part === to.part) return LOOP_REACH;
  const along = Math.abs(isUpright(from.edge) ? dx : dy);
  const across = Math.abs(isUpright(from.edge) ? dy : dx);
  if (from.edge !== to.edge) return Math.max(Math.min(REACH_MIN, (along + across) / 2), along / 2);
  // Both ends leave the same way: an arc around what lies between them.
  return Math.max(60, along) + across * 0.16;
}

function outward(edge: Edge): readonly [number, number] {
  if (edge === 'left') return [-1, 0];
  if (edge === 'right') return [1, 0];
  return edge === 'top' ? [0, -1] : [0, 1];
}

/** The point where a line touches the outline of its part. */
function anchorOf({ part, edge, offset }: Port): readonly [number, number] {
  const { x, y, width, height } = part.rect;
  const middleX = x + width / 2;
  const middleY = y + height / 2;
  const [ox, oy] = outward(edge);
  const depth = (isUpright(edge) ? width : height) / 2 - dent(part, edge, offset);
  return [round(middleX + ox * depth + (isUpright(edge) ? 0 : offset)), round(middleY + oy * depth + (isUpright(edge) ? offset : 0))];
}

/** How far the outline lies inside its box beside the middle of an edge. */
function dent(part: Placed, edge: Edge, offset: number): number {
  const half = part.rect.width / 2;
  if (part.shape === 'circle') return half - Math.sqrt(Math.max(0, half * half - offset * offset));
  if (part.shape !== 'hexagon') return 0;
  const halfHeight = part.rect.height / 2;
  // A hexagon's slanted sides take a quarter of its width each; its top and bottom are flat.
  if (isUpright(edge)) return (part.rect.width / 4) * (Math.abs(offset) / halfHeight);
  return Math.max(0, Math.abs(offset) - half / 2) * (halfHeight / (half / 2));
}

/** Hundredths of a pixel are enough, and keep the path data short. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The point of a curve at u from 0 to 1 (its own parameter, not its length). */
export function pointOf(c: Curve, u: number): { readonly x: number; readonly y: number } {
  const v = 1 - u;
  const a = v * v * v;
  const b = 3 * v * v * u;
  const d = 3 * v * u * u;
  const e = u * u * u;
  return { x: a * c[0] + b * c[2] + d * c[4] + e * c[6], y: a * c[1] + b * c[3] + d * c[5] + e * c[7] };
}
