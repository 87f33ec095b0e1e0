import type { MessageId } from '../base/index.ts';
import { type Flight, type Frame, type Mark, type Message, progressOf, type Timeline } from '../engine/index.ts';
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
  /** Several messages in one frame: the colours of the first of them, uppermost first. Otherwise empty. */
  stack: readonly number[];
}

/** What is to be seen, in canvas pixels; tokens outside are left out. */
export interface Frustum {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
export const EVERYWHERE: Frustum = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

const MARKS: readonly Mark[] = ['message', 'ack', 'nack', 'fetch', 'control', 'replica', 'heartbeat'];
const NO_STACK: readonly number[] = [];
/** Discs that a stack shows. */
const STACK_MAX = 3;
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

  collect(timeline: Timeline, scene: Scene, view: Frustum, selected: MessageId | undefined, hidden: readonly string[]): void {
    this.size = 0;
    this.last.clear();
    const { marks } = timeline.program.catalogue;
    for (const flight of timeline.world.flights.values()) {
      if (hidden.length > 0 && hidden.includes(marks[flight.frame.verb] ?? 'control')) continue;
      const line = scene.lines.get(flight.line) ?? scene.between(flight.from, flight.to);
      if (line && isInside(line.route, view)) this.add(timeline, flight, line, view, selected);
    }
  }

  private add(timeline: Timeline, flight: Flight, line: SceneLine, view: Frustum, selected: MessageId | undefined): void {
    const { program, world, time } = timeline;
    const { frame, sentAt, arrivesAt } = flight;
    const marked = program.catalogue.marks[frame.verb] ?? 'control';
    const message = frame.message ?? frame.messages?.[0];
    const count = Math.max(1, frame.messages?.length ?? 1);
    const mark = markOf(marked, message !== undefined);
    const isBack = flight.from !== line.from && flight.to !== line.to;
    const stackKey = (line.index * 2 + (isBack ? 1 : 0)) * MARKS.length + MARKS.indexOf(mark);
    const last = this.last.get(stackKey);
    const isSelected = selected !== undefined && carries(frame, selected);
    if (last && last.sentAt === sentAt && last.arrivesAt === arrivesAt) {
      last.token.count += count;
      if (frame.messages && last.token.stack.length === 0) last.token.stack = stackOf(timeline, frame.messages);
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
    token.count = count;
    token.stack = frame.messages ? stackOf(timeline, frame.messages) : NO_STACK;
    token.isSelected = isSelected;
    token.message = isSelected ? (selected as MessageId) : (message?.id ?? 0);
    token.isRedelivered = 'redelivered' in frame && frame.redelivered === true;
    token.colour = message ? colourOfMessage(timeline, message) : 0;
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
      token = {
        x: 0,
        y: 0,
        dx: 1,
        dy: 0,
        mark: 'message',
        colour: 0,
        message: 0,
        isRedelivered: false,
        isSelected: false,
        count: 1,
        stack: NO_STACK,
      };
      this.pool.push(token);
    }
    this.size++;
    return token;
  }
}

/** True when a frame carries a message, alone or among others. */
function carries({ message, messages }: Frame, id: MessageId): boolean {
  return messages ? messages.some((one) => one.id === id) : message?.id === id;
}

/** One verb may carry messages or only news: an answer without records is news, a request with some is a message. */
function markOf(marked: Mark, hasMessages: boolean): Mark {
  if (marked === 'message') return hasMessages ? 'message' : 'control';
  return marked === 'fetch' && hasMessages ? 'message' : marked;
}

function colourOfMessage(timeline: Timeline, { id, key, producer }: Message): number {
  return colourOf(timeline, { message: id, key, producer });
}

function stackOf(timeline: Timeline, messages: readonly Message[]): readonly number[] {
  return messages.slice(0, STACK_MAX).map((message) => colourOfMessage(timeline, message));
}

function isInside(box: Frustum, view: Frustum): boolean {
  return (
    box.right >= view.left - MARGIN && box.left <= view.right + MARGIN && box.bottom >= view.top - MARGIN && box.top <= view.bottom + MARGIN
  );
}

function isPointInside({ x, y }: Point, view: Frustum): boolean {
  return x >= view.left - MARGIN && x <= view.right + MARGIN && y >= view.top - MARGIN && y <= view.bottom + MARGIN;
}
