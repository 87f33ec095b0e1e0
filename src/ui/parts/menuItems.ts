import type { IconName } from '../icons.tsx';

/** What a menu or context menu offers. */
export type MenuItem =
  | {
      readonly id: string;
      readonly label: string;
      readonly icon?: IconName | undefined;
      /** Shown at the right; the menu itself listens to no keys. */
      readonly shortcut?: string | undefined;
      /** A second, softer line: why it is disabled, what it means. */
      readonly note?: string | undefined;
      readonly disabled?: boolean | undefined;
      readonly danger?: boolean | undefined;
      /** Makes it a choice that is on or off. */
      readonly checked?: boolean | undefined;
      readonly onSelect: () => void;
    }
  | { readonly id: string; readonly label: string; readonly icon?: IconName | undefined; readonly items: readonly MenuItem[] }
  | { readonly id: string; readonly heading: string }
  | { readonly id: string; readonly separator: true };
