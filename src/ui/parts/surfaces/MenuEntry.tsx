import { DropdownMenu as Radix } from 'radix-ui';
import { classes } from '../../classes.ts';
import { Icon } from '../../icons.tsx';
import type { MenuItem } from '../menuItems.ts';
import styles from './Menu.module.css';

export function MenuEntry({ item }: { readonly item: MenuItem }) {
  if ('separator' in item) return <Radix.Separator className={styles.separator} />;
  if ('heading' in item) return <Radix.Label className={styles.heading}>{item.heading}</Radix.Label>;
  if ('items' in item) {
    return (
      <Radix.Sub>
        <Radix.SubTrigger className={styles.item}>
          <Face item={item} />
          <Icon name="right" size={14} />
        </Radix.SubTrigger>
        <Radix.Portal>
          <Radix.SubContent className={styles.menu} sideOffset={4} collisionPadding={8} loop>
            {item.items.map((child) => (
              <MenuEntry key={child.id} item={child} />
            ))}
          </Radix.SubContent>
        </Radix.Portal>
      </Radix.Sub>
    );
  }
  const shared = {
    className: classes(styles.item, item.danger && styles.danger),
    disabled: item.disabled ?? false,
    onSelect: item.onSelect,
  };
  if (item.checked === undefined) {
    return (
      <Radix.Item {...shared}>
        <Face item={item} />
      </Radix.Item>
    );
  }
  return (
    <Radix.CheckboxItem {...shared} checked={item.checked}>
      <Face item={item} />
    </Radix.CheckboxItem>
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
