import type { PartId } from '../../base/index.ts';
import { rectOf } from '../geometry.ts';
import type { Config, Part, Scenario } from '../types.ts';
import type { EditContext } from './context.ts';
import { withRoom } from './room.ts';

/**
 * The wanted scenario with room for the lanes that the edit has added: a box keeps its upper edge and grows downwards, and what holds
 * it grows, too. One that someone has made larger stays as it is. `drawn` is what was on the screen.
 */
export function fitted(context: EditContext, drawn: Scenario, seen: Scenario, wanted: Scenario): Scenario {
  // Places are shared by both sides, and on the other one there are as many lanes as before.
  if (context.side === 'b') return wanted;
  const before = new Map(seen.parts.map((part) => [part.id, part]));
  const shown = new Map(drawn.parts.map((part) => [part.id, part]));
  const changed: PartId[] = [];
  const parts = wanted.parts.map((part) => {
    const [old, there] = [before.get(part.id), shown.get(part.id)];
    const next = old && there && old.config !== part.config ? grown(part, old.config, there, context) : part;
    if (next !== part) changed.push(part.id);
    return next;
  });
  return changed.length === 0 ? wanted : withRoom(drawn, { ...wanted, parts }, changed, context.vocabulary);
}

function grown(part: Part, before: Config, shown: Part, { vocabulary, at }: EditContext): Part {
  const kind = vocabulary.parts.get(part.kind);
  if (!kind?.lanes || kind.lanes(before) === kind.lanes(part.config)) return part;
  const { height: _, ...unsized } = part;
  const natural = (config: Config) => rectOf({ ...unsized, config }, kind).height;
  const { width, height } = rectOf(shown, kind);
  const wanted = natural(part.config);
  const isFit = height === natural(before) && at === 0;
  const next = isFit ? wanted : Math.max(height, wanted);
  if (next === height) return part;
  const moved = { ...part, y: part.y + Math.round((next - height) / 2) };
  // From the start the box finds its size by itself; later the document still tells of the lanes that there were.
  return part.height === undefined && at === 0 ? moved : { ...moved, width, height: next };
}
