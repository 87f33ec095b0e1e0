import type { MessageId, PartId } from '../base/index.ts';
import type { Mark } from '../engine/index.ts';
import type { Rect } from '../scenario/index.ts';

/**
 * One frame on its way as it is painted; frames sent at one moment along one line are one token with a count. Or one that waits
 * where it arrived; those that wait at one end of a line are one token.
 */
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
  /** It has arrived and is not answered yet. */
  isWaiting: boolean;
  /** `SceneLine.index` of its way. */
  line: number;
  from: PartId;
  to: PartId;
  /** Of several the first one's. */
  verb: string;
  /** -1 of one that waits. */
  sentAt: number;
}

export const NO_STACK: readonly number[] = [];

export function newToken(): Token {
  return {
    ...{ x: 0, y: 0, dx: 1, dy: 0, mark: 'message', colour: 0, message: 0, isRedelivered: false, isSelected: false },
    ...{ count: 1, stack: NO_STACK, isWaiting: false, line: 0, from: '', to: '', verb: '', sentAt: 0 },
  };
}

/** What is to be seen, in canvas pixels; tokens outside are left out. */
export interface Frustum {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** True when a box, or what stands within `margin` of it, is to be seen. */
export function isNear({ x, y, width, height }: Rect, view: Frustum, margin: number): boolean {
  return isInside({ left: x, top: y, right: x + width, bottom: y + height }, view, margin);
}

export const EVERYWHERE: Frustum = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
export const MARGIN = 24;

export function isInside(box: Frustum, view: Frustum, margin = MARGIN): boolean {
  return (
    box.right >= view.left - margin && box.left <= view.right + margin && box.bottom >= view.top - margin && box.top <= view.bottom + margin
  );
}
