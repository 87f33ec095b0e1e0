import type { LineId, PartId } from '../../base/index.ts';
import { useUi } from '../../ui/index.ts';
import { useGraph } from './store.ts';

/** Whether the essentials of a part or line are being edited on this graph. */
export function useIsEditing(id: PartId | LineId): boolean {
  const { side } = useGraph();
  return useUi((ui) => ui.editing === id && ui.side === side);
}
