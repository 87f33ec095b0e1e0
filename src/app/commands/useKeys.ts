import { useEffect } from 'react';
import { watchFocus } from '../../ui/index.ts';
import { useApp } from '../session/store.ts';
import { KEY_DEEDS } from './deeds.ts';
import { deedOfKey, type KeyDeed, placeOf } from './keys.ts';

function deedOf(event: KeyboardEvent): KeyDeed | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined;
  const place = useApp.getState().dialog ? 'overlay' : placeOf(event.target instanceof Element ? event.target : null);
  return deedOfKey({ key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey }, place);
}

/** Listens to the keys of the whole page; whoever has the focus comes first. */
export function useKeys(): void {
  useEffect(() => {
    watchFocus();
    const onKeyDown = (event: KeyboardEvent) => {
      const deed = deedOf(event);
      if (!deed) return;
      event.preventDefault();
      KEY_DEEDS[deed]();
    };
    // A button that a mouse has left focused would be pressed when space comes up.
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key === ' ' && deedOf(event) === 'toggle') event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    addEventListener('keyup', onKeyUp);
    return () => {
      removeEventListener('keydown', onKeyDown);
      removeEventListener('keyup', onKeyUp);
    };
  }, []);
}
