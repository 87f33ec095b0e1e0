import { type Mark, markOf, type Timeline, viewOf, type Waiting } from '../engine/index.ts';
import { outsideOf, turn } from './routes.ts';
import type { Scene, SceneLine, ScenePart } from './scene.ts';
import { type Frustum, isNear, NO_STACK, type Token } from './token.ts';

/** From a part's edge to the first that waits there: what stands inside stays readable. */
const FIRST = 9;
/** From one that waits to the next, further back on its line. */
const PITCH = 15;
/** Nearer than this they would cover one another; lines that end side by side are not moved. */
const APART = 12.5;
/** Beyond these they may lie on one another: nobody counts that many. */
const PLACES_MAX = 6;
const PLACED_MAX = 60;
/** How far from its part the last one may stand. */
const REACH = FIRST + PLACES_MAX * PITCH;

const placed: Token[] = [];

/** Requests that wait, each at the end of the line that it came along; of one line and one shape they are one with a count. */
export function placeWaiting(timeline: Timeline, scene: Scene, view: Frustum, hidden: readonly string[], next: () => Token): void {
  const { program, world } = timeline;
  for (const part of scene.parts.values()) {
    if (!world.present.has(part.id) || !isNear(part.rect, view, REACH)) continue;
    const seen = viewOf(program, world, part.id);
    if (!seen?.waiting || seen.status === 'down') continue;
    placed.length = 0;
    for (const one of seen.waiting) {
      const mark = markOf(program.catalogue, one.verb);
      const line = scene.lines.get(one.line) ?? scene.between(one.from, part.id);
      if (line && !hidden.includes(mark) && world.present.has(one.from)) place(one, part, line, shapeOf(mark), next);
    }
  }
}

/** The messages of a request have been taken out of it when it waits. */
export function shapeOf(mark: Mark): Mark {
  return mark === 'message' ? 'fetch' : mark;
}

function place(one: Waiting, { id, rect }: ScenePart, line: SceneLine, mark: Mark, next: () => Token): void {
  for (const other of placed) {
    if (other.line !== line.index || other.mark !== mark) continue;
    other.count++;
    return;
  }
  const token = next();
  token.mark = mark;
  token.line = line.index;
  token.from = one.from;
  token.to = id;
  token.verb = one.verb;
  token.sentAt = -1;
  token.isWaiting = true;
  token.count = 1;
  token.stack = NO_STACK;
  token.message = 0;
  token.isSelected = token.isRedelivered = false;
  const isBack = one.from !== line.from && id !== line.to;
  const { route } = line;
  const first = outsideOf(route, rect, FIRST, isBack);
  for (let i = 0; i < PLACES_MAX; i++) {
    turn(token, route, isBack, Math.max(0.5, first - (i * PITCH) / (route.length || 1)));
    if (placed.length > PLACED_MAX || !placed.some(({ x, y }) => Math.hypot(x - token.x, y - token.y) < APART)) break;
  }
  placed.push(token);
}
