import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

export interface TabItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly content: ReactNode;
}

export interface TabsProps<Id extends string> {
  /** Accessible name of the row of tabs. */
  readonly label: string;
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly items: readonly TabItem<Id>[];
  /** Stands at the right end of the row, for instance a button that folds the panel. */
  readonly aside?: ReactNode;
}

/** A row of tabs over one panel; only the chosen content is in the page. */
export function Tabs<Id extends string>({ label, value, onChange, items, aside }: TabsProps<Id>) {
  return (
    <Radix.Root className={styles.tabs} value={value} onValueChange={(id) => onChange(id as Id)}>
      <div className={styles.row}>
        <Radix.List className={styles.list} aria-label={label}>
          {items.map((item) => (
            <Radix.Trigger key={item.id} value={item.id} className={styles.tab}>
              {item.label}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {aside}
      </div>
      {items.map((item) => (
        <Radix.Content key={item.id} value={item.id} className={styles.content}>
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
