import type { ReactNode } from 'react';
import { classes } from '../../ui/index.ts';
import styles from './forms.module.css';

export interface RowProps {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  /** What is wrong; stands beside the field and is read with it. */
  readonly fault: string | undefined;
  /** On the canvas: help and range stay in the form. */
  readonly isCompact?: boolean | undefined;
  readonly children: ReactNode;
}

/** Label, field, its fault and its help, tied together for those who hear them. */
export function Row({ id, label, help, fault, isCompact, children }: RowProps) {
  return (
    <div className={classes(styles.row, fault !== undefined && styles.faulty)}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children}
      <Notes id={id} help={isCompact ? '' : help} fault={fault} />
    </div>
  );
}

export function Notes({ id, help, fault }: { readonly id: string; readonly help: string; readonly fault: string | undefined }) {
  return (
    <>
      {fault !== undefined && (
        <p id={`${id}-fault`} className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      {help !== '' && (
        <p id={`${id}-help`} className={styles.help}>
          {help}
        </p>
      )}
    </>
  );
}

/** Ids of the notes of a field, for `aria-describedby`. */
export function notesOf(id: string, help: string, fault: string | undefined): string | undefined {
  const ids = [fault === undefined ? '' : `${id}-fault`, help === '' ? '' : `${id}-help`].filter((name) => name !== '');
  return ids.length > 0 ? ids.join(' ') : undefined;
}
