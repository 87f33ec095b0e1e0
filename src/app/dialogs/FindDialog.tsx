import { useMemo, useState } from 'react';
import { activeSide, drawnScenario, kindName, revealPart } from '../../editor/index.ts';
import { drawable } from '../../protocols/drawable.ts';
import { type IconName, useText } from '../../ui/index.ts';
import { Chooser } from './Chooser.tsx';
import { matching } from './matching.ts';

/** More than this many nobody reads: one more letter finds faster. */
const SHOWN_MAX = 50;

const ICONS = { circle: 'consumer', hexagon: 'exchange', rail: 'queue', lanes: 'queue', region: 'broker' } as const satisfies {
  [shape: string]: IconName;
};

/** Any part of the drawing by its name: it is selected and stands in the middle of the window. */
export default function FindDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const [query, setQuery] = useState('');
  const [side] = useState(activeSide);
  const parts = useMemo(() => drawnScenario(side).parts.map((part) => ({ ...part, label: part.name })), [side]);
  const found = useMemo(() => matching(parts, query), [parts, query]);
  const choices = found.slice(0, SHOWN_MAX).map((part) => {
    const kind = drawable.parts.get(part.kind);
    return { id: part.id, label: part.label, icon: ICONS[kind?.shape ?? 'circle'], hint: kind && kindName(t, kind, part) };
  });
  return (
    <Chooser
      title={t('find.title')}
      search={t('find.search')}
      nothing={t('find.nothing')}
      more={found.length > SHOWN_MAX ? t('find.more', { count: found.length - SHOWN_MAX }) : undefined}
      choices={choices}
      query={query}
      onQuery={setQuery}
      onChoose={({ id }) => revealPart(id, side)}
      onClose={onClose}
    />
  );
}
