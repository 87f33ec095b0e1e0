import type { MessageId } from '../base/index.ts';
import type { Palette } from './palette.ts';

/** What the painter needs of a 2D context; tests record these calls. */
export type Surface = Pick<
  CanvasRenderingContext2D,
  | 'save'
  | 'restore'
  | 'setTransform'
  | 'clearRect'
  | 'beginPath'
  | 'closePath'
  | 'moveTo'
  | 'lineTo'
  | 'arc'
  | 'rect'
  | 'roundRect'
  | 'fill'
  | 'stroke'
  | 'fillText'
  | 'measureText'
  | 'drawImage'
  | 'setLineDash'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineCap'
  | 'lineJoin'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
>;

/** From canvas pixels to device pixels: times `scale`, then plus `x` and `y`. */
export interface Lens {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export function lookThrough(on: Surface, { scale, x, y }: Lens): void {
  on.setTransform(scale, 0, 0, scale, x, y);
}

/** What every painter is handed for one frame. */
export interface Brush {
  readonly on: Surface;
  readonly lens: Lens;
  readonly palette: Palette;
  /** Large enough on the screen to be read. */
  readonly hasLabels: boolean;
  readonly reducedMotion: boolean;
  readonly selected: MessageId | undefined;
}

export const TAU = Math.PI * 2;
export const DISC_RADIUS = 10.5;

/** Numbers of messages fit their disc: the longer, the smaller. */
export function labelSize(label: string, radius: number): number {
  const room = radius * 0.9;
  if (label.length <= 2) return room;
  return label.length === 3 ? room * 0.88 : (room * 3.2) / label.length;
}

/** Canvas text baselines differ between fonts; digits stand in the middle of a disc when set this far below it. */
const DIGIT_DROP = 0.36;

export function paintLabel({ on, palette }: Brush, label: string, x: number, y: number, size: number, weight = 700): void {
  on.font = `${weight} ${size.toFixed(1)}px ${palette.font}`;
  on.textAlign = 'center';
  on.fillText(label, x, y + size * DIGIT_DROP);
}

/** A disc that is part of the path being made. */
export function addDisc(on: Surface, x: number, y: number, radius: number): void {
  on.moveTo(x + radius, y);
  on.arc(x, y, radius, 0, TAU);
}
