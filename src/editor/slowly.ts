export type Subscribe = (listener: () => void) => () => void;

/** The same subscription with at least so many milliseconds between two calls; the last one is never lost. */
export function slowly(subscribe: Subscribe, millis: number): Subscribe {
  const listeners = new Set<() => void>();
  let leave: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isQuiet = true;

  const tell = (): void => {
    isQuiet = false;
    timer = setTimeout(rest, millis);
    for (const listener of [...listeners]) listener();
  };
  let isPending = false;
  const rest = (): void => {
    timer = undefined;
    isQuiet = true;
    if (!isPending) return;
    isPending = false;
    tell();
  };
  const hear = (): void => {
    if (isQuiet) tell();
    else isPending = true;
  };

  return (listener) => {
    listeners.add(listener);
    leave ??= subscribe(hear);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      leave?.();
      leave = undefined;
      clearTimeout(timer);
      isQuiet = true;
      isPending = false;
    };
  };
}
