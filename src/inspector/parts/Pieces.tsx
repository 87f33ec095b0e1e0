import { classes, useUi } from '../../ui/index.ts';
import type { Chip, Piece } from '../words/pieces.ts';
import styles from './Pieces.module.css';

interface PiecesProps {
  readonly pieces: readonly Piece[];
  /** Chips that can be touched: a part is selected, a message shows its story. Not inside of a button. */
  readonly touchable?: boolean | undefined;
}

/** A sentence with its chips. */
export function Pieces({ pieces, touchable }: PiecesProps) {
  return pieces.map((piece, index) => {
    const key = `${index}`;
    if (typeof piece === 'string') return <span key={key}>{piece}</span>;
    return touchable && piece.chip !== 'code' ? <TouchChip key={key} chip={piece} /> : <PlainChip key={key} chip={piece} />;
  });
}

function PlainChip({ chip }: { readonly chip: Chip }) {
  return <span className={classes(styles.chip, styles[chip.chip])}>{chip.text}</span>;
}

function TouchChip({ chip }: { readonly chip: Exclude<Chip, { chip: 'code' }> }) {
  return (
    <button type="button" className={classes(styles.chip, styles[chip.chip], styles.touch)} onClick={() => showChip(chip)}>
      {chip.text}
    </button>
  );
}

function showChip(chip: Exclude<Chip, { chip: 'code' }>): void {
  const { set } = useUi.getState();
  if (chip.chip === 'message') set({ message: chip.id, panel: 'story', panelOpen: true });
  else set({ selection: [chip.id], panel: 'node', panelOpen: true });
}
