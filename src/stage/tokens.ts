import type { MessageId } from '../base/index.ts';
import { type Flight, type Mark, progressOf, type Timeline } from '../engine/index.ts';
import { colourOf } from './colours.ts';
import { along, heading, type Point } from './routes.ts';
import type { Scene, SceneLine } from './scene.ts';

/** One frame on its way as it is painted; frames sent at one moment along one line are one token with a count. */
export interface Token {
  x: number;
  y: number;
  /** Unit direction of travel. */
  dx: number;
  dy: number;
  mark: Mark;
  colour: number;
  message: MessageId;
  isRedelivered: boolean;
  isSelected: boolean;
  count: number;
}

/** What is to be seen, in canvas pixels; tokens outside are left out. */
export interface Frustum {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
export const EVERYWHERE: Frustum = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

const MARKS: readonly Mark[] = ['message', 'ack', 'nack', 'fetch', 'control', 'replica'];
const MARGIN = 24;
/** What travels back keeps to the right of the line, beside what comes towards it. */
const ASIDE = 7;

interface Last {
  sentAt: number;
  arrivesAt: number;
  token: Token;
}

/** Finds out each frame where the flights are. Its tokens are used again for the next frame: no garbage while painting. */
export class Tokens {
  private readonly pool: Token[] = [];
  private size = 0;
  private readonly last = new Map<number, Last>();
  private readonly point: Point = { x: 0, y: 0 };
  private readonly direction: Point = { x: 0, y: 0 };

  get count(): number {
    return this.size;
  }

  at(index: number): Token {
    return this.pool[index] as Token;
  }

  collect(timeline: Timeline, scene: Scene, view: Frustum, selected: MessageId | undefined): void {
    this.size = 0;
    this.last.clear();
    for (const flight of timeline.world.flights.values()) {
      const line = scene.lines.get(flight.line) ?? scene.between(flight.from, flight.to);
      if (line && isInside(line.route, view)) this.add(timeline, flight, line, view, selected);
    }
  }

  private add(timeline: Timeline, flight: Flight, line: SceneLine, view: Frustum, selected: MessageId | undefined): void {
    const { program, world, time } = timeline;
    const { frame, sentAt, arrivesAt } = flight;
    const marked = program.catalogue.marks[frame.verb] ?? 'control';
    // One verb may carry a message or only news.
    const mark = marked === 'message' && frame.message === undefined ? 'control' : marked;
    const isBack = flight.from !== line.from && flight.to !== line.to;
    const stackKey = (line.index * 2 + (isBack ? 1 : 0)) * MARKS.length + MARKS.indexOf(mark);
    const last = this.last.get(stackKey);
    const isSelected = selected !== undefined && frame.message?.id === selected;
    if (last && last.sentAt === sentAt && last.arrivesAt === arrivesAt) {
      last.token.count++;
      if (!isSelected) return;
      last.token.isSelected = true;
      last.token.message = selected;
      return;
    }
    const share = progressOf(program, world, flight, time);
    const { point } = this;
    along(line.route, isBack ? 1 - share : share, point);
    if (mark === 'message' && !isPointInside(point, view)) return;
    const token = this.next();
    token.x = point.x;
    token.y = point.y;
    token.mark = mark;
    token.count = 1;
    token.isSelected = isSelected;
    token.message = frame.message?.id ?? 0;
    token.isRedelivered = 'redelivered' in frame && frame.redelivered === true;
    token.colour = frame.message
      ? colourOf(timeline, { message: frame.message.id, key: frame.message.key, producer: frame.message.producer })
      : 0;
    if (mark !== 'message') this.turn(token, line, isBack, share);
    if (last) {
      last.sentAt = sentAt;
      last.arrivesAt = arrivesAt;
      last.token = token;
    } else this.last.set(stackKey, { sentAt, arrivesAt, token });
  }

  private turn(token: Token, line: SceneLine, isBack: boolean, share: number): void {
    const { direction } = this;
    heading(line.route, isBack ? 1 - share : share, direction);
    token.dx = isBack ? -direction.x : direction.x;
    token.dy = isBack ? -direction.y : direction.y;
    if (!isBack) return;
    token.x -= token.dy * ASIDE;
    token.y += token.dx * ASIDE;
  }

  private next(): Token {
    let token = this.pool[this.size];
    if (!token) {
      token = { x: 0, y: 0, dx: 1, dy: 0, mark: 'message', colour: 0, message: 0, isRedelivered: false, isSelected: false, count: 1 };
      this.pool.push(token);
    }
    this.size++;
    return token;
  }
}

function isInside(box: Frustum, view: Frustum): boolean {
  return (
    box.right >= view.left - MARGIN && box.left <= view.right + MARGIN && box.bottom >= view.top - MARGIN && box.top <= view.bottom + MARGIN
  );
}

function isPointInside({ x, y }: Point, view: Frustum): boolean {
  return x >= view.left - MARGIN && x <= view.right + MARGIN && y >= view.top - MARGIN && y <= view.bottom + MARGIN;
}
