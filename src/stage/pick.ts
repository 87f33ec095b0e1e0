import type { MessageId } from '../base/index.ts';
import { cellAt, type Lane, type Timeline, viewOf } from '../engine/index.ts';
import type { Playback } from '../playback/index.ts';
import { useUi } from '../ui/index.ts';
import { placeCells } from './cells.ts';
import { frameAt } from './frames.ts';
import { rowAt, rowsOf } from './lanes/rows.ts';
import { momentsOf } from './moments.ts';
import { ghostPlace } from './paintMoments.ts';
import { type ScenePart, sceneOf } from './scene.ts';
import { DISC_RADIUS } from './surface.ts';
import { EVERYWHERE } from './token.ts';
import { Tokens } from './tokens.ts';

/** A finger is not a needle: this much beyond a disc still means it. */
const REACH = 3;

/** The message painted at a point of the canvas: on its way, in a queue, at work, or just ended; none where another frame is nearer. */
export function pickMessage(playback: Playback, side: 'a' | 'b', flowX: number, flowY: number): MessageId | undefined {
  const { sides, speed, crash } = playback.snapshot();
  const timeline = sides.find(({ name }) => name === side)?.timeline;
  if (!timeline || crash) return undefined;
  // What is said beside the pointer is what a click takes.
  if (frameAt(timeline, flowX, flowY, useUi.getState().hiddenTraffic)) return undefined;
  return pickFlight(timeline, flowX, flowY) ?? pickStanding(timeline, flowX, flowY) ?? pickGhost(timeline, speed, flowX, flowY);
}

function pickFlight(timeline: Timeline, x: number, y: number): MessageId | undefined {
  const tokens = new Tokens();
  tokens.collect(timeline, sceneOf(timeline.program), EVERYWHERE, undefined, useUi.getState().hiddenTraffic);
  let best: MessageId | undefined;
  let nearest = DISC_RADIUS + REACH;
  for (let i = 0; i < tokens.count; i++) {
    const token = tokens.at(i);
    const distance = Math.hypot(token.x - x, token.y - y);
    if (token.message === 0 || distance > nearest) continue;
    nearest = distance;
    best = token.message;
  }
  return best;
}

function pickStanding({ program, world }: Timeline, x: number, y: number): MessageId | undefined {
  const isNear = (cx: number, cy: number) => Math.hypot(cx - x, cy - y) <= DISC_RADIUS;
  for (const part of sceneOf(program).parts.values()) {
    if (part.shape === 'region' || !world.present.has(part.id)) continue;
    const { rect } = part;
    if (x < rect.x || x > rect.x + rect.width || y < rect.y || y > rect.y + rect.height) continue;
    const view = viewOf(program, world, part.id);
    if (view?.lanes && part.shape === 'lanes') return pickCell(part, view.lanes, x, y);
    if (view?.store && part.shape === 'rail') {
      const found = placeCells(rect, view.store).find((placed) => placed.cell && isNear(placed.x, placed.y));
      if (found?.cell) return found.cell.message;
    }
    const work = view?.status === 'up' ? view.work?.[0] : undefined;
    if (work && isNear(part.x, part.y)) return work.cell.message;
  }
  return undefined;
}

function pickCell({ id, rect }: ScenePart, lanes: readonly Lane[], x: number, y: number): MessageId | undefined {
  const found = rowAt(rowsOf(rect, lanes, useUi.getState().laneScroll[id]), x, y);
  const cell = found && cellAt(found.row.lane, found.at);
  return cell && cell.message > 0 ? cell.message : undefined;
}

function pickGhost(timeline: Timeline, speed: number, x: number, y: number): MessageId | undefined {
  const scene = sceneOf(timeline.program);
  const orders = new Map<string, number>();
  for (const ghost of momentsOf(timeline, speed).ghosts) {
    const part = scene.parts.get(ghost.at);
    if (!part) continue;
    const order = orders.get(ghost.at) ?? 0;
    orders.set(ghost.at, order + 1);
    const place = ghostPlace(part, order);
    if (ghost.message > 0 && Math.hypot(place.x - x, place.y - y) <= DISC_RADIUS + REACH) return ghost.message;
  }
  return undefined;
}
