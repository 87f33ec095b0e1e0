import { editorCommands, useDocument } from '../../editor/index.ts';
import { type IconName, type Texts, useUi } from '../../ui/index.ts';
import { setLanguage, setTheme } from '../boot/preferences.ts';
import { leaveCompare, startCompare } from '../session/compare.ts';
import { exportFile, newRun, saveFile } from '../session/files.ts';
import { KEY_DEEDS, show } from './deeds.ts';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly shortcut?: string | undefined;
  readonly run: () => void;
}

/** Everything that can be done by name, for the command palette. */
export function allCommands(t: Texts): readonly Command[] {
  const isPair = useDocument.getState().run.variant !== undefined;
  return [
    { id: 'play', label: t('command.toggle'), icon: 'play', shortcut: 'Space', run: KEY_DEEDS.toggle },
    { id: 'next', label: t('transport.next'), icon: 'step', shortcut: '→', run: KEY_DEEDS.next },
    { id: 'previous', label: t('transport.previous'), icon: 'back', shortcut: '←', run: KEY_DEEDS.previous },
    { id: 'nextInteresting', label: t('transport.nextInteresting'), icon: 'next', shortcut: 'Shift+→', run: KEY_DEEDS.nextInteresting },
    {
      id: 'previousInteresting',
      label: t('transport.previousInteresting'),
      icon: 'previous',
      shortcut: 'Shift+←',
      run: KEY_DEEDS.previousInteresting,
    },
    { id: 'home', label: t('transport.home'), icon: 'home', shortcut: 'Home', run: KEY_DEEDS.home },
    { id: 'end', label: t('transport.end'), icon: 'end', shortcut: 'End', run: KEY_DEEDS.end },
    { id: 'gallery', label: t('gallery.open'), icon: 'gallery', run: show('gallery') },
    { id: 'share', label: t('share.title'), icon: 'share', run: show('share') },
    { id: 'new', label: t('app.new'), icon: 'newPage', run: newRun },
    { id: 'open', label: t('app.open'), icon: 'open', shortcut: 'Ctrl+O', run: KEY_DEEDS.open },
    { id: 'save', label: t('app.save'), icon: 'save', shortcut: 'Ctrl+S', run: saveFile },
    { id: 'export', label: t('definitions.export'), icon: 'save', run: () => void exportFile() },
    { id: 'find', label: t('find.title'), icon: 'search', shortcut: 'Ctrl+F', run: KEY_DEEDS.find },
    ...(isPair
      ? [
          { id: 'keepLeft', label: t('compare.keepLeft'), icon: 'compare' as const, run: () => leaveCompare('a') },
          { id: 'keepRight', label: t('compare.keepRight'), icon: 'compare' as const, run: () => leaveCompare('b') },
        ]
      : [{ id: 'compare', label: t('compare.startLong'), icon: 'compare' as const, run: startCompare }]),
    ...editorCommands.map((command) => ({
      id: `editor-${command.id}`,
      label: t.dynamic(command.labelKey),
      shortcut: command.shortcut,
      run: () => command.run(),
    })),
    {
      id: 'language',
      label: '中文 / English',
      icon: 'language',
      run: () => void setLanguage(useUi.getState().language === 'en' ? 'zh-CN' : 'en'),
    },
    { id: 'light', label: t('command.light'), icon: 'light', run: () => setTheme('light') },
    { id: 'dark', label: t('command.dark'), icon: 'dark', run: () => setTheme('dark') },
    { id: 'system', label: t('command.system'), icon: 'system', run: () => setTheme('system') },
    { id: 'help', label: t('help.button'), icon: 'help', shortcut: '?', run: KEY_DEEDS.help },
  ];
}
