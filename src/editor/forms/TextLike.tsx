import type { KeyboardEvent } from 'react';
import { classes } from '../../ui/index.ts';
import styles from './forms.module.css';
import { useDraft } from './useDraft.ts';

export interface TextLikeProps {
  readonly id: string;
  readonly value: string;
  /** Why this text can't stand, in the reader's words; undefined when it can. */
  readonly check: (typed: string) => string | undefined;
  /** With a text that passed the check, when it is finished: Enter, or leaving the field. */
  readonly onCommit: (typed: string) => void;
  /** The arrow keys of a number field. */
  readonly onStep?: ((typed: string, by: 1 | -1) => string | undefined) | undefined;
  readonly onFault: (fault: string | undefined) => void;
  readonly fault: string | undefined;
  readonly describedBy: string | undefined;
  readonly label?: string | undefined;
  readonly suffix?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly isMultiline?: boolean | undefined;
  readonly isNumber?: boolean | undefined;
  readonly isCode?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
}

const same = (a: string, b: string): boolean => a === b;

/** A text field that keeps what is typed until it makes sense; Escape puts the document's value back. */
export function TextLike(props: TextLikeProps) {
  const [draft, setDraft, reset] = useDraft(props.value, same);
  const change = (typed: string) => {
    setDraft(typed);
    props.onFault(props.check(typed));
  };
  const commit = () => {
    if (props.check(draft) === undefined && draft !== props.value) props.onCommit(draft);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !props.isMultiline) commit();
    if (event.key === 'Escape' && draft !== props.value) {
      event.stopPropagation();
      reset();
      props.onFault(undefined);
    }
    if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && props.onStep) {
      event.preventDefault();
      const next = props.onStep(draft, event.key === 'ArrowUp' ? 1 : -1);
      if (next === undefined) return;
      change(next);
      if (props.check(next) === undefined) props.onCommit(next);
    }
  };
  const shared = {
    id: props.id,
    value: draft,
    placeholder: props.placeholder,
    'aria-label': props.label,
    'aria-invalid': props.fault === undefined ? undefined : true,
    'aria-describedby': props.describedBy,
    'data-autofocus': props.autoFocus || undefined,
    autoComplete: 'off',
    spellCheck: false,
    onBlur: commit,
    onKeyDown,
  };
  if (props.isMultiline) return <textarea {...shared} className={styles.input} rows={3} onChange={(event) => change(event.target.value)} />;
  return (
    <span className={styles.inputFrame}>
      <input
        {...shared}
        type="text"
        inputMode={props.isNumber ? 'numeric' : undefined}
        className={classes(styles.input, props.isCode && styles.code)}
        ref={props.autoFocus ? focusAndSelect : undefined}
        onChange={(event) => change(event.target.value)}
      />
      {props.suffix && (
        <span className={styles.suffix} aria-hidden="true">
          {props.suffix}
        </span>
      )}
    </span>
  );
}

/** A function of its own, so that React calls it once and not at every rendering. */
function focusAndSelect(element: HTMLInputElement | null): void {
  element?.focus({ preventScroll: true });
  element?.select();
}
