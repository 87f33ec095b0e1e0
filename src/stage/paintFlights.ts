import type { Mark } from '../engine/index.ts';
import type { Sprites } from './sprites.ts';
import { addDisc, type Brush, DISC_RADIUS, labelSize, lookThrough, paintLabel, type Surface } from './surface.ts';
import type { Token } from './token.ts';
import type { Tokens } from './tokens.ts';

/** Above this many tokens they are plain dots: nobody reads a thousand labels, but everybody sees a stutter. */
export const LABELLED_MAX = 1_200;
/** Up to here discs glide between pixels; more of them are set on whole pixels, which is three times as fast. */
const GLIDING_MAX = 200;
/** Above this many, dots of five pixels are squares: nobody sees the corners, and a circle costs three times as much. */
const ROUND_MAX = 2_500;
const DOT_RADIUS = 4;
/** The disc, its rim and a little air. */
const SPRITE_EXTENT = 2 * DISC_RADIUS + 3;

export function paintFlights(brush: Brush, tokens: Tokens, sprites: Sprites | undefined): void {
  const isDetailed = brush.hasLabels && tokens.count <= LABELLED_MAX;
  paintSmallMarks(brush, tokens);
  if (isDetailed) paintStacks(brush, tokens);
  if (isDetailed && sprites) paintSprites(brush, tokens, sprites);
  else if (isDetailed) paintDiscs(brush, tokens);
  else if (tokens.count <= ROUND_MAX) paintDots(brush, tokens);
  else paintSquares(brush, tokens);
  for (let i = 0; i < tokens.count; i++) {
    const token = tokens.at(i);
    if (token.isSelected && token.mark === 'message') paintHalo(brush, token.x, token.y);
    if (token.count > 1 && isCounted(token) && brush.hasLabels) paintBadge(brush, `×${token.count}`, token.x + 12, token.y - 12);
    else if (token.isRedelivered && isDetailed) paintAgain(brush, token.x, token.y);
  }
}

/** Frames that carry messages, and those that wait. */
function isCounted({ mark, isWaiting }: Token): boolean {
  return isWaiting || mark === 'message' || mark === 'replica';
}

/** Below the first disc of a batch lie two more at most, each a little to the side. */
function paintStacks(brush: Brush, tokens: Tokens): void {
  for (let i = 0; i < tokens.count; i++) {
    const { mark, x, y, stack } = tokens.at(i);
    if (mark !== 'message') continue;
    for (let below = stack.length - 1; below > 0; below--)
      paintDisc(brush, x - 4 * below, y + 3 * below, DISC_RADIUS, stack[below] as number, '');
  }
}

/** One fill per colour, whatever the number. */
function paintDots({ on, palette }: Brush, tokens: Tokens): void {
  for (const [colour, fill] of palette.messages.entries()) {
    on.fillStyle = fill;
    on.beginPath();
    for (let i = 0; i < tokens.count; i++) {
      const token = tokens.at(i);
      if (token.mark === 'message' && token.colour === colour) addDisc(on, token.x, token.y, DOT_RADIUS);
    }
    on.fill();
  }
}

/** The same on whole device pixels. */
function paintSquares({ on, palette, lens }: Brush, tokens: Tokens): void {
  const side = Math.max(3, Math.round(1.8 * DOT_RADIUS * lens.scale));
  const half = side / 2;
  on.setTransform(1, 0, 0, 1, 0, 0);
  for (const [colour, fill] of palette.messages.entries()) {
    on.fillStyle = fill;
    on.beginPath();
    for (let i = 0; i < tokens.count; i++) {
      const { mark, colour: its, x, y } = tokens.at(i);
      if (mark !== 'message' || its !== colour) continue;
      on.rect(Math.round(x * lens.scale + lens.x - half), Math.round(y * lens.scale + lens.y - half), side, side);
    }
    on.fill();
  }
  lookThrough(on, lens);
}

function paintDiscs(brush: Brush, tokens: Tokens): void {
  for (let i = 0; i < tokens.count; i++) {
    const { mark, x, y, colour, message } = tokens.at(i);
    if (mark === 'message') paintDisc(brush, x, y, DISC_RADIUS, colour, labelOf(message));
  }
}

function labelOf(message: number): string {
  return message > 0 ? String(message) : '';
}

function paintSprites(brush: Brush, tokens: Tokens, sprites: Sprites): void {
  const { on, lens } = brush;
  const isGliding = tokens.count <= GLIDING_MAX;
  on.setTransform(1, 0, 0, 1, 0, 0);
  for (let i = 0; i < tokens.count; i++) {
    const { mark, x, y, colour, message } = tokens.at(i);
    if (mark !== 'message') continue;
    const sprite = sprites.get(`${colour} ${message}`, SPRITE_EXTENT, (context) =>
      paintDisc({ ...brush, on: context }, 0, 0, DISC_RADIUS, colour, labelOf(message)),
    );
    if (!sprite) continue;
    const left = x * lens.scale + lens.x;
    const top = y * lens.scale + lens.y;
    if (sprite.scale !== lens.scale) {
      const side = (sprite.side * lens.scale) / sprite.scale;
      on.drawImage(sprite.image, left - side / 2, top - side / 2, side, side);
    } else if (isGliding) on.drawImage(sprite.image, left - sprite.side / 2, top - sprite.side / 2);
    else on.drawImage(sprite.image, Math.round(left - sprite.side / 2), Math.round(top - sprite.side / 2));
  }
  lookThrough(on, lens);
}

