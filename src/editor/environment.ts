import { create } from 'zustand';
import { type LineId, type Micros, type PartId, ZERO } from '../base/index.ts';
import type { Catalogue } from '../engine/index.ts';
import type { LiveViews } from '../playback/index.ts';
import type { SideName } from '../ui/index.ts';

/** What a graph shows: the canvas point in its middle, so that it is the same in a window of any size, and the zoom. */
export interface Look {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** What commands ask of the graph of one side. */
export interface GraphHandle {
  fit(): void;
  zoom(factor: number): void;
  /** The middle of what is seen, in canvas pixels. */
  middle(): { readonly x: number; readonly y: number };
  look(): Look;
  /** A point of the screen in canvas pixels; undefined when it is not over this graph. */
  toCanvas(x: number, y: number): { readonly x: number; readonly y: number } | undefined;
  /** Puts the keyboard's focus on a part or line once it is drawn, and pans to it unless the view is to stay still. */
  focus(id: PartId | LineId, view?: 'still'): void;
  /** Puts a part into the middle, near enough to read it, and the focus on it. */
  reveal(id: PartId): void;
}

/** What is open on top of the graph. */
export type Asking =
  | { readonly what: 'connect'; readonly from: PartId }
  | { readonly what: 'publish'; readonly target: PartId; readonly side: SideName };

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
  readonly graphs: { readonly [S in SideName]?: GraphHandle };
  /** What the graphs of the document that opens next are to show instead of the whole; each side takes its own. */
  readonly looks: { readonly [S in SideName]?: Look };
  /** Whether edits made beyond the start keep the past as it was (`now`) or begin the run anew (`start`). */
  readonly from: 'now' | 'start';
  setFrom(from: 'now' | 'start'): void;
  /** What has the keyboard's focus, and what was selected when it got it: whichever is newer is what a person looks at. */
  readonly held: { readonly id: PartId | LineId; readonly selection: readonly string[] } | undefined;
  /** Part that is being renamed on the canvas. */
  readonly renaming: PartId | undefined;
  readonly asking: Asking | undefined;
}

/** The host, the live views of each side, and from when edits hold. */
export const useEditor = create<EditorState>()((set) => ({
  host: undefined,
  views: {},
  graphs: {},
  looks: {},
  from: 'now',
  setFrom: (from) => set({ from }),
  held: undefined,
  renaming: undefined,
  asking: undefined,
}));

/** Called once by the composition root. */
export function provideEditor(host: EditorHost): void {
  useEditor.setState({ host });
}

/** The document that is about to open is shown like this on every side; without a look it is shown whole. */
export function wantLook(look: Look | undefined): void {
  useEditor.setState({ looks: look ? { a: look, b: look } : {} });
}

/** What a graph is to show instead of the whole, told once. */
export function takeLook(side: SideName): Look | undefined {
  const { [side]: look, ...looks } = useEditor.getState().looks;
  if (look) useEditor.setState({ looks });
  return look;
}

/** Called by each graph for its side, so that commands, forms and menus reach it. Returns the undoing. */
export function provideGraph(side: SideName, views: LiveViews, graph: GraphHandle): () => void {
  useEditor.setState((state) => ({ views: { ...state.views, [side]: views }, graphs: { ...state.graphs, [side]: graph } }));
  return () => {
    useEditor.setState((state) => {
      if (state.graphs[side] !== graph) return state;
      const { [side]: _views, ...views } = state.views;
      const { [side]: _graph, ...graphs } = state.graphs;
      return { views, graphs };
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
