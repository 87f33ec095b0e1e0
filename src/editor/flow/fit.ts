import type { Catalogue } from '../../engine/index.ts';
import { boxAround, type Part, type Rect, rectOf, type Scenario, type Shape, shapeOf } from '../../scenario/index.ts';

/** Room at the top and on the left for what stands there and does not move with the drawing. */
const FIT = { padding: { top: '64px', right: '24px', bottom: '24px', left: '64px' }, maxZoom: 1.25 } as const;
/** In a narrow window the toolbar lies at the bottom. */
const FIT_NARROW = { ...FIT, padding: { top: '20px', right: '10px', bottom: '68px', left: '10px' } } as const;
/** `.toolbar` in flow.module.css turns at the same width. */
const NARROW = 520;

/** How the whole drawing is shown in a window of this width. */
export function fitIn(width: number): typeof FIT | typeof FIT_NARROW {
  return width < NARROW ? FIT_NARROW : FIT;
}

/** The words around a shape, as `.caption` sets them; canvas pixels. */
const CAPTION = { widthMax: 200, nameSize: 13, nameHeight: 18, stateSize: 11.5, stateHeight: 16, below: 5, above: 23 } as const;
/** What a part says of itself gets longer and shorter while it runs; the drawing stays where it is. */
const GROWTH = 72;

/** About as wide as it is set, rather more than less: no layout is asked, so that what is not drawn yet counts as well. */
function widthOf(text: string, size: number): number {
  let ems = 0;
  for (const sign of text) ems += (sign.codePointAt(0) as number) > 0x2e7f ? 1 : 0.54;
  return ems * size;
}

/** A part together with its words. */
export function withWords(part: Part, rect: Rect, shape: Shape, line: string): Rect {
  // A region's words lie in it.
  if (shape === 'region') return rect;
  const state = line === '' ? 0 : widthOf(line, CAPTION.stateSize) + GROWTH;
  const most = shape === 'lanes' ? Math.max(CAPTION.widthMax, rect.width) : CAPTION.widthMax;
  const width = Math.max(rect.width, Math.min(most, Math.max(state, widthOf(part.name, CAPTION.nameSize))));
  const x = shape === 'lanes' ? rect.x : rect.x + (rect.width - width) / 2;
  const lines = Math.max(1, Math.ceil(state / most)) * CAPTION.stateHeight;
  const isBelow = shape === 'circle' || shape === 'hexagon';
  if (isBelow) return { x, y: rect.y, width, height: rect.height + CAPTION.below + CAPTION.nameHeight + lines };
  return { x, y: rect.y - CAPTION.above, width, height: rect.height + CAPTION.above + CAPTION.below + lines };
}

/** The box around all parts with their words; `lineOf` is what stands under a part's name. */
export function boundsOf({ parts }: Scenario, catalogue: Pick<Catalogue, 'parts'>, lineOf: (part: Part) => string): Rect {
  const rects = parts.map((part) => {
    const form = catalogue.parts.get(part.kind) ?? 'circle';
    return withWords(part, rectOf(part, form), shapeOf(form), lineOf(part));
  });
  return boxAround(rects);
}
