import type { MenuItem, SideName, Texts } from '../../ui/index.ts';
import { findPart, select } from '../actions.ts';
import { duplicateSelected } from '../clipboard.ts';
import { editEssentials, removeSelected, renameSelected } from '../commands.ts';
import { useEditor } from '../environment.ts';
import { deedItems } from './deeds.ts';

/** Everything that can be done to one part or line: edit it, do something to it while it runs, take it away. */
export function thingItems(t: Texts, id: string, side: SideName): readonly MenuItem[] {
  if (id.includes('>')) return [{ id: 'implied', label: t('editor.form.implied'), disabled: true, onSelect: () => {} }];
  const isPart = findPart(id, side) !== undefined;
  const first = (run: () => void) => () => {
    select([id]);
    run();
  };
  const own: readonly MenuItem[] = [
    { id: 'edit', label: t('editor.command.edit'), icon: 'settings', shortcut: 'Enter', onSelect: first(editEssentials) },
    ...(isPart
      ? [
          { id: 'rename', label: t('editor.command.rename'), icon: 'rename', shortcut: 'F2', onSelect: first(renameSelected) } as const,
          {
            id: 'connect',
            label: t('editor.command.connect'),
            icon: 'connect',
            shortcut: 'C',
            onSelect: () => useEditor.setState({ asking: { what: 'connect', from: id } }),
          } as const,
        ]
      : []),
  ];
  const last: readonly MenuItem[] = [
    ...(isPart
      ? [
          {
            id: 'duplicate',
            label: t('editor.command.duplicate'),
            icon: 'duplicate',
            shortcut: 'Ctrl+D',
            onSelect: first(duplicateSelected),
          } as const,
        ]
      : []),
    { id: 'remove', label: t('editor.command.remove'), icon: 'trash', shortcut: 'Del', danger: true, onSelect: first(removeSelected) },
  ];
  return [...own, { id: 'line-1', separator: true }, ...deedItems(t, id, side), { id: 'line-2', separator: true }, ...last];
}
