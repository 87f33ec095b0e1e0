import type { MessageId } from '../base/index.ts';
import { type Cell, lagsOfReaders, pointersAt, type Timeline, viewOf } from '../engine/index.ts';
import type { LaneScroll } from '../scenario/index.ts';
import { colourOf, messageOf } from './colours.ts';
import { paintLegend } from './lanes/paintFlags.ts';
import { type LaneLook, paintLanes } from './lanes/paintLanes.ts';
import { type LaneWords, readerOf } from './lanes/readers.ts';
import { type Ghost, type Moments, momentsOf } from './moments.ts';
import { paintFlights } from './paintFlights.ts';
import { paintDecision, paintFlash, paintGhost } from './paintMoments.ts';
import { paintPart } from './paintParts.ts';
import type { Palette } from './palette.ts';
import { type Moved, type Scene, type ScenePart, sceneOf } from './scene.ts';
import { type MakeSheet, Sprites } from './sprites.ts';
import { type Brush, lookThrough, type Surface } from './surface.ts';
import { type Frustum, isNear } from './token.ts';
import { Tokens } from './tokens.ts';

/** What a part's marks and words take up around it. */
const PART_MARGIN = 16;

/** All that one picture depends on. The same values give the same picture. */
export interface Picture {
  readonly timeline: Timeline;
  readonly speed: number;
  readonly viewport: { readonly x: number; readonly y: number; readonly zoom: number };
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  readonly palette: Palette;
  readonly reducedMotion: boolean;
  readonly selected: MessageId | undefined;
  /** Parts and lines that a person has selected. */
  readonly chosen: readonly string[];
  /** Parts that a hand is dragging. */
  readonly moved?: Moved | undefined;
  /** The words beside a message that ended. */
  readonly words: (ghost: Ghost) => string;
  readonly laneWords: LaneWords;
  /** By part: how far its lanes are scrolled. */
  readonly laneScroll: { readonly [part: string]: LaneScroll };
  /** Rises when more words can be looked up. */
  readonly texts: number;
  /** Marks of frames that are not painted. */
  readonly hidden: readonly string[];
}

/** Labels smaller than this on the screen are left out: 9.5 px text at this zoom is 4 px high. */
const LABEL_ZOOM_MIN = 0.42;

/** Paints one side of a run. Holds only what spares work: sprites and the tokens' storage. */
export class StagePainter {
  private readonly on: Surface;
  private readonly sprites: Sprites | undefined;
  private readonly tokens = new Tokens();

  constructor(on: Surface, makeSheet?: MakeSheet) {
    this.on = on;
    this.sprites = makeSheet && new Sprites(makeSheet);
  }

  paint(picture: Picture): void {
    const { on, sprites } = this;
    const { viewport, ratio, palette, timeline } = picture;
    on.setTransform(1, 0, 0, 1, 0, 0);
    on.clearRect(0, 0, picture.width * ratio, picture.height * ratio);
    const lens = { scale: viewport.zoom * ratio, x: viewport.x * ratio, y: viewport.y * ratio };
    lookThrough(on, lens);
    on.globalAlpha = 1;
    sprites?.prepare(lens.scale, palette.messages.join());
    const brush: Brush = {
      on,
      lens,
      palette,
      hasLabels: viewport.zoom >= LABEL_ZOOM_MIN,
      reducedMotion: picture.reducedMotion,
      selected: picture.selected,
    };
    const scene = sceneOf(timeline.program, picture.moved);
    const moments = momentsOf(timeline, picture.speed);
    this.paintParts(brush, picture, scene, moments);
    this.paintMoments(brush, picture, scene, moments);
  }

  private paintParts(brush: Brush, picture: Picture, scene: Scene, moments: Moments): void {
    const { timeline } = picture;
    const { program, world, time } = timeline;
    const view = frustumOf(picture);
    const colour = (cell: Cell) => colourOf(timeline, cell);
    for (const part of scene.parts.values()) {
      if (!isNear(part.rect, view, PART_MARGIN) || !world.present.has(part.id)) continue;
      const seen = viewOf(program, world, part.id);
      if (part.shape === 'region') {
        if (seen?.pointers?.some(({ reader }) => reader === part.id)) paintLegend(brush, part.rect, readerOf(program, part.id).colour);
        continue;
      }
      if (seen?.lanes && part.shape === 'lanes') paintLanes(brush, part, seen, laneLook(picture, part, moments), view);
      else if (seen) paintPart(brush, part, seen, time, colour);
    }
  }

  private paintMoments(brush: Brush, { timeline, selected, words, hidden, ...picture }: Picture, scene: Scene, moments: Moments): void {
    const { decisions, ghosts, flashes } = moments;
    for (const decision of decisions) paintDecision(brush, scene, decision);
    this.tokens.collect(timeline, scene, frustumOf(picture), selected, hidden);
    paintFlights(brush, this.tokens, this.sprites);
    for (const flash of flashes) {
      const part = scene.parts.get(flash.at);
      if (part) paintFlash(brush, part, flash);
    }
    const orders = new Map<string, number>();
    for (const ghost of ghosts) {
      const part = scene.parts.get(ghost.at);
      if (!part) continue;
      const order = orders.get(ghost.at) ?? 0;
      orders.set(ghost.at, order + 1);
      paintGhost(brush, part, ghost, order, colourOf(timeline, messageOf(timeline, ghost.message)), words(ghost));
    }
  }
}

function laneLook({ timeline, laneScroll, laneWords, chosen }: Picture, part: ScenePart, { removals }: Moments): LaneLook {
  const { program, world } = timeline;
  const store = program.parts.get(part.id)?.name ?? '';
  return {
    ...laneWords,
    scroll: Object.hasOwn(laneScroll, part.id) ? laneScroll[part.id] : undefined,
    colour: (cell) => colourOf(timeline, cell),
    pointers: (lane) => pointersAt(program, world, store, lane),
    lags: (lane, pointers) => lagsOfReaders(program, lane, pointers),
    reader: (id) => readerOf(program, id),
    isChosen: (id) => chosen.includes(id) || chosen.includes(readerOf(program, id).group ?? id),
    removed: removals
      .filter(({ at }) => at === part.id)
      .map(({ lane, index, message, age }) => ({ lane, at: index, age, colour: colourOf(timeline, messageOf(timeline, message)) })),
  };
}

function frustumOf({ viewport, width, height }: Pick<Picture, 'viewport' | 'width' | 'height'>): Frustum {
  const { x, y, zoom } = viewport;
  return { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
}
