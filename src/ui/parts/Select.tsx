import { useId } from 'react';
import { classes } from '../classes.ts';
import { Icon } from '../icons.tsx';
import styles from './Select.module.css';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean | undefined;
}

export interface SelectProps<Value extends string> {
  readonly label: string;
  /** Keeps the label for screen readers only. */
  readonly labelHidden?: boolean | undefined;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean | undefined;
  readonly id?: string | undefined;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean | undefined;
}

/** The browser's own select, dressed: phones bring their own picker, and type-ahead works in every language. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const ownId = useId();
  const id = props.id ?? ownId;
  return (
    <span className={styles.field}>
      <label htmlFor={id} className={props.labelHidden ? 'visually-hidden' : styles.label}>
        {props.label}
      </label>
      <span className={styles.frame}>
        <select
          id={id}
          className={classes(styles.select, props.invalid && styles.invalid)}
          value={props.value}
          disabled={props.disabled}
          aria-describedby={props.describedBy}
          aria-invalid={props.invalid}
          onChange={(event) => props.onChange(event.target.value as Value)}
        >
          {props.options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <span className={styles.arrow}>
          <Icon name="down" size={14} />
        </span>
      </span>
    </span>
  );
}
