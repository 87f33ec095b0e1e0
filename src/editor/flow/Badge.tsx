import type { ReactNode } from 'react';
import { classes } from '../../ui/index.ts';
import styles from './flow.module.css';

/** A helm for an office, a cross for what is down, a mark for what can't go on. */
const ICONS = {
  office: 'M9.4 6A3.4 3.4 0 1 1 2.6 6A3.4 3.4 0 1 1 9.4 6M6 .7V11.3M1.4 3.35L10.6 8.65M10.6 3.35L1.4 8.65',
  bad: 'M2 2L10 10M10 2L2 10',
  warn: 'M6 2V7M6 9.9V10',
} as const;

export interface BadgeProps {
  readonly tone: keyof typeof ICONS;
  readonly children: ReactNode;
}

/** A few words that must be seen at a glance, beside a box's name. The box's spoken name has them as well. */
export function Badge({ tone, children }: BadgeProps) {
  return (
    <span className={classes(styles.badge, tone === 'bad' && styles.badgeBad, tone === 'warn' && styles.badgeWarn)}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <path d={ICONS[tone]} />
      </svg>
      {children}
    </span>
  );
}
