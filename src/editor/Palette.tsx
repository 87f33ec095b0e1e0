import { type DragEvent, useState } from 'react';
import { Select, Tooltip, useText } from '../ui/index.ts';
import { addFromPalette, entriesOf, type PaletteEntry, paletteEntries, systemOf } from './adding.ts';
import { useDocument } from './document.ts';
import { host, useEditor } from './environment.ts';
import { PaletteIcon } from './flow/PaletteIcon.tsx';
import { kindName } from './names.ts';
import styles from './Palette.module.css';
import { carriedBy, PALETTE_TYPE } from './paletteDrag.ts';
import { signOf } from './signs.ts';

/** A narrow rail of what can be added: drag it, click it, or press Enter on it. */
export function Palette() {
  const t = useText();
  const isReady = useEditor((state) => state.host !== undefined);
  const drawn = useDocument(({ run }) => systemOf(run.scenario.parts[0]?.kind ?? ''));
  const [chosen, setChosen] = useState<{ readonly system: string; readonly beside: string }>();
  if (!isReady) return null;
  const systems = [...new Set(paletteEntries().map(({ kind }) => systemOf(kind.kind)))];
  // A choice holds until another system's drawing is opened.
  const wanted = chosen?.beside === drawn ? chosen.system : drawn;
  const system = systems.includes(wanted) ? wanted : (systems[0] ?? '');
  return (
    <div className={styles.rail}>
      <Select
        label={t('editor.palette.system')}
        labelHidden
        value={system}
        options={systems.map((value) => ({ value, label: t.dynamic(`system.${value}`) }))}
        onChange={(value) => setChosen({ system: value, beside: drawn })}
      />
      <ul className={styles.palette} aria-label={t('editor.palette.label')}>
        {entriesOf(system, host().catalogue).map((entry) => (
          <li key={carriedBy(entry)}>
            <EntryButton entry={entry} />
          </li>
        ))}
      </ul>
    </div>
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
