import { micros } from '../../../base/index.ts';
import { makeCatalogue } from '../../../engine/index.ts';
import { loadLanguage } from '../../../i18n/index.ts';
import { createPlayback, liveViews, type PlaybackSnapshot } from '../../../playback/index.ts';
import { rabbitmq } from '../../../protocols/rabbitmq/pack.ts';
import { LANES, layout, pathOf, type Run } from '../../../scenario/index.ts';
import { attachStage } from '../../../stage/attach.ts';
import { pickMessage } from '../../../stage/index.ts';
import { useUi } from '../../../ui/store.ts';
import { lanesPack } from '../lanes/pack.ts';
import { longRun } from '../lanes/runs.ts';
import { busyRun, shopRun } from './runs.ts';

const catalogue = makeCatalogue([rabbitmq, lanesPack]);

/** What one measurement tells: times between frames and how many were in the air. */
export interface Measured {
  readonly frames: readonly number[];
  readonly flights: number;
}

export interface Bench {
  shop(seconds: number): void;
  busy(messages: number): void;
  /** One log of so many lanes of so many records. */
  lanes(lanes: number, records: number): void;
  /** Plays it while all its lanes are scrolled back and forth, or seen from afar. */
  playLanes(millis: number, how: 'scrolling' | 'zoomed out' | 'playing'): Promise<Measured>;
  step(interesting: boolean): PlaybackSnapshot['state'];
  theme(name: 'light' | 'dark'): void;
  select(message: number): void;
  pick(x: number, y: number): number | undefined;
  zoom(factor: number): void;
  flights(): number;
  /** True when the whole future is known. */
  isComputed(): boolean;
  /** Plays for a while, the drawing panned by a hand that never rests; times between frames. */
  play(millis: number): Promise<Measured>;
  /** The reference: as many dots along straight lines, one fill each, nothing else. */
  dots(count: number, millis: number): Promise<Measured>;
}
declare global {
  interface Window {
    bench: Bench;
  }
}

await loadLanguage('en');
const canvas = document.querySelector('canvas') as HTMLCanvasElement;
const svg = document.querySelector('svg') as SVGSVGElement;
const context = canvas.getContext('2d') as CanvasRenderingContext2D;
const playback = createPlayback(catalogue);
const views = liveViews(playback, 'a');
const viewport = { x: 0, y: 0, zoom: 1 };
let stop = attach();

function attach(): () => void {
  return attachStage(canvas, context, { playback, side: 'a', getViewport: () => viewport });
}

function put(run: Run, at: number): void {
  draw(run);
  playback.load([run], { keepTime: false, at: micros(at * 1_000_000) });
}

const element = (name: string, attributes: Readonly<Record<string, string | number>>): SVGElement => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
};

/** Outlines under the canvas, so that a picture of the bench can be judged. */
function draw({ scenario }: Run): void {
  const { rects, curves } = layout(scenario.parts, scenario.lines, (kind) => catalogue.parts.get(kind) ?? 'circle');
  svg.replaceChildren();
  const group = element('g', {});
  svg.append(group);
  const parts = scenario.parts.map((part) => ({ part, shape: catalogue.parts.get(part.kind)?.shape, rect: rects.get(part.id) }));
  for (const { shape, rect } of parts) if (rect && shape === 'region') group.append(element('rect', { ...rect, rx: 16, class: 'region' }));
  for (const [id, curve] of curves) group.append(element('path', { d: pathOf(curve), class: 'wire', 'data-line': id }));
  for (const { part, shape, rect } of parts) {
    if (!rect || shape === 'region') continue;
    const { x, y, width, height } = rect;
    const cut = width / 4;
    const points = [
      x + cut,
      y,
      x + width - cut,
      y,
      x + width,
      y + height / 2,
      x + width - cut,
      y + height,
      x + cut,
      y + height,
      x,
      y + height / 2,
    ];
    if (shape === 'rail' || shape === 'lanes') group.append(element('rect', { ...rect, rx: 10, class: 'outline' }));
    else if (shape === 'hexagon') group.append(element('polygon', { points: points.join(' '), class: 'outline' }));
    else group.append(element('circle', { cx: x + width / 2, cy: y + height / 2, r: width / 2, class: 'outline' }));
    const label = element('text', { x: part.x, y: shape === 'rail' ? y - 9 : y + height + 19 });
    label.textContent = part.name;
    group.append(label);
  }
}

