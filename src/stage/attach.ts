import { type Language, textsVersion } from '../i18n/index.ts';
import type { Playback, PlaybackSnapshot } from '../playback/index.ts';
import { useUi } from '../ui/index.ts';
import { type LaneWords, laneWords } from './lanes/readers.ts';
import type { Ghost } from './moments.ts';
import { type Picture, StagePainter } from './painter.ts';
import { type Palette, readPalette } from './palette.ts';
import type { Moved } from './scene.ts';
import { browserSheet } from './sprites.ts';
import { ghostWords } from './words.ts';

export interface StageSource {
  readonly playback: Playback;
  readonly side: 'a' | 'b';
  /** Read inside each frame, so that panning and messages move together. */
  readonly getViewport: () => { readonly x: number; readonly y: number; readonly zoom: number };
  /** Parts under a dragging hand, as long as the document does not know yet; the same map while nothing moves. */
  readonly getMoved?: (() => Moved | undefined) | undefined;
}

const NONE: readonly string[] = [];

/** More device pixels than this are not seen, but cost. */
const RATIO_MAX = 2;

const WORDS: { readonly [L in Language]: { readonly ghost: (ghost: Ghost) => string; readonly lanes: LaneWords } } = {
  en: { ghost: (ghost) => ghostWords('en', ghost), lanes: laneWords('en') },
  'zh-CN': { ghost: (ghost) => ghostWords('zh-CN', ghost), lanes: laneWords('zh-CN') },
};

/** Paints a side of a playback on a canvas, each frame in which anything of the picture changed. Returns how to stop. */
export function attachStage(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, source: StageSource): () => void {
  const painter = new StagePainter(context, browserSheet);
  const theme = watchPalette(canvas);
  const box = watchBox(canvas);
  let painted: Picture | undefined;
  let paintedTime = -1;
  let paintedSteps = -1;

  const onFrame = (snapshot: PlaybackSnapshot) => {
    // What a broken engine has left stays as it was painted last.
    if (snapshot.crash) return;
    const picture = pictureOf(snapshot, source, box.size(), theme.palette());
    if (!picture) {
      if (painted) clear(canvas, context);
      painted = undefined;
      return;
    }
    const { time, world } = picture.timeline;
    if (painted && paintedTime === time && paintedSteps === world.steps && isSame(picture, painted)) return;
    resize(canvas, picture);
    painter.paint(picture);
    painted = picture;
    paintedTime = time;
    paintedSteps = world.steps;
  };

  const stopFrames = source.playback.onFrame(onFrame);
  return () => {
    stopFrames();
    theme.stop();
    box.stop();
  };
}

function pictureOf(
  snapshot: PlaybackSnapshot,
  { side, getViewport, getMoved }: StageSource,
  size: { readonly width: number; readonly height: number },
  palette: Palette,
): Picture | undefined {
  const timeline = snapshot.sides.find(({ name }) => name === side)?.timeline;
  if (!timeline || size.width === 0 || size.height === 0) return undefined;
  const ui = useUi.getState();
  const { x, y, zoom } = getViewport();
  return {
    timeline,
    speed: snapshot.speed,
    viewport: { x, y, zoom },
    ...size,
    ratio: Math.min(RATIO_MAX, window.devicePixelRatio || 1),
    palette,
    reducedMotion: ui.reducedMotion,
    selected: ui.side === side ? ui.message : undefined,
    chosen: ui.side === side ? ui.selection : NONE,
    moved: getMoved?.(),
    words: WORDS[ui.language].ghost,
    laneWords: WORDS[ui.language].lanes,
    laneScroll: ui.laneScroll,
    texts: textsVersion(),
    hidden: ui.hiddenTraffic,
  };
}

function isSame(one: Picture, other: Picture): boolean {
  const { x, y, zoom } = one.viewport;
  if (x !== other.viewport.x || y !== other.viewport.y || zoom !== other.viewport.zoom) return false;
  return (Object.keys(one) as (keyof Picture)[]).every((key) => key === 'viewport' || one[key] === other[key]);
}

function resize(canvas: HTMLCanvasElement, { width, height, ratio }: Picture): void {
  const wide = Math.round(width * ratio);
  const high = Math.round(height * ratio);
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
}

function clear(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
}

/** The box that the style sheet gives the canvas; told by the browser, so that no frame has to measure. */
function watchBox(canvas: HTMLCanvasElement) {
  let size = { width: canvas.clientWidth, height: canvas.clientHeight };
  const observer = new ResizeObserver(() => {
    size = { width: canvas.clientWidth, height: canvas.clientHeight };
  });
  observer.observe(canvas);
  return { size: () => size, stop: () => observer.disconnect() };
}

/** The theme's tokens, read again when the page's theme or the system's changes. */
function watchPalette(canvas: HTMLCanvasElement) {
  let palette: Palette | undefined;
  const forget = () => {
    palette = undefined;
  };
  const observer = new MutationObserver(forget);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', forget);
  return {
    palette(): Palette {
      if (!palette) {
        const style = getComputedStyle(canvas);
        palette = readPalette((property) => style.getPropertyValue(property));
      }
      return palette;
    },
    stop() {
      observer.disconnect();
      system.removeEventListener('change', forget);
    },
  };
}
