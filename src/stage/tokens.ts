import type { MessageId } from '../base/index.ts';
import { type Flight, type Frame, type Mark, type Message, markOf, progressOf, type Timeline } from '../engine/index.ts';
import { colourOf } from './colours.ts';
import { along, type Point, turn } from './routes.ts';
import type { Scene, SceneLine } from './scene.ts';
import { type Frustum, isInside, MARGIN, NO_STACK, newToken, type Token } from './token.ts';
import { placeWaiting } from './waiting.ts';

const MARKS: readonly Mark[] = ['message', 'ack', 'nack', 'fetch', 'control', 'replica', 'heartbeat'];
/** Discs that a stack shows. */
const STACK_MAX = 3;

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

  get count(): number {
    return this.size;
  }

  at(index: number): Token {
    return this.pool[index] as Token;
  }

  collect(timeline: Timeline, scene: Scene, view: Frustum, selected: MessageId | undefined, hidden: readonly string[]): void {
    this.size = 0;
    this.last.clear();
    const { catalogue } = timeline.program;
    for (const flight of timeline.world.flights.values()) {
      if (hidden.length > 0 && hidden.includes(markOf(catalogue, flight.frame.verb))) continue;
      const line = scene.lines.get(flight.line) ?? scene.between(flight.from, flight.to);
      if (line && isInside(line.route, view)) this.add(timeline, flight, line, view, selected);
    }
    placeWaiting(timeline, scene, view, hidden, () => this.next());
  }

  private add(timeline: Timeline, flight: Flight, line: SceneLine, view: Frustum, selected: MessageId | undefined): void {
    const { program, world, time } = timeline;
    const { frame, sentAt, arrivesAt } = flight;
    const marked = markOf(program.catalogue, frame.verb);
    const message = frame.message ?? frame.messages?.[0];
    const count = Math.max(1, frame.messages?.length ?? 1);
    const mark = shownAs(marked, message !== undefined);
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
    token.line = line.index;
    token.from = flight.from;
    token.to = flight.to;
    token.verb = frame.verb;
    token.sentAt = sentAt;
    token.isWaiting = false;
    token.count = count;
    token.stack = frame.messages ? stackOf(timeline, frame.messages) : NO_STACK;
    token.isSelected = isSelected;
    token.message = isSelected ? (selected as MessageId) : (message?.id ?? 0);
    token.isRedelivered = 'redelivered' in frame && frame.redelivered === true;
    token.colour = message ? colourOfMessage(timeline, message) : 0;
    if (mark !== 'message') turn(token, line.route, isBack, share);
    if (last) {
      last.sentAt = sentAt;
      last.arrivesAt = arrivesAt;
      last.token = token;
    } else this.last.set(stackKey, { sentAt, arrivesAt, token });
  }

  private next(): Token {
    let token = this.pool[this.size];
    if (!token) {
      token = newToken();
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
function shownAs(marked: Mark, hasMessages: boolean): Mark {
  if (marked === 'message') return hasMessages ? 'message' : 'control';
  return marked === 'fetch' && hasMessages ? 'message' : marked;
}

function colourOfMessage(timeline: Timeline, { id, key, producer }: Message): number {
  return colourOf(timeline, { message: id, key, producer });
}

function stackOf(timeline: Timeline, messages: readonly Message[]): readonly number[] {
  return messages.slice(0, STACK_MAX).map((message) => colourOfMessage(timeline, message));
}

function isPointInside({ x, y }: Point, view: Frustum): boolean {
  return x >= view.left - MARGIN && x <= view.right + MARGIN && y >= view.top - MARGIN && y <= view.bottom + MARGIN;
}