playback.onFrame(() => {
  svg.style.transform = `translate(${viewport.x}px, ${viewport.y}px) scale(${viewport.zoom})`;
});
views.subscribe(() => {
  for (const path of document.querySelectorAll('[data-line]'))
    path.setAttribute('class', `wire ${views.routed(path.getAttribute('data-line') ?? '') ?? ''}`);
});

/** Calls back each frame for a while; the times between the frames. */
function everyFrame(millis: number, frame: (now: number) => void): Promise<readonly number[]> {
  return new Promise((resolve) => {
    const times: number[] = [];
    const start = performance.now();
    let last = start;
    const next = (now: number) => {
      times.push(now - last);
      last = now;
      frame(now);
      if (now - start < millis) requestAnimationFrame(next);
      else resolve(times.slice(5));
    };
    requestAnimationFrame(next);
  });
}

const flights = () => playback.snapshot().sides[0]?.timeline.world.flights.size ?? 0;

window.bench = {
  shop: (seconds) => put(shopRun(), seconds),
  busy(messages) {
    put(busyRun(messages), 8);
    viewport.zoom = 0.62;
  },
  lanes(lanes, records) {
    put(longRun(lanes, records), 1);
  },
  async playLanes(millis, how) {
    const { run } = (playback.snapshot().sides[0] as { program: { run: Run } }).program;
    const log = run.scenario.parts.find(({ kind }) => kind === 'bench/log');
    const { lanes = 0, records = 0 } = (log?.config ?? {}) as { lanes?: number; records?: number };
    const keys = Array.from({ length: lanes }, (_, lane) => String(lane));
    Object.assign(viewport, { x: 0, y: 0, zoom: how === 'zoomed out' ? 0.12 : 0.62 });
    playback.send({ type: 'PLAY' });
    const frames = await everyFrame(millis, (now) => {
      if (how === 'playing') return;
      if (how === 'zoomed out') viewport.x = 20 * Math.sin(now / 400);
      const at = (0.5 + 0.5 * Math.sin(now / 900)) * records;
      useUi.getState().set({ laneScroll: { log: { row: 0, at: Object.fromEntries(keys.map((key, i) => [key, at + i * LANES.pitch])) } } });
    });
    playback.send({ type: 'PAUSE' });
    useUi.getState().set({ laneScroll: {} });
    return { frames, flights: flights() };
  },
  step(interesting) {
    playback.send({ type: 'STEP', direction: 1, interesting });
    return playback.snapshot().state;
  },
  theme: (name) => document.documentElement.setAttribute('data-theme', name),
  select: (message) => useUi.getState().set({ message }),
  pick: (x, y) => pickMessage(playback, 'a', x, y),
  zoom(factor) {
    viewport.zoom = factor;
  },
  flights,
  isComputed: () => playback.snapshot().sides.every(({ timeline }) => timeline.known.complete),
  async play(millis) {
    playback.send({ type: 'PLAY' });
    const frames = await everyFrame(millis, (now) => {
      viewport.x = 20 * Math.sin(now / 400);
      viewport.y = 20 * Math.cos(now / 400);
    });
    playback.send({ type: 'PAUSE' });
    return { frames, flights: flights() };
  },
  async dots(count, millis) {
    stop();
    svg.replaceChildren();
    playback.load([], { keepTime: false });
    const frames = await everyFrame(millis, (now) => paintDots(count, now));
    stop = attach();
    return { frames, flights: count };
  },
};

function paintDots(count: number, now: number): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#0072b2';
  for (let i = 0; i < count; i++) {
    const share = (now / 2_000 + i / count) % 1;
    context.beginPath();
    context.arc(100 + share * 1_000, 40 + (i % 50) * 14, 5, 0, Math.PI * 2);
    context.fill();
  }
}
