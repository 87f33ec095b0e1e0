import { viewOf } from '../../engine/index.ts';
import type { Side } from '../../playback/index.ts';
import { useText, useUi } from '../../ui/index.ts';
import styles from './NodePanel.module.css';

/** Who is in a container at this moment, what they are doing, and what they read. */
export function Members({ side, id }: { readonly side: Side; readonly id: string }) {
  const t = useText();
  const { program, timeline } = side;
  const { world } = timeline;
  const kind = program.catalogue.parts.get(program.parts.get(id)?.kind ?? '');
  if (kind?.role !== 'container') return null;
  const members = [...program.parts.values()].filter((part) => part.parent === id && world.present.has(part.id));
  return (
    <section className={styles.detail}>
      <h3 className={styles.caption}>{t('lane.members')}</h3>
      {members.length === 0 && <p className={styles.hint}>{t('lane.members.none')}</p>}
      <ul className={styles.members}>
        {members.map((part) => {
          const view = viewOf(program, world, part.id);
          const lanes = (view?.pointers ?? []).filter(({ kind: what }) => what === 'position');
          return (
            <li key={part.id}>
              <button type="button" className={styles.member} onClick={() => useUi.getState().set({ selection: [part.id] })}>
                {part.name}
              </button>
              <span>{lanes.map(({ store, lane }) => t('lane.title', { store, lane })).join(', ') || '–'}</span>
              {view && <span className={styles[view.status]}>{t(`node.status.${view.status}`)}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
