import { create } from 'zustand';
import type { Definitions } from '../../formats/rabbitmq/index.ts';
import type { Problem } from '../../scenario/index.ts';

/** Where the run on the screen came from. */
export type Origin =
  | { readonly from: 'gallery'; readonly id: string }
  | { readonly from: 'link' }
  /** Kept in this browser, under this id. */
  | { readonly from: 'storage'; readonly work: string }
  | { readonly from: 'file' }
  | { readonly from: 'new' };

export type DialogName = 'gallery' | 'share' | 'help' | 'commands' | 'find' | 'definitions';

/** A broker's definitions that were opened, while it is asked what of them to draw. */
export interface ImportedFile {
  readonly name: string;
  readonly definitions: Definitions;
}

/** What the shell shows besides the run: no document, no world. */
export interface AppState {
  readonly origin: Origin;
  readonly dialog: DialogName | undefined;
  /** What the dialog `definitions` speaks of. */
  readonly imported: ImportedFile | undefined;
  /** The drawing has been painted: now comes all that is not needed for it. */
  readonly isGraphShown: boolean;
  /** The card with title and introduction of the scenario. */
  readonly introOpen: boolean;
  /** A link that could not be opened: its page stands in place of the run. */
  readonly badLink: Problem | undefined;
  /** Work of this browser that was set aside when a link or a gallery scenario opened. */
  readonly hasEarlierWork: boolean;
  /** Why the browser keeps nothing: full or blocked storage. */
  readonly storageTrouble: 'full' | 'blocked' | undefined;
  /** A part of the screen that failed: the crash page offers the download first. */
  readonly crash: { readonly message: string } | undefined;
  set(change: Partial<Omit<AppState, 'set'>>): void;
}

export const useApp = create<AppState>()((set) => ({
  origin: { from: 'new' },
  dialog: undefined,
  imported: undefined,
  isGraphShown: false,
  introOpen: false,
  badLink: undefined,
  hasEarlierWork: false,
  storageTrouble: undefined,
  crash: undefined,
  set: (change) => set(change),
}));
