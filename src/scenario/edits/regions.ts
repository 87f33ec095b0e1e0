import type { PartId } from '../../base/index.ts';
import { type Rect, rectOf } from '../geometry.ts';
import type { Config, Part, Scenario } from '../types.ts';
import type { Form, PartKind, Vocabulary } from '../vocabulary.ts';

/** Room between a place and the border of the region that it is in. */
const MARGIN = 24;
/** The title of a container, its state and its figures. */
const CONTAINER_HEAD = 112;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The kind of part that must or may hold parts of this kind. */
export function homeOf(kind: PartKind | undefined): string | undefined {
  return kind?.inside ?? kind?.within;
}

/** The topmost node of a kind whose box contains the point. */
export function regionAt(scenario: Scenario, kind: string, point: Point, rect: (part: Part) => Rect): Part | undefined {
  return scenario.parts.findLast((part) => part.kind === kind && contains(rect(part), point));
}

export function contains(rect: Rect, point: Point): boolean {
  return point.x >= rect.x && point.x <= rect.x + rect.width && point.y >= rect.y && point.y <= rect.y + rect.height;
}

/** The point nearest to the wanted one where a shape lies inside the region, in a container under its state and figures. */
export function within(
  region: Part,
  { form, config }: { readonly form: Form; readonly config: Config },
  point: Point,
  vocabulary: Vocabulary,
): Point {
  const box = rectOf(region, 'region');
  const size = rectOf({ ...region, x: 0, y: 0, config }, form);
  const isContainer = vocabulary.parts.get(region.kind)?.role === 'container';
  const clamp = (value: number, start: number, length: number, own: number) => {
    const room = Math.max(0, length / 2 - own / 2 - MARGIN);
    const middle = start + length / 2;
    return Math.round(Math.min(middle + room, Math.max(middle - room, value))) + 0;
  };
  const y = clamp(point.y, box.y, box.height, size.height);
  const highest = Math.round(box.y + CONTAINER_HEAD + size.height / 2);
  return { x: clamp(point.x, box.x, box.width, size.width), y: isContainer ? Math.max(y, highest) : y };
}

/** Regions grow so that they hold these places of theirs; a place pushed over the border takes the border with it. */
export function holding(scenario: Scenario, ids: readonly PartId[], vocabulary: Vocabulary): Scenario {
  const moved = new Set(ids);
  const grown = new Map<PartId, Rect>();
  for (const part of scenario.parts) {
    if (part.parent === undefined || !moved.has(part.id)) continue;
    const region = scenario.parts.find((other) => other.id === part.parent);
    if (!region || vocabulary.parts.get(region.kind)?.shape !== 'region') continue;
    const box = grown.get(region.id) ?? rectOf(region, 'region');
    const rect = rectOf(part, vocabulary.parts.get(part.kind) ?? 'rail');
    if (!contains(box, { x: rect.x, y: rect.y }) || !contains(box, { x: rect.x + rect.width, y: rect.y + rect.height }))
      grown.set(region.id, union(box, rect));
  }
  if (grown.size === 0) return scenario;
  return { ...scenario, parts: scenario.parts.map((part) => withBox(part, grown.get(part.id))) };
}

function union(box: Rect, rect: Rect): Rect {
  const x = Math.min(box.x, rect.x - MARGIN);
  const y = Math.min(box.y, rect.y - MARGIN);
  const right = Math.max(box.x + box.width, rect.x + rect.width + MARGIN);
  const bottom = Math.max(box.y + box.height, rect.y + rect.height + MARGIN);
  return { x, y, width: right - x, height: bottom - y };
}

function withBox(part: Part, box: Rect | undefined): Part {
  if (!box) return part;
  // Even sizes, so that the middle is a whole number.
  const width = 2 * Math.ceil(box.width / 2);
  const height = 2 * Math.ceil(box.height / 2);
  return { ...part, x: Math.round(box.x + width / 2), y: Math.round(box.y + height / 2), width, height };
}
