import { type Decision, type Flash, fade, type Ghost } from './moments.ts';
import { paintDisc } from './paintFlights.ts';
import { along, type Point, type Route } from './routes.ts';
import type { Scene, ScenePart } from './scene.ts';
import { type Brush, DISC_RADIUS, paintLabel, type Surface, TAU } from './surface.ts';

/** The moment of a routing decision: the exchange glows, and so do the lines that match; those that don't are crossed at their beginning. */
export function paintDecision({ on, palette }: Brush, scene: Scene, decision: Decision): void {
  on.globalAlpha = fade(decision.age);
  on.lineCap = 'round';
  on.lineJoin = 'round';
  on.strokeStyle = palette.glow;
  on.lineWidth = 9;
  for (const id of decision.matched) {
    const line = scene.lines.get(id);
    if (!line) continue;
    on.beginPath();
    trace(on, line.route);
    on.stroke();
  }
  const part = scene.parts.get(decision.at);
  if (part) {
    on.lineWidth = 8;
    on.beginPath();
    addOutline(on, part, 2);
    on.stroke();
  }
  on.strokeStyle = palette.soft;
  on.lineWidth = 1.8;
  on.beginPath();
  for (const id of decision.unmatched) {
    const line = scene.lines.get(id);
    if (line) addCross(on, pointFrom(line.route, line.from === decision.at), 3.5);
  }
  on.stroke();
  on.globalAlpha = 1;
}

const CROSS_AT = 14;
const point: Point = { x: 0, y: 0 };

function pointFrom(route: Route, isFromStart: boolean): Point {
  const share = Math.min(0.5, CROSS_AT / (route.length || 1));
  along(route, isFromStart ? share : 1 - share, point);
  return point;
}

function trace(on: Surface, route: Route): void {
  on.moveTo(route.xs[0] as number, route.ys[0] as number);
  for (let i = 1; i < route.xs.length; i++) on.lineTo(route.xs[i] as number, route.ys[i] as number);
}

function addCross(on: Surface, { x, y }: Point, size: number): void {
  on.moveTo(x - size, y - size);
  on.lineTo(x + size, y + size);
  on.moveTo(x + size, y - size);
  on.lineTo(x - size, y + size);
}

function addOutline(on: Surface, { shape, rect, x, y }: ScenePart, air: number): void {
  if (shape === 'circle') {
    on.moveTo(x + rect.width / 2 + air, y);
    on.arc(x, y, rect.width / 2 + air, 0, TAU);
    return;
  }
  if (shape === 'hexagon') {
    const cut = rect.width / 4;
    on.moveTo(rect.x + cut - air / 2, rect.y - air);
    on.lineTo(rect.x + rect.width - cut + air / 2, rect.y - air);
    on.lineTo(rect.x + rect.width + air, y);
    on.lineTo(rect.x + rect.width - cut + air / 2, rect.y + rect.height + air);
    on.lineTo(rect.x + cut - air / 2, rect.y + rect.height + air);
    on.lineTo(rect.x - air, y);
    on.closePath();
    return;
  }
  on.roundRect(rect.x - air, rect.y - air, rect.width + 2 * air, rect.height + 2 * air, (shape === 'rail' ? 10 : 16) + air);
}

/** A crash or a return to life, seen from afar: a ring that widens; without motion, one that stands. */
export function paintFlash(brush: Brush, part: ScenePart, { isGood, age }: Flash): void {
  const { on, palette } = brush;
  on.globalAlpha = brush.reducedMotion ? fade(age) * 0.8 : (1 - age) * 0.9;
  on.strokeStyle = isGood ? palette.ok : palette.bad;
  on.lineWidth = 4;
  on.beginPath();
  addOutline(on, part, brush.reducedMotion ? 5 : 4 + age * 22);
  on.stroke();
  on.globalAlpha = 1;
}

const GHOST_PITCH = 25;
const GHOST_RADIUS = 8.5;
const WORD_SIZE = 11.5;
/** About half a pill: above a part, it stands over its middle. */
const PILL_HALF = 64;

/** Where the ghosts of a part stand, the middle of their discs: beside its words and lines as far as may be, never on its messages. */
export function ghostPlace({ shape, rect, x, y, isRightFree }: ScenePart, order: number): Point {
  const up = order * GHOST_PITCH;
  if (shape === 'region') return { x: rect.x + rect.width - 2 * PILL_HALF - 30, y: rect.y + 22 + up };
  if (shape === 'rail') return { x: rect.x + 14, y: rect.y - 40 - up };
  if (isRightFree) return { x: rect.x + rect.width + 22, y: y - up };
  return { x: x - PILL_HALF, y: rect.y - 18 - up };
}

/** A message that ended here, crossed out, or one that turned round, and a word why. `order` counts those above one part. */
export function paintGhost(brush: Brush, part: ScenePart, ghost: Ghost, order: number, colour: number, words: string): void {
  const { on, palette } = brush;
  const { x, y } = ghostPlace(part, order);
  on.globalAlpha = fade(ghost.age);
  on.font = `600 ${WORD_SIZE}px ${palette.font}`;
  const width = on.measureText(words).width + 2 * GHOST_RADIUS + 20;
  on.fillStyle = palette.panel;
  on.strokeStyle = ghost.isReturning ? palette.warn : palette.bad;
  on.lineWidth = 1.2;
  on.beginPath();
  on.roundRect(x - GHOST_RADIUS - 3, y - GHOST_RADIUS - 3, width, 2 * GHOST_RADIUS + 6, GHOST_RADIUS + 3);
  on.fill();
  on.stroke();
  on.textAlign = 'left';
  on.fillStyle = ghost.isReturning ? palette.warn : palette.bad;
  on.fillText(words, x + GHOST_RADIUS + 6, y + 4);
  if (ghost.message > 0) paintDisc(brush, x, y, GHOST_RADIUS, colour, ghost.isReturning ? '' : String(ghost.message));
  if (ghost.isReturning) {
    on.fillStyle = palette.accentInk;
    paintLabel(brush, '↻', x, y, DISC_RADIUS);
  } else paintCrossedOut(brush, x, y);
  on.globalAlpha = 1;
}

function paintCrossedOut({ on, palette }: Brush, x: number, y: number): void {
  const size = GHOST_RADIUS * 0.8;
  for (const [style, width] of [
    [palette.panel, 4],
    [palette.bad, 2],
  ] as const) {
    on.strokeStyle = style;
    on.lineWidth = width;
    on.beginPath();
    addCross(on, { x, y }, size);
    on.stroke();
  }
}
