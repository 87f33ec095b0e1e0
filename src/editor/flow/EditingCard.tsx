import { useStore, useViewport } from '@xyflow/react';
import { lazy, Suspense } from 'react';
import { middleOf } from '../../scenario/index.ts';
import { useUi } from '../../ui/index.ts';
import styles from './flow.module.css';
import type { Projection } from './project.ts';
import { type Point, useGraph } from './store.ts';

/** Fetched when first asked for. */
const EssentialsCard = lazy(async () => ({ default: (await import('../forms/EssentialsCard.tsx')).EssentialsCard }));

/** Below a shape its name and state stand; below a line, its label. */
const UNDER_SHAPE = 46;
const UNDER_LINE = 16;
/** About as large as a card gets, with some room to the edge of the canvas. */
const CARD = { width: 256, height: 260 };

/** The essentials being edited, under their part or line; as large at every zoom, and above all that is drawn. */
export function EditingCard({ projection }: { readonly projection: Projection }) {
  const { side } = useGraph();
  const { x, y, zoom } = useViewport();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const id = useUi((ui) => (ui.side === side ? ui.editing : undefined));
  if (id === undefined) return null;
  const node = projection.nodes.find((one) => one.id === id);
  const edge = projection.edges.find((one) => one.id === id);
  const at = node ? underNode(node) : edge?.data && { ...middleOf(edge.data.curve) };
  const thing = node?.data.part ?? edge?.data?.line;
  const kind = node?.data.kind ?? edge?.data?.kind;
  if (!at || !thing || !kind) return null;
  const left = Math.min(Math.max(at.x * zoom + x, CARD.width / 2), width - CARD.width / 2);
  const below = node ? UNDER_SHAPE * zoom : UNDER_LINE * zoom;
  const top = Math.max(8, Math.min(at.y * zoom + y + below, height - CARD.height));
  return (
    <div className={styles.cardPlace} style={{ transform: `translate(${left}px, ${top}px)` }}>
      <Suspense fallback={null}>
        <EssentialsCard key={id} thing={thing} fields={kind.fields} side={side} />
      </Suspense>
    </div>
  );
}

function underNode({ position, width = 0, height = 0 }: Projection['nodes'][number]): Point {
  return { x: position.x + width / 2, y: position.y + height };
}
