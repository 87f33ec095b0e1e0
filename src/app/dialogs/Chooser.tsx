import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { classes, Dialog, Icon, type IconName } from '../../ui/index.ts';
import styles from './Chooser.module.css';

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName | undefined;
  /** Said quietly behind the label: a key, or what kind of thing it is. */
  readonly hint?: string | undefined;
}

export interface ChooserProps<C extends Choice> {
  readonly title: string;
  /** Names the field and stands in it while it is empty. */
  readonly search: string;
  readonly nothing: string;
  /** Said below the list: that there are more. */
  readonly more?: string | undefined;
  readonly choices: readonly C[];
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** Called when the dialog has given the focus back, so that it may move it. */
  readonly onChoose: (choice: C) => void;
  readonly onClose: () => void;
}

/** A dialog with one field and a list under it: type a few letters, choose by arrows and Enter or with the pointer. */
export function Chooser<C extends Choice>(props: ChooserProps<C>) {
  const { title, search, nothing, more, choices, query, onQuery, onChoose, onClose } = props;
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const chosen = Math.min(active, choices.length - 1);

  const take = (choice: C | undefined) => {
    if (!choice) return;
    onClose();
    requestAnimationFrame(() => onChoose(choice));
  };
  const move = (to: number) => {
    const next = (to + choices.length) % Math.max(1, choices.length);
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(chosen + 1);
    else if (event.key === 'ArrowUp') move(chosen - 1);
    else if (event.key === 'Enter') take(choices[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog open onClose={onClose} title={title} size="normal">
      <input
        className={styles.input}
        role="combobox"
        data-autofocus=""
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={choices[chosen] ? `${listId}-${choices[chosen].id}` : undefined}
        aria-label={search}
        placeholder={search}
        value={query}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          onQuery(event.target.value);
          setActive(0);
        }}
      />
      <div ref={list} id={listId} role="listbox" aria-label={title} className={styles.list}>
        {choices.map((choice, index) => (
          // The focus stays in the field, which names the active option; options take it only from a pointer.
          <div
            key={choice.id}
            id={`${listId}-${choice.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={classes(styles.option, index === chosen && styles.chosen)}
            onPointerMove={() => setActive(index)}
            onClick={() => take(choice)}
            onKeyDown={onKeyDown}
          >
            <span className={styles.icon}>{choice.icon && <Icon name={choice.icon} size={18} />}</span>
            <span className={styles.label}>{choice.label}</span>
            {choice.hint && <kbd className={styles.key}>{choice.hint}</kbd>}
          </div>
        ))}
      </div>
      {more && <p className={styles.nothing}>{more}</p>}
      {choices.length === 0 && <p className={styles.nothing}>{nothing}</p>}
    </Dialog>
  );
}
