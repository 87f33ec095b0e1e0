/** A small canvas to paint on once and copy from often. */
export interface SpriteSheet {
  readonly context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  /** What has been painted, as a picture of its own; the sheet is empty afterwards. */
  take(): CanvasImageSource;
}
export type MakeSheet = (side: number) => SpriteSheet | undefined;

export interface Sprite {
  readonly image: CanvasImageSource;
  /** Device pixels per canvas pixel that it was painted for. */
  readonly scale: number;
  /** Device pixels. */
  readonly side: number;
}

const SPRITES_MAX = 3_000;
/** After a zoom the pictures are painted anew, so many a frame; until then the old ones are stretched. */
const RENEWED_A_FRAME = 120;

/**
 * Labelled discs as ready pictures, painted for the very scale they are shown at: copying such a picture to whole pixels
 * costs a third of drawing a circle and setting a text.
 */
export class Sprites {
  private readonly made = new Map<string, Sprite>();
  private readonly makeSheet: MakeSheet;
  private sheet: SpriteSheet | undefined;
  private sheetSide = 0;
  private scale = 0;
  private theme = '';
  private allowance = 0;

  constructor(makeSheet: MakeSheet) {
    this.makeSheet = makeSheet;
  }

  /** Once a frame. While the scale changes nothing is painted anew. */
  prepare(scale: number, theme: string): void {
    this.allowance = scale === this.scale ? RENEWED_A_FRAME : 0;
    this.scale = scale;
    if (theme === this.theme && this.made.size < SPRITES_MAX) return;
    this.theme = theme;
    this.made.clear();
  }

  /** The picture of a key; `extent` is the side of its square in canvas pixels, `paint` draws around the origin. */
  get(key: string, extent: number, paint: (context: SpriteSheet['context']) => void): Sprite | undefined {
    const found = this.made.get(key);
    if (found && (found.scale === this.scale || this.allowance <= 0)) return found;
    if (found) this.allowance--;
    const sprite = this.make(extent, paint);
    if (sprite) this.made.set(key, sprite);
    return sprite ?? found;
  }

  private make(extent: number, paint: (context: SpriteSheet['context']) => void): Sprite | undefined {
    // An even side, so that the middle lies between pixels on every sprite alike.
    const side = 2 * Math.ceil((extent * this.scale) / 2);
    if (side !== this.sheetSide) {
      this.sheet = this.makeSheet(side);
      this.sheetSide = side;
    }
    if (!this.sheet) return undefined;
    const { context } = this.sheet;
    context.setTransform(this.scale, 0, 0, this.scale, side / 2, side / 2);
    paint(context);
    return { image: this.sheet.take(), scale: this.scale, side };
  }
}

export function browserSheet(side: number): SpriteSheet | undefined {
  if (typeof OffscreenCanvas === 'function') {
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext('2d');
    return context ? { context, take: () => canvas.transferToImageBitmap() } : undefined;
  }
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  const take = () => {
    const copy = document.createElement('canvas');
    copy.width = copy.height = side;
    copy.getContext('2d')?.drawImage(canvas, 0, 0);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, side, side);
    return copy;
  };
  return { context, take };
}
