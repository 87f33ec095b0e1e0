import type { Part, PartKind } from '../../scenario/index.ts';
import { type Traffic, useText, useUi } from '../../ui/index.ts';
import { accessibleName } from '../names.ts';
import { useGraph } from './store.ts';
import { useLiveSlowly } from './useLive.ts';

/** What is read aloud of a part; of what waits at it only what is shown. */
export function useSpokenName(part: Part, kind: PartKind): string {
  const t = useText();
  const { views } = useGraph();
  const hidden = useUi((ui) => ui.hiddenTraffic);
  const isShown = (verb: string) => !hidden.includes(views.mark(verb) as Traffic);
  return useLiveSlowly(() => accessibleName(t, part, kind, views.view(part.id), views.isPresent(part.id), isShown));
}
