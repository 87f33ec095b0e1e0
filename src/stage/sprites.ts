import { DISC_RADIUS } from './surface.ts';

/** A small canvas to paint on once and copy from often. */
export interface SpriteSheet {
  readonly image: CanvasImageSource;
  readonly context: CanvasRenderingContext2D;
}
export type MakeSprite = (width: number, height: number) => SpriteSheet | undefined;

/** Side of a disc's sprite in canvas pixels: the disc and a little air. */
export const SPRITE_SIDE = 2 * DISC_RADIUS + 2;
const SPRITES_MAX = 3_000;
/** Pixels per canvas pixel that sprites are made for; the next larger one is scaled down. */
const SCALES = [1, 1.5, 2, 3, 4];

/** Labelled discs as ready pictures: copying one costs a fraction of drawing a circle and setting a text. */
export class Sprites {
  private readonly made = new Map<string, CanvasImageSource>();
  private readonly make: MakeSprite;
  private scale = 1;
  private theme = '';

  constructor(make: MakeSprite) {
    this.make = make;
  }

  /** What was made for another scale or theme is let go. */
  prepare(pixelsPerUnit: number, theme: string): void {
    const scale = SCALES.find((it) => it >= pixelsPerUnit) ?? (SCALES.at(-1) as number);
    if (scale === this.scale && theme === this.theme && this.made.size < SPRITES_MAX) return;
    this.scale = scale;
    this.theme = theme;
    this.made.clear();
  }

  get(key: string, paint: (context: CanvasRenderingContext2D) => void): CanvasImageSource | undefined {
    const found = this.made.get(key);
    if (found) return found;
    const side = Math.ceil(SPRITE_SIDE * this.scale);
    const sheet = this.make(side, side);
    if (!sheet) return undefined;
    sheet.context.setTransform(this.scale, 0, 0, this.scale, side / 2, side / 2);
    paint(sheet.context);
    this.made.set(key, sheet.image);
    return sheet.image;
  }
}

export function browserSprite(width: number, height: number): SpriteSheet | undefined {
  const image = document.createElement('canvas');
  image.width = width;
  image.height = height;
  const context = image.getContext('2d');
  return context ? { image, context } : undefined;
}
