import type { Viewport } from '@xyflow/react';
import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { LineId, PartId } from '../../base/index.ts';
import type { LiveViews } from '../../playback/index.ts';
import type { SideName } from '../../ui/index.ts';
import type { Subscribe } from '../slowly.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
/** A region while its corner is being dragged: the middle and size it would get. */
export interface RegionPreview extends Point, Size {
  readonly id: PartId;
}

/** Parts on their way under the pointer. */
export interface Drag {
  /** What the hand holds. */
  readonly grabbed: ReadonlySet<PartId>;
  /** That, and what regions take along. */
  readonly ids: ReadonlySet<PartId>;
  readonly dx: number;
  readonly dy: number;
}

/** What one graph knows besides the document: measured sizes and what is under the pointer or the keys. */
export interface FlowState {
  /** Sizes as the browser measured them; they go back out in the projection. */
  readonly sizes: ReadonlyMap<PartId, Size>;
  /** Parts that are being dragged and how far; becomes one edit at the drop. */
  readonly drag: Drag | undefined;
  readonly resize: RegionPreview | undefined;
  /** The one part or line in the tab order. */
  readonly focus: PartId | LineId | undefined;
  /** A line is being drawn by its handle. */
  readonly isConnecting: boolean;
  /** The view in which the drawing was last shown whole: a view that is still this one has been chosen by nobody. */
  readonly whole: Viewport | undefined;
}

export type FlowStore = StoreApi<FlowState>;

export function createFlowStore(): FlowStore {
  return createStore<FlowState>()(() => ({
    sizes: new Map(),
    drag: undefined,
    resize: undefined,
    focus: undefined,
    isConnecting: false,
    whole: undefined,
  }));
}

/** What nodes and edges of one graph share. Never changes while the graph is mounted, so it re-renders nothing. */
export interface GraphContext {
  readonly side: SideName;
  readonly views: LiveViews;
  /** Subscribes to the views, at most two calls a second. */
  readonly slowly: Subscribe;
  readonly store: FlowStore;
}

export const Graph = createContext<GraphContext | undefined>(undefined);

export function useGraph(): GraphContext {
  const found = useContext(Graph);
  if (!found) throw new Error('outside a graph');
  return found;
}

export function useFlow<T>(selector: (state: FlowState) => T): T {
  return useStore(useGraph().store, selector);
}
