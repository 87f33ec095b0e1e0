import { create } from 'zustand';
import type { LineId, MessageId, PartId } from '../base/index.ts';
import type { Language } from '../i18n/index.ts';

export type Theme = 'system' | 'light' | 'dark';
export const PANELS = ['story', 'node', 'facts', 'charts'] as const;
export type Panel = (typeof PANELS)[number];
export type SideName = 'a' | 'b';

/** Traffic beside the messages that can be left out of the picture, by its mark. */
export const TRAFFIC = ['replica', 'control', 'heartbeat'] as const;
export type Traffic = (typeof TRAFFIC)[number];

/** What is on the screen but in no document: selection, panels, theme, language. Never the World, never the playhead. */
export interface UiState {
  language: Language;
  theme: Theme;
  reducedMotion: boolean;
  /** Selected parts and lines of the active side. */
  selection: readonly (PartId | LineId)[];
  /** Which side of a pair the inspector and commands speak of. */
  side: SideName;
  /** Message whose story is shown. */
  message: MessageId | undefined;
  panel: Panel;
  panelOpen: boolean;
  /** Whether life cycles are drawn; undefined: where there is room. */
  lifeOpen: boolean | undefined;
  /** Part or line whose essentials are being edited in place. */
  editing: PartId | LineId | undefined;
  hover: PartId | LineId | undefined;
  /** Whether the overview map is shown; undefined: when the drawing is larger than its window. */
  map: boolean | undefined;
  /** How far the lanes of parts are scrolled (`scenario/lanes.ts`); those that are not named follow the end. */
  laneScroll: { readonly [part: PartId]: { readonly row: number; readonly at: { readonly [lane: string]: number } } };
  /** Marks of traffic that is not painted. */
  hiddenTraffic: readonly Traffic[];
  set(change: Partial<Omit<UiState, 'set'>>): void;
}

export const useUi = create<UiState>()((set) => ({
  language: 'en',
  theme: 'system',
  reducedMotion: false,
  selection: [],
  side: 'a',
  message: undefined,
  panel: 'story',
  panelOpen: true,
  lifeOpen: undefined,
  editing: undefined,
  hover: undefined,
  map: undefined,
  laneScroll: {},
  hiddenTraffic: [],
  set: (change) => set(change),
}));
