/*
 * How what has the focus came by it. `:focus-visible` does not tell: browsers turn it on at the first key after a click,
 * just when a key has to be understood.
 */
type Means = 'pointer' | 'keyboard';

let last: Means = 'keyboard';
let cameBy: Means = 'keyboard';
let isWatching = false;

/** Starts watching; more than once does no harm. */
export function watchFocus(): void {
  if (isWatching) return;
  isWatching = true;
  const pointed = () => {
    last = 'pointer';
    cameBy = 'pointer';
  };
  addEventListener('pointerdown', pointed, { capture: true });
  addEventListener(
    'keydown',
    () => {
      last = 'keyboard';
    },
    { capture: true },
  );
  addEventListener(
    'focusin',
    () => {
      cameBy = last;
    },
    { capture: true },
  );
}

/** True when the focus was moved by keyboard: then keys are for what has it; after a click they are for the whole page. */
export function isFocusedByKeyboard(): boolean {
  return cameBy === 'keyboard';
}
