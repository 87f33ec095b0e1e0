import { useViewport } from '@xyflow/react';
import { middleOf } from '../../scenario/index.ts';
import { useUi } from '../../ui/index.ts';
import { EssentialsCard } from '../forms/EssentialsCard.tsx';
import styles from './flow.module.css';
import type { Projection } from './project.ts';
import { type Point, useGraph } from './store.ts';

/** Below a shape its name and state stand; below a line, its label. */
const UNDER_SHAPE = 46;
const UNDER_LINE = 16;

/** The essentials being edited, under their part or line; as large at every zoom, and above all that is drawn. */
export function EditingCard({ projection }: { readonly projection: Projection }) {
  const { side } = useGraph();
  const { x, y, zoom } = useViewport();
  const id = useUi((ui) => (ui.side === side ? ui.editing : undefined));
  if (id === undefined) return null;
  const node = projection.nodes.find((one) => one.id === id);
  const edge = projection.edges.find((one) => one.id === id);
  const at = node ? underNode(node) : edge?.data && { ...middleOf(edge.data.curve) };
  const thing = node?.data.part ?? edge?.data?.line;
  const kind = node?.data.kind ?? edge?.data?.kind;
  if (!at || !thing || !kind) return null;
  const below = node ? UNDER_SHAPE * zoom : UNDER_LINE * zoom;
  return (
    <div className={styles.cardPlace} style={{ transform: `translate(${at.x * zoom + x}px, ${at.y * zoom + y + below}px)` }}>
      <EssentialsCard key={id} thing={thing} fields={kind.fields} side={side} />
    </div>
  );
}

function underNode({ position, width = 0, height = 0 }: Projection['nodes'][number]): Point {
  return { x: position.x + width / 2, y: position.y + height };
}
