import type { ComponentProps, ReactNode } from 'react';
import { classes } from '../classes.ts';
import { Icon, type IconName } from '../icons.tsx';
import styles from './Button.module.css';
import { Tooltip } from './Tooltip.tsx';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary`: the one thing to do here. `quiet`: no border until touched. `danger`: takes something away. */
  readonly look?: 'normal' | 'primary' | 'quiet' | 'danger' | undefined;
  readonly icon?: IconName | undefined;
  readonly children?: ReactNode;
}

export function Button({ look = 'normal', icon, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={classes(styles.button, styles[look], className)} {...rest}>
      {icon && <Icon name={icon} size={18} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: IconName;
  /** What it does: its accessible name and its tooltip. */
  readonly label: string;
  /** Key shown in the tooltip, e.g. `Ctrl+Z`. */
  readonly shortcut?: string | undefined;
  readonly look?: 'quiet' | 'normal' | 'primary' | undefined;
  /** A toggle: announces itself as pressed or not. */
  readonly pressed?: boolean | undefined;
  readonly size?: 'normal' | 'small' | 'large' | undefined;
  readonly tooltipSide?: 'top' | 'bottom' | 'left' | 'right' | undefined;
}

export function IconButton({
  icon,
  label,
  shortcut,
  look = 'quiet',
  pressed,
  size = 'normal',
  tooltipSide = 'bottom',
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut} side={tooltipSide}>
      <button
        type={type}
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={shortcut?.replaceAll('Ctrl', 'Control')}
        className={classes(styles.button, styles.iconOnly, styles[look], styles[`size-${size}`], className)}
        {...rest}
      >
        <Icon name={icon} size={size === 'large' ? 22 : size === 'small' ? 16 : 20} />
      </button>
    </Tooltip>
  );
}
