import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { classes, Dialog, Icon, useText } from '../../ui/index.ts';
import { allCommands, type Command } from '../commands/commands.ts';
import styles from './CommandPalette.module.css';
import { matching } from './matching.ts';

/** Everything that can be done, by typing a few letters of it. */
export default function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const found = matching(allCommands(t), query);
  const chosen = Math.min(active, found.length - 1);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    // After the dialog has given the focus back, so that a command may move it.
    requestAnimationFrame(() => command.run());
  };
  const move = (to: number) => {
    const next = (to + found.length) % Math.max(1, found.length);
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(chosen + 1);
    else if (event.key === 'ArrowUp') move(chosen - 1);
    else if (event.key === 'Enter') run(found[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog open onClose={onClose} title={t('command.title')} size="normal">
      <input
        className={styles.input}
        role="combobox"
        data-autofocus=""
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found[chosen] ? `${listId}-${found[chosen].id}` : undefined}
        aria-label={t('command.search')}
        placeholder={t('command.search')}
        value={query}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
      />
      <div ref={list} id={listId} role="listbox" aria-label={t('command.title')} className={styles.list}>
        {found.map((command, index) => (
          // The focus stays in the field, which names the active option; options take it only from a pointer.
          <div
            key={command.id}
            id={`${listId}-${command.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={classes(styles.option, index === chosen && styles.chosen)}
            onPointerMove={() => setActive(index)}
            onClick={() => run(command)}
            onKeyDown={onKeyDown}
          >
            <span className={styles.icon}>{command.icon && <Icon name={command.icon} size={18} />}</span>
            <span className={styles.label}>{command.label}</span>
            {command.shortcut && <kbd className={styles.key}>{command.shortcut}</kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className={styles.nothing}>{t('command.nothing')}</p>}
    </Dialog>
  );
}
