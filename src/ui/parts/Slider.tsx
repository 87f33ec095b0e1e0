import { Slider as Radix } from 'radix-ui';
import styles from './Slider.module.css';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number | undefined;
  /** The value in words: read aloud instead of the bare number. */
  readonly valueText?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly onChange: (value: number) => void;
  /** When the hand lets go: the moment for one whole undo step. */
  readonly onCommit?: ((value: number) => void) | undefined;
}

export function Slider({ label, value, min, max, step = 1, valueText, disabled = false, onChange, onCommit }: SliderProps) {
  return (
    <Radix.Root
      className={styles.slider}
      value={[value]}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
    >
      <Radix.Track className={styles.track}>
        <Radix.Range className={styles.range} />
      </Radix.Track>
      <Radix.Thumb className={styles.thumb} aria-label={label} aria-valuetext={valueText} />
    </Radix.Root>
  );
}
