import type { ReactElement } from 'react';

/** The handlers of an element that is about to be cloned with more of them. */
export type Handlers = { readonly [name: string]: ((event: never) => void) | undefined };

/** Calls what the element's author wanted first; what it refuses with `preventDefault` is left alone. */
export function alsoOn<E extends { readonly defaultPrevented: boolean }>(
  element: ReactElement,
  name: string,
  also: (event: E) => void,
): (event: E) => void {
  const own = (element.props as Handlers)[name] as ((event: E) => void) | undefined;
  return (event) => {
    own?.(event);
    if (!event.defaultPrevented) also(event);
  };
}
