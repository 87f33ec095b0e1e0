import { useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { LiveViews } from '../../playback/index.ts';
import { configAt, type Line, type Part, type Run, rectOf, type Scenario, scenarioOf } from '../../scenario/index.ts';
import { type SideName, useUi } from '../../ui/index.ts';
import { shownLines } from '../actions.ts';
import { useDocument } from '../document.ts';
import { host } from '../environment.ts';
import { lastChange } from '../forms/useConfigAt.ts';
import { type Projection, Projector } from './project.ts';
import type { FlowStore } from './store.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** The drawing of one side as it is at the present time, with what is under the pointer. */
export function useDrawing(
  side: SideName,
  views: LiveViews,
  store: FlowStore,
): { readonly scenario: Scenario; readonly projection: Projection } {
  const run = useDocument((document) => document.run);
  const at = useSyncExternalStore(views.subscribe, () => lastChange(run, host().now()));
  const scenario = useMemo(() => presentScenario(run, side, at), [run, side, at]);
  const lines = useMemo((): readonly Line[] => shownLines(scenario), [scenario]);
  const projector = useMemo(() => new Projector(host().catalogue), []);
  const isActive = useUi((ui) => ui.side === side || run.variant === undefined);
  const selected = useUi((ui) => ui.selection);
  const selection = useMemo(() => (isActive ? new Set(selected) : NOTHING), [isActive, selected]);
  const sizes = useStore(store, (state) => state.sizes);
  const drag = useStore(store, (state) => state.drag);
  const resize = useStore(store, (state) => state.resize);
  const projection = useMemo(
    () => projector.project({ parts: scenario.parts, lines, selection, sizes, drag, resize }),
    [projector, scenario, lines, selection, sizes, drag, resize],
  );
  return { scenario, projection };
}

/** What was reconfigured until now shows as it is now: a binding's new key stands on its line. */
function presentScenario(run: Run, side: SideName, at: ReturnType<typeof lastChange>): Scenario {
  const drawn = scenarioOf(run, side);
  if (at === 0) return drawn;
  const changed = new Set(run.interventions.filter(({ verb }) => verb === 'reconfigure').map(({ target }) => target));
  const context = { vocabulary: host().catalogue, at, side };
  const now = <T extends { readonly id: string }>(thing: T): T =>
    changed.has(thing.id) ? { ...thing, config: configAt(run, context, thing.id) } : thing;
  return { ...drawn, parts: drawn.parts.map((part) => now(changed.has(part.id) ? pinned(part) : part)), lines: drawn.lines.map(now) };
}

/** With the size that it has in the drawing: more lanes than at the start make no box larger under our eyes. */
function pinned(part: Part): Part {
  const kind = host().catalogue.parts.get(part.kind);
  return kind?.lanes ? { ...part, height: rectOf(part, kind).height } : part;
}
