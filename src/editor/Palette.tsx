import type { DragEvent } from 'react';
import { Tooltip, useText } from '../ui/index.ts';
import { addFromPalette, type PaletteEntry, paletteEntries } from './adding.ts';
import { useEditor } from './environment.ts';
import { PaletteIcon } from './flow/PaletteIcon.tsx';
import { kindName } from './names.ts';
import styles from './Palette.module.css';
import { carriedBy, PALETTE_TYPE } from './paletteDrag.ts';
import { signOf } from './signs.ts';

/** A narrow rail of what can be added: drag it, click it, or press Enter on it. */
export function Palette() {
  const t = useText();
  const isReady = useEditor((state) => state.host !== undefined);
  if (!isReady) return null;
  return (
    <ul className={styles.palette} aria-label={t('editor.palette.label')}>
      {paletteEntries().map((entry) => (
        <li key={carriedBy(entry)}>
          <EntryButton entry={entry} />
        </li>
      ))}
    </ul>
  );
}

function EntryButton({ entry }: { readonly entry: PaletteEntry }) {
  const t = useText();
  const sign = signOf(entry.kind, entry.config);
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData(PALETTE_TYPE, carriedBy(entry));
    event.dataTransfer.effectAllowed = 'copy';
  };
  const name = kindName(t, entry.kind, { id: '', kind: entry.kind.kind, name: '', x: 0, y: 0, config: entry.config });
  return (
    <Tooltip text={t('editor.palette.add', { kind: name })} side="right">
      <button
        type="button"
        className={styles.entry}
        draggable
        aria-label={t('editor.palette.add', { kind: name })}
        onDragStart={onDragStart}
        onClick={() => addFromPalette(entry)}
      >
        <PaletteIcon shape={entry.kind.shape} sign={sign} />
        <span className={styles.word}>{t.dynamic(`palette.${sign.replaceAll('/', '.')}`)}</span>
      </button>
    </Tooltip>
  );
}
