import type { Timeline } from '../engine/index.ts';
import { isFocusedByKeyboard, useUi } from '../ui/index.ts';
import type { StageSource } from './attach.ts';
import { findFrame, frameAt, framesAround, frameWords, type SeenFrame } from './frames.ts';
import { isOnDrawing, touchedAt } from './lanes/hands.ts';
import { hintOf } from './lanes/hint.ts';

/** Words beside something; the first line is the title. */
export interface Hint {
  readonly key: 'pointed' | 'pinned' | 'focused';
  /** From the drawing's corner, CSS pixels. */
  readonly x: number;
  readonly y: number;
  readonly words: readonly string[];
}

/** Room to keep to the right and lower edge: the more lines, the more. */
const ROOM = { x: 220, y: 40, line: 18 };
/** Lines about a part that has the focus. */
const AROUND_MAX = 8;

/**
 * Tells what is to be said beside the pointer, beside a frame that was clicked (until the next click), and while time stands
 * beside the part that has the keyboard's focus. Returns the undoing.
 */
export function attachHints(root: HTMLElement, source: StageSource, show: (hints: readonly Hint[]) => void): () => void {
  let last: PointerEvent | undefined;
  let pin: SeenFrame | undefined;
  let shown: readonly Hint[] = [];
  let frame = 0;

  const look = () => {
    frame = 0;
    const timeline = timelineOf(source);
    const box = root.getBoundingClientRect();
    const hints = timeline
      ? [pinned(timeline, source, pin, box), pointed(timeline, source, last, root, box), focused(timeline, source, root, box)]
      : [];
    const next = hints.filter((hint) => hint !== undefined);
    // What was pinned need not be said twice.
    const said = next.filter(({ key, words }, i) => key === 'pinned' || !isSaid(next.slice(0, i), words));
    if (isSame(said, shown)) return;
    shown = said;
    show(said);
  };
  const soon = () => {
    frame ||= requestAnimationFrame(look);
  };
  const onMove = (event: PointerEvent) => {
    last = isOnDrawing(event.target) ? event : undefined;
    soon();
  };
  const onLeave = () => {
    last = undefined;
    soon();
  };
  /** Messages come first: whoever shows their stories has taken the click before it comes here. */
  const onClick = (event: MouseEvent) => {
    const timeline = timelineOf(source);
    pin = timeline && isOnDrawing(event.target) ? frameUnder(timeline, source, root.getBoundingClientRect(), event) : undefined;
    if (pin) event.stopPropagation();
    soon();
  };
  // What lies under a pointer that rests changes with the run.
  const stopFrames = source.playback.onFrame(() => {
    if (pin || shown.length > 0) look();
  });
  const stopStates = source.playback.subscribe(soon);
  const capture = { capture: true } as const;
  root.addEventListener('pointermove', onMove);
  root.addEventListener('pointerleave', onLeave);
  root.addEventListener('click', onClick, capture);
  root.addEventListener('focusin', soon);
  root.addEventListener('focusout', soon);
  return () => {
    stopFrames();
    stopStates();
    cancelAnimationFrame(frame);
    root.removeEventListener('pointermove', onMove);
    root.removeEventListener('pointerleave', onLeave);
    root.removeEventListener('click', onClick, capture);
    root.removeEventListener('focusin', soon);
    root.removeEventListener('focusout', soon);
  };
}

type Box = Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>;

function timelineOf({ playback, side }: StageSource): Timeline | undefined {
  const { sides, crash } = playback.snapshot();
  return crash ? undefined : sides.find(({ name }) => name === side)?.timeline;
}

const hidden = () => useUi.getState().hiddenTraffic;
const language = () => useUi.getState().language;

function frameUnder(timeline: Timeline, { getViewport }: StageSource, box: Box, { clientX, clientY }: MouseEvent): SeenFrame | undefined {
  const { x, y, zoom } = getViewport();
  return frameAt(timeline, (clientX - box.left - x) / zoom, (clientY - box.top - y) / zoom, hidden());
}

function pointed(timeline: Timeline, source: StageSource, event: PointerEvent | undefined, root: HTMLElement, box: Box): Hint | undefined {
  if (event?.buttons !== 0) return undefined;
  const frame = frameUnder(timeline, source, box, event);
  const touched = frame ? undefined : touchedAt(root, source, event.clientX, event.clientY);
  const words = frame ? frameWords(timeline, frame, language()) : touched && hintOf(timeline, touched, language());
  return words && { key: 'pointed', ...placed(event.clientX - box.left, event.clientY - box.top, box, words.length), words };
}

function pinned(timeline: Timeline, { getViewport }: StageSource, pin: SeenFrame | undefined, box: Box): Hint | undefined {
  const found = pin && findFrame(timeline, pin, hidden());
  if (!found) return undefined;
  const words = frameWords(timeline, found, language());
  const { x, y, zoom } = getViewport();
  return { key: 'pinned', ...placed(found.x * zoom + x, found.y * zoom + y, box, words.length), words };
}

/** With the keyboard nobody points at a frame: the part in focus tells all that come, go and wait there. */
function focused(timeline: Timeline, { playback }: StageSource, root: HTMLElement, box: Box): Hint | undefined {
  const thing = document.activeElement;
  const id = thing instanceof HTMLElement && root.contains(thing) ? thing.dataset['thing'] : undefined;
  if (id === undefined || !thing || playback.snapshot().state === 'playing' || !isFocusedByKeyboard()) return undefined;
  const said = framesAround(timeline, id, hidden()).map((frame) => frameWords(timeline, frame, language()).join(' · '));
  const words = [...new Set(said)].slice(0, AROUND_MAX);
  if (words.length === 0) return undefined;
  const { left, bottom } = thing.getBoundingClientRect();
  return { key: 'focused', ...placed(left - box.left, bottom - box.top, box, words.length), words };
}

function placed(x: number, y: number, box: Box, lines: number): { readonly x: number; readonly y: number } {
  return { x: Math.min(x, box.width - ROOM.x), y: Math.max(0, Math.min(y, box.height - ROOM.y - lines * ROOM.line)) };
}

function isSaid(hints: readonly Hint[], words: readonly string[]): boolean {
  return hints.some((hint) => hint.words.join('\n') === words.join('\n'));
}

function isSame(a: readonly Hint[], b: readonly Hint[]): boolean {
  return a.length === b.length && a.every((hint, i) => isSameHint(hint, b[i] as Hint));
}

function isSameHint(a: Hint, b: Hint): boolean {
  return a.key === b.key && a.x === b.x && a.y === b.y && a.words.join('\n') === b.words.join('\n');
}
