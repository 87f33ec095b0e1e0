import { Switch as Radix } from 'radix-ui';
import { useId } from 'react';
import styles from './Switch.module.css';

export interface SwitchProps {
  readonly label: string;
  readonly labelHidden?: boolean | undefined;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean | undefined;
  readonly id?: string | undefined;
  readonly describedBy?: string | undefined;
}

export function Switch({ label, labelHidden, checked, onChange, disabled = false, id, describedBy }: SwitchProps) {
  const ownId = useId();
  const switchId = id ?? ownId;
  return (
    <span className={styles.field}>
      <Radix.Root
        id={switchId}
        className={styles.switch}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-describedby={describedBy}
      >
        <Radix.Thumb className={styles.thumb} />
      </Radix.Root>
      <label htmlFor={switchId} className={labelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
    </span>
  );
}
