import type { SideName } from '../../ui/index.ts';
import { activeSide } from '../actions.ts';
import { ConnectDialog } from '../ConnectDialog.tsx';
import { PublishDialog } from '../deeds/PublishDialog.tsx';
import { useEditor } from '../environment.ts';

function close(): void {
  useEditor.setState({ asking: undefined });
}

/** The dialog that is open about a part of this side. */
export function Asked({ side }: { readonly side: SideName }) {
  const asking = useEditor((state) => state.asking);
  if (asking?.what === 'connect' && activeSide() === side) return <ConnectDialog from={asking.from} onClose={close} />;
  if (asking?.what === 'publish' && asking.side === side) return <PublishDialog target={asking.target} side={side} onClose={close} />;
  return null;
}