/** A message: a disc with its number. */
export function paintDisc(brush: Brush, x: number, y: number, radius: number, colour: number, label: string): void {
  const { on, palette } = brush;
  on.fillStyle = palette.messages[colour] as string;
  on.beginPath();
  addDisc(on, x, y, radius);
  on.fill();
  // A thin rim keeps neighbours apart.
  on.strokeStyle = palette.panel;
  on.lineWidth = 1;
  on.stroke();
  if (label === '' || !brush.hasLabels) return;
  on.fillStyle = palette.accentInk;
  paintLabel(brush, label, x, y, labelSize(label, radius));
}

/** Around every copy of the selected message. */
export function paintHalo({ on, palette }: Brush, x: number, y: number): void {
  on.beginPath();
  addDisc(on, x, y, DISC_RADIUS + 4.5);
  on.fillStyle = palette.glow;
  on.fill();
  on.strokeStyle = palette.accent;
  on.lineWidth = 2;
  on.stroke();
}

/** It was delivered before: the broker says so, and so do we. */
export function paintAgain(brush: Brush, x: number, y: number): void {
  paintBadge(brush, '↻', x + 9, y - 9);
}

export function paintBadge(brush: Brush, text: string, x: number, y: number): void {
  const { on, palette } = brush;
  const width = Math.max(13, text.length * 6 + 6);
  on.fillStyle = palette.panel;
  on.strokeStyle = palette.line;
  on.lineWidth = 1;
  on.beginPath();
  on.roundRect(x - width / 2, y - 6.5, width, 13, 6.5);
  on.fill();
  on.stroke();
  on.fillStyle = palette.ink;
  paintLabel(brush, text, x, y, 9.5);
}

type Draw = (on: Surface, token: Token) => void;

const SMALL: { readonly [M in Exclude<Mark, 'message'>]: Draw } = {
  ack: (on, { x, y, dx, dy }) => {
    on.moveTo(x - dx * 4 - dy * 4.5, y - dy * 4 + dx * 4.5);
    on.lineTo(x + dx * 3.5, y + dy * 3.5);
    on.lineTo(x - dx * 4 + dy * 4.5, y - dy * 4 - dx * 4.5);
  },
  nack: (on, { x, y }) => {
    on.moveTo(x - 4.5, y - 4.5);
    on.lineTo(x + 4.5, y + 4.5);
    on.moveTo(x + 4.5, y - 4.5);
    on.lineTo(x - 4.5, y + 4.5);
  },
  fetch: (on, { x, y }) => addDisc(on, x, y, 6),
  replica: (on, { x, y }) => on.rect(x - 5, y - 5, 10, 10),
  heartbeat: (on, { x, y }) => addDisc(on, x, y, 2.5),
  control: (on, { x, y }) => {
    on.moveTo(x, y - 4.5);
    on.lineTo(x + 4.5, y);
    on.lineTo(x, y + 4.5);
    on.lineTo(x - 4.5, y);
    on.closePath();
  },
};

/** Everything that is no message, by shape: one path each. */
function paintSmallMarks(brush: Brush, tokens: Tokens): void {
  const { on, palette } = brush;
  on.lineCap = 'round';
  on.lineJoin = 'round';
  const batch = (mark: Exclude<Mark, 'message'>, isWaiting: boolean): boolean => {
    let any = false;
    on.beginPath();
    for (let i = 0; i < tokens.count; i++) {
      const token = tokens.at(i);
      if (token.mark !== mark || token.isWaiting !== isWaiting) continue;
      SMALL[mark](on, token);
      any = true;
    }
    return any;
  };
  // What waits is hollow, and nothing behind it shows through.
  for (const [mark, style] of [
    ['heartbeat', palette.soft],
    ['control', palette.soft],
    ['replica', palette.accent],
    ['fetch', palette.accent],
    ['ack', palette.ok],
    ['nack', palette.bad],
  ] as const) {
    if (!batch(mark, true)) continue;
    if (mark !== 'ack' && mark !== 'nack') fillWith(on, palette.panel, 1);
    strokeWith(on, style, mark === 'fetch' ? 2.2 : 1.8);
  }
  if (batch('heartbeat', false)) fillWith(on, palette.soft, 0.7);
  if (batch('control', false)) fillWith(on, palette.soft, 0.5);
  if (batch('replica', false)) fillWith(on, palette.accent, 1);
  if (batch('fetch', false)) strokeWith(on, palette.accent, 2.2);
  if (batch('ack', false)) strokeWith(on, palette.ok, 2.6);
  if (batch('nack', false)) strokeWith(on, palette.bad, 2.6);
}

function fillWith(on: Surface, style: string, alpha: number): void {
  on.globalAlpha = alpha;
  on.fillStyle = style;
  on.fill();
  on.globalAlpha = 1;
}

function strokeWith(on: Surface, style: string, width: number): void {
  on.strokeStyle = style;
  on.lineWidth = width;
  on.stroke();
}
