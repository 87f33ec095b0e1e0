import { create } from 'zustand';
import { type LineId, type Micros, type PartId, ZERO } from '../base/index.ts';
import type { Catalogue, PartView } from '../engine/index.ts';
import type { SideName } from '../ui/index.ts';

/** What one side of the run shows at the present moment; refreshes at most ten times a second while time flows. */
export interface LiveViews {
  subscribe(listener: () => void): () => void;
  /** Rises whenever anything below may have changed. */
  version(): number;
  view(id: PartId): PartView | undefined;
  isCut(line: LineId): boolean;
  /** False before a part or line has joined and after it has left. */
  isPresent(id: PartId | LineId): boolean;
  /** What the last routing decision said about a line while it is still worth showing. */
  decision?(line: LineId): 'matched' | 'unmatched' | undefined;
}

/** What the editor is told by whoever puts it on a page. */
export interface EditorHost {
  readonly catalogue: Catalogue;
  /** Where the run stands. */
  now(): Micros;
  /** True while the run stands at its very beginning: there is no past that an edit could keep. */
  atStart(): boolean;
}

interface EditorState {
  readonly host: EditorHost | undefined;
  readonly views: { readonly [S in SideName]?: LiveViews };
  /** Whether edits made beyond the start keep the past as it was (`now`) or begin the run anew (`start`). */
  readonly from: 'now' | 'start';
  setFrom(from: 'now' | 'start'): void;
}

/** The host, the live views of each side, and from when edits hold. */
export const useEditor = create<EditorState>()((set) => ({
  host: undefined,
  views: {},
  from: 'now',
  setFrom: (from) => set({ from }),
}));

/** Called once by the composition root. */
export function provideEditor(host: EditorHost): void {
  useEditor.setState({ host });
}

/** Called by each graph for its side, so that forms and menus read the same views. Returns the undoing. */
export function provideViews(side: SideName, views: LiveViews): () => void {
  useEditor.setState((state) => ({ views: { ...state.views, [side]: views } }));
  return () => {
    useEditor.setState((state) => {
      if (state.views[side] !== views) return state;
      const { [side]: _gone, ...rest } = state.views;
      return { views: rest };
    });
  };
}

export function host(): EditorHost {
  const found = useEditor.getState().host;
  if (!found) throw new Error('provideEditor has not been called');
  return found;
}

/** From when an edit holds: 0 = from the start, else the present time (join, leave and reconfigure interventions). */
export function editTime(): Micros {
  const { now, atStart } = host();
  return atStart() || useEditor.getState().from === 'start' ? ZERO : now();
}
