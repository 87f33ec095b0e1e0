import { micros } from '../base/index.ts';
import { catalogue as everything } from '../protocols/catalogue.ts';
import { emptyRun, type Part } from '../scenario/index.ts';
import { useUi } from '../ui/index.ts';
import { addFromPalette, paletteEntries } from './adding.ts';
import { useDocument } from './document.ts';
import { provideEditor, useEditor } from './environment.ts';

/** The time at which edits hold; a test sets it. */
export const clock = { now: micros(0) };

/** Nothing drawn, nothing selected, at the start of the run. */
export function freshEditor(catalogue: Parameters<typeof provideEditor>[0]['catalogue'] = everything): void {
  clock.now = micros(0);
  provideEditor({ catalogue, now: () => clock.now, atStart: () => clock.now === 0 });
  useEditor.setState({ from: 'now', held: undefined });
  useUi.getState().set({ selection: [], side: 'a' });
  useDocument.getState().open(emptyRun());
}

export const drawnParts = () => useDocument.getState().run.scenario.parts;

/** What has this name. */
export const named = (name: string): Part => drawnParts().find((part) => part.name === name)!;

/** Adds what a system's palette has under this id, as a click on it does, or where it is dropped. */
export function add(system: string, id: string, at?: { readonly x: number; readonly y: number }): void {
  addFromPalette(paletteEntries().find(({ id: own, kind }) => own === id && kind.kind.startsWith(`${system}/`))!, at);
}
