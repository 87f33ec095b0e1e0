import type { DropdownMenu } from 'radix-ui';
import { classes } from '../classes.ts';
import { Icon } from '../icons.tsx';
import styles from './Menu.module.css';
import type { MenuItem } from './menuItems.ts';

/** The parts that dropdown and context menus have alike; each brings its own set. */
export type MenuKit = Pick<
  typeof DropdownMenu,
  'CheckboxItem' | 'Item' | 'Label' | 'Portal' | 'Separator' | 'Sub' | 'SubContent' | 'SubTrigger'
>;

export function MenuEntry({ item, kit }: { readonly item: MenuItem; readonly kit: MenuKit }) {
  if ('separator' in item) return <kit.Separator className={styles.separator} />;
  if ('heading' in item) return <kit.Label className={styles.heading}>{item.heading}</kit.Label>;
  if ('items' in item) {
    return (
      <kit.Sub>
        <kit.SubTrigger className={styles.item}>
          <Face item={item} />
          <Icon name="right" size={14} />
        </kit.SubTrigger>
        <kit.Portal>
          <kit.SubContent className={styles.menu} sideOffset={4} collisionPadding={8} loop>
            {item.items.map((child) => (
              <MenuEntry key={child.id} item={child} kit={kit} />
            ))}
          </kit.SubContent>
        </kit.Portal>
      </kit.Sub>
    );
  }
  const shared = {
    className: classes(styles.item, item.danger && styles.danger),
    disabled: item.disabled ?? false,
    onSelect: item.onSelect,
  };
  if (item.checked === undefined) {
    return (
      <kit.Item {...shared}>
        <Face item={item} />
      </kit.Item>
    );
  }
  return (
    <kit.CheckboxItem {...shared} checked={item.checked}>
      <Face item={item} />
    </kit.CheckboxItem>
  );
}

function Face({ item }: { readonly item: Extract<MenuItem, { label: string }> }) {
  const leaf = 'onSelect' in item ? item : undefined;
  const icon = leaf?.checked ? 'check' : item.icon;
  return (
    <>
      <span className={styles.icon}>{icon && <Icon name={icon} size={18} />}</span>
      <span className={styles.label}>
        {item.label}
        {leaf?.note && <small className={styles.note}>{leaf.note}</small>}
      </span>
      {leaf?.shortcut && <kbd className={styles.key}>{leaf.shortcut}</kbd>}
    </>
  );
}
