import { useStore } from '@xyflow/react';
import { useUi } from '../../ui/index.ts';

/** True while some of the drawing lies outside the window. */
export function useOutgrown(): boolean {
  return useStore(({ nodes, transform: [x, y, zoom], width, height }) =>
    nodes.some((node) => {
      const left = node.position.x * zoom + x;
      const top = node.position.y * zoom + y;
      const right = left + (node.width ?? 0) * zoom;
      const bottom = top + (node.height ?? 0) * zoom;
      return left < 0 || top < 0 || right > width || bottom > height;
    }),
  );
}

/** Whether the map is shown: as the person chose, else when there is more than the window shows. */
export function useMapShown(): boolean {
  const chosen = useUi((ui) => ui.map);
  const isOutgrown = useOutgrown();
  return chosen ?? isOutgrown;
}
