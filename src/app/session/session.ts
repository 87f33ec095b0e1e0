import { assert, type Micros, ZERO } from '../../base/index.ts';
import { type Look, provideEditor, useDocument, useEditor, wantLook } from '../../editor/index.ts';
import type { Landing } from '../../playback/index.ts';
import { drawable, loadSystems } from '../../protocols/drawable.ts';
import { type Part, type Run, type Scenario, sameJson, sidesOf } from '../../scenario/index.ts';
import { type Panel, useUi } from '../../ui/index.ts';
import { isUpright, isWide } from '../layout/media.ts';
import { deferPlayback } from './deferred.ts';
import { type Origin, useApp } from './store.ts';

/** The one playback of the page. */
export const playback = deferPlayback(async () => {
  const { createPlayback, catalogue } = await import('./engine.ts');
  return createPlayback(catalogue);
});

export interface Opening {
  readonly origin: Origin;
  readonly play: boolean;
  readonly at?: Micros | undefined;
  /** Just after which fact at that time. */
  readonly landing?: Landing | undefined;
  /** What part of the drawing is shown; the whole of it otherwise. */
  readonly canvas?: Look | undefined;
  readonly panel?: Panel | undefined;
}

let opening: Opening | undefined;
let isWired = false;
/** Fetches the systems that the first picture does not need. */
export let moreSystems = () => {};

/** Ties the rooms together, once: the document drives playback, and the editor hears where the run stands. */
export function wireSession(): void {
  if (isWired) return;
  isWired = true;
  const provide = () =>
    provideEditor({ catalogue: drawable, now: () => playback.snapshot().time, atStart: () => playback.snapshot().time === ZERO });
  provide();
  // Whoever shows what can be drawn looks again when there is more.
  moreSystems = () => void loadSystems().then(provide);
  useDocument.subscribe((document, before) => {
    if (document.run !== before.run) follow(document.run, before.run);
  });
}

/** Puts another run on the screen. What was there before has been kept by the autosave. */
export function openRun(run: Run, options: Opening): void {
  assert(isWired, 'the session is wired before anything opens');
  // A pair, or a phone, needs the room for its graphs; the panel is one click away.
  const panelOpen = !isUpright() && (run.variant === undefined || isWide());
  useUi.getState().set({ selection: [], message: undefined, side: 'a', editing: undefined, hover: undefined, panelOpen });
  if (options.panel) useUi.getState().set({ panel: options.panel, panelOpen: true });
  wantLook(options.canvas);
  useApp.getState().set({ origin: options.origin, introOpen: true, badLink: undefined, crash: undefined });
  useEditor.getState().setFrom('now');
  opening = options;
  // A copy, so that opening the same scenario again counts as opening.
  useDocument.getState().open({ ...run });
}

function follow(run: Run, before: Run): void {
  if (opening) {
    const { play, at, landing } = opening;
    opening = undefined;
    playback.load(sidesOf(run), { keepTime: false, play, ...(at === undefined ? {} : { at, landing }) });
    return;
  }
  playback.load(sidesOf(run), { keepTime: !beginsAnew(run, before) });
}

/** An edit that holds from the start is a new story: it is told from its beginning. Moving a part is no such edit. */
function beginsAnew(run: Run, before: Run): boolean {
  return useEditor.getState().from === 'start' && !sameJson(behaviour(run), behaviour(before));
}

function behaviour(run: Run) {
  return {
    scenario: acting(run.scenario),
    variant: run.variant ? { ...run.variant, title: '', parts: run.variant.parts.map(unplaced) } : null,
  };
}

function acting(scenario: Scenario) {
  return { parts: scenario.parts.map(unplaced), lines: scenario.lines, settings: { ...scenario.settings, colourBy: '' } };
}

function unplaced({ x: _x, y: _y, width: _width, height: _height, ...rest }: Part) {
  return rest;
}
