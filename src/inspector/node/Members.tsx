import type { Side } from '../../playback/index.ts';
import { useText, useUi } from '../../ui/index.ts';
import { membersOf } from './members.ts';
import styles from './NodePanel.module.css';

/** Who is in a container at this moment, what is assigned to them, and how they are doing. */
export function Members({ side, id }: { readonly side: Side; readonly id: string }) {
  const t = useText();
  const { program } = side;
  const kind = program.catalogue.parts.get(program.parts.get(id)?.kind ?? '');
  if (kind?.role !== 'container') return null;
  const members = membersOf(side, id);
  return (
    <section className={styles.detail}>
      <h3 className={styles.caption}>{t('lane.members')}</h3>
      <p className={styles.hint}>{t(members.length === 0 ? 'lane.members.none' : 'lane.members.assigned')}</p>
      <ul className={styles.members}>
        {members.map(({ part, name, lanes, status }) => (
          <li key={part ?? name}>
            {part === undefined ? (
              <span>{name}</span>
            ) : (
              <button type="button" className={styles.member} onClick={() => useUi.getState().set({ selection: [part] })}>
                {name}
              </button>
            )}
            <span>{lanes.join(', ') || '–'}</span>
            {status && <span className={styles[status]}>{t(`node.status.${status}`)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
