import type { CSSProperties } from 'react';

/** What a floating surface hangs on: an element, or a point of the screen. */
export type AnchorPlace = Element | { readonly x: number; readonly y: number };

/** An invisible box over the anchor, for surfaces that are loaded later and stand elsewhere in the tree. */
export function anchorStyle(anchor: AnchorPlace): CSSProperties {
  const shared: CSSProperties = { position: 'fixed', pointerEvents: 'none', visibility: 'hidden' };
  if (!(anchor instanceof Element)) return { ...shared, left: anchor.x, top: anchor.y, width: 0, height: 0 };
  const { left, top, width, height } = anchor.getBoundingClientRect();
  return { ...shared, left, top, width, height };
}

/**
 * Where a surface is put into the page: inside the landmark that offers itself with `data-surfaces`, so that assistive
 * technology finds it there. Over a modal dialog, which hides all the rest, it stands by itself.
 */
export function surfaceHome(anchor: AnchorPlace): Element | null {
  const isInDialog = anchor instanceof Element && anchor.closest('[role=dialog]') !== null;
  return isInDialog ? null : document.querySelector('[data-surfaces]');
}

/** Gives the focus back to where it was, unless whoever was called has taken it. */
export function giveFocusBack(to: Element | null): void {
  const { activeElement } = document;
  const isFree = activeElement === null || activeElement === document.body || !activeElement.isConnected;
  if (isFree && to instanceof HTMLElement) to.focus();
}
