import type { Micros } from '../../base/index.ts';
import { encodeLink, type Run } from '../../scenario/index.ts';

/** The address that opens this very run anywhere; with a time, standing there. The reader's own language and theme stay theirs. */
export function linkOf(run: Run, view: { readonly at?: Micros | undefined } = {}): string {
  const page = `${location.origin}${location.pathname}`;
  return `${page}#${view.at === undefined ? encodeLink(run) : encodeLink(run, { time: view.at })}`;
}
