import { useEffect } from 'react';
import type { SideName } from '../../ui/index.ts';
import { activeSide } from '../actions.ts';
import { copyText, pasteText } from '../clipboard.ts';
import { removeSelected } from '../commands.ts';

const OWN_CLIPBOARD = 'input, textarea, select, [contenteditable=true], [role=dialog]';

function isElsewhere(side: SideName, target: EventTarget | null): boolean {
  if (side !== activeSide()) return true;
  return target instanceof Element && target.closest(OWN_CLIPBOARD) !== null;
}

/** Copy, cut and paste through the browser's own events, which need no permission. */
export function useClipboard(side: SideName): void {
  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      // Who has marked text wants that text.
      if (isElsewhere(side, event.target) || (getSelection()?.toString() ?? '') !== '') return;
      const clip = copyText();
      if (clip === undefined) return;
      event.clipboardData?.setData('text/plain', clip);
      event.preventDefault();
      if (event.type === 'cut') removeSelected();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isElsewhere(side, event.target)) return;
      const clip = event.clipboardData?.getData('text/plain');
      if (clip) void pasteText(clip);
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [side]);
}
