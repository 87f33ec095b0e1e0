import { openFile, saveFile } from '../session/files.ts';
import { playback } from '../session/session.ts';
import { type DialogName, useApp } from '../session/store.ts';
import type { KeyDeed } from './keys.ts';

export const show = (dialog: DialogName) => () => useApp.getState().set({ dialog });

/** What the page's own keys do. */
export const KEY_DEEDS: { readonly [D in KeyDeed]: () => void } = {
  toggle: () => playback.send({ type: 'TOGGLE' }),
  next: () => playback.send({ type: 'STEP', direction: 1, interesting: false }),
  previous: () => playback.send({ type: 'STEP', direction: -1, interesting: false }),
  nextInteresting: () => playback.send({ type: 'STEP', direction: 1, interesting: true }),
  previousInteresting: () => playback.send({ type: 'STEP', direction: -1, interesting: true }),
  home: () => playback.send({ type: 'HOME' }),
  end: () => playback.send({ type: 'END' }),
  commands: show('commands'),
  find: show('find'),
  help: show('help'),
  save: saveFile,
  open: () => void openFile(),
};
