import { useMemo, useState } from 'react';
import type { Playback, Side } from '../../playback/index.ts';
import { Button, Select, useText } from '../../ui/index.ts';
import { useSide } from '../parts/hooks.ts';
import styles from './FactPanel.module.css';
import { FactRows } from './FactRows.tsx';
import { type FactFilter, FOUND_MAX, groupsFor, isFiltering, type KindGroup, NO_FILTER } from './filter.ts';
import { useRows } from './useFound.ts';

/** Everything that happened, a line a fact, filtered by node, kind and message. */
export function FactPanel({ playback }: { readonly playback: Playback }) {
  const t = useText();
  const side = useSide(playback);
  const [filter, setFilter] = useState<FactFilter>(NO_FILTER);
  if (!side) return <p className={styles.empty}>{t('facts.empty')}</p>;
  return (
    <section className={styles.panel} aria-label={t('facts.label')}>
      <Filters side={side} filter={filter} onChange={setFilter} />
      <Log playback={playback} side={side} filter={filter} onClear={() => setFilter(NO_FILTER)} />
    </section>
  );
}

interface FiltersProps {
  readonly side: Side;
  readonly filter: FactFilter;
  readonly onChange: (filter: FactFilter) => void;
}

function Filters({ side, filter, onChange }: FiltersProps) {
  const t = useText();
  const parts = useMemo(
    () => [
      { value: '', label: t('facts.anyNode') },
      ...[...side.program.parts.values()].map(({ id, name }) => ({ value: id, label: name })),
    ],
    [side, t],
  );
  const kinds = useMemo(() => {
    const { catalogue, parts } = side.program;
    const groups = groupsFor(catalogue.traitsOf(parts.values()));
    return [
      { value: '' as KindGroup | '', label: t('facts.anyKind') },
      ...groups.map((group) => ({ value: group, label: t(`facts.kinds.${group}`) })),
    ];
  }, [side, t]);
  return (
    <fieldset className={styles.filters} aria-label={t('facts.filter')}>
      <Select label={t('facts.node')} labelHidden value={filter.part} options={parts} onChange={(part) => onChange({ ...filter, part })} />
      <Select
        label={t('facts.kind')}
        labelHidden
        value={filter.group}
        options={kinds}
        onChange={(group) => onChange({ ...filter, group })}
      />
      <label className={styles.message}>
        <span>m</span>
        <input
          type="text"
          inputMode="numeric"
          aria-label={t('facts.message')}
          placeholder={t('facts.anyMessage')}
          value={filter.message === 0 ? '' : String(filter.message)}
          onChange={(event) => onChange({ ...filter, message: messageOf(event.target.value) })}
        />
      </label>
    </fieldset>
  );
}

/** `12`, `m12`; anything else means all messages. */
function messageOf(text: string): number {
  const digits = /^m?(\d{1,9})$/.exec(text.trim())?.[1];
  return digits === undefined ? 0 : Number(digits);
}

interface LogProps {
  readonly playback: Playback;
  readonly side: Side;
  readonly filter: FactFilter;
  readonly onClear: () => void;
}

function Log({ playback, side, filter, onClear }: LogProps) {
  const t = useText();
  const rows = useRows(playback, side, filter);
  return (
    <>
      <p className={styles.count} aria-live="off">
        <span>
          {t('facts.count', { count: rows.count })}
          {rows.isSearching && ` · ${t('facts.searching')}`}
        </span>
        {isFiltering(filter) && (
          <Button look="quiet" className={styles.clear} onClick={onClear}>
            {t('facts.clear')}
          </Button>
        )}
      </p>
      {rows.isFull && <p className={styles.note}>{t('facts.truncated', { count: FOUND_MAX })}</p>}
      {rows.count > 0 ? (
        <FactRows playback={playback} side={side} rows={rows} />
      ) : (
        !rows.isSearching && <p className={styles.empty}>{t(isFiltering(filter) ? 'facts.noMatch' : 'facts.empty')}</p>
      )}
    </>
  );
}
