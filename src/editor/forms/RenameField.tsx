import { type KeyboardEvent, useRef } from 'react';
import { type Part, rename } from '../../scenario/index.ts';
import { classes, useText } from '../../ui/index.ts';
import { act, focusOn } from '../actions.ts';
import { useEditor } from '../environment.ts';
import styles from './forms.module.css';

function selectAll(element: HTMLInputElement | null): void {
  element?.focus({ preventScroll: true });
  element?.select();
}

/** The name of a part, typed where it stands. Enter or leaving it takes it over, Escape does not. */
export function RenameField({ part, className }: { readonly part: Part; readonly className?: string | undefined }) {
  const t = useText();
  const isDone = useRef(false);
  const finish = (name: string | undefined, isByKey: boolean) => {
    if (isDone.current) return;
    isDone.current = true;
    if (name !== undefined && name !== part.name)
      act('edit.rename', (run, context) => rename(run, context, part.id, name), { fromStart: true });
    useEditor.setState({ renaming: undefined });
    if (isByKey) focusOn(part.id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') finish(event.currentTarget.value, true);
    if (event.key === 'Escape') finish(undefined, true);
  };
  return (
    <input
      ref={selectAll}
      type="text"
      className={classes(styles.input, styles.renameInput, 'nodrag nopan', className)}
      aria-label={t('editor.rename.label', { name: part.name })}
      defaultValue={part.name}
      size={Math.max(6, part.name.length + 2)}
      autoComplete="off"
      spellCheck={false}
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value, false)}
    />
  );
}
