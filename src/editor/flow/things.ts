import type { MenuItem, SideName, Texts } from '../../ui/index.ts';
import { pasteFromSystem } from '../clipboard.ts';
import { autoLayout, selectAll, showAll } from '../commands.ts';
import { thingItems } from '../deeds/thingItems.ts';

/** The part or line that an element of the page belongs to. */
export function thingAt(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element) || target.closest('[role=dialog]')) return undefined;
  const found = target.closest<HTMLElement>('[data-thing], [data-label-of], .react-flow__node, .react-flow__edge');
  return found?.dataset['thing'] ?? found?.dataset['labelOf'] ?? found?.dataset['id'];
}

/** The menu at a part or line, or that of the empty canvas. */
export function menuItemsFor(t: Texts, id: string | undefined, side: SideName): readonly MenuItem[] {
  if (id !== undefined) return thingItems(t, id, side);
  return [
    { id: 'paste', label: t('editor.command.paste'), icon: 'paste', shortcut: 'Ctrl+V', onSelect: () => void pasteFromSystem() },
    { id: 'selectAll', label: t('editor.command.selectAll'), shortcut: 'Ctrl+A', onSelect: selectAll },
    { id: 'line', separator: true },
    { id: 'layout', label: t('editor.command.layout'), icon: 'layout', shortcut: 'Ctrl+Shift+L', onSelect: () => void autoLayout() },
    { id: 'fit', label: t('editor.command.fit'), icon: 'fit', shortcut: 'F', onSelect: showAll },
  ];
}
