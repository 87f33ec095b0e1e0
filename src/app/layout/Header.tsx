import { useDocument } from '../../editor/index.ts';
import { Button, IconButton, Logo, Menu, type MenuItem, useText, useUi } from '../../ui/index.ts';
import { setLanguage, setTheme } from '../boot/preferences.ts';
import { leaveCompare, startCompare } from '../session/compare.ts';
import { exportFile, newRun, openFile, saveFile } from '../session/files.ts';
import { useApp } from '../session/store.ts';
import { titleOf } from '../session/title.ts';
import styles from './Header.module.css';
import { useIsNarrow } from './media.ts';

export function Header() {
  const t = useText();
  const isNarrow = useIsNarrow();
  return (
    <header className={styles.header}>
      <span className={styles.brand}>
        <Logo />
        <b>{t('app.name')}</b>
      </span>
      <ScenarioMenu />
      {!isNarrow && <History />}
      <span className={styles.grow} />
      {!isNarrow && <Files />}
      {!isNarrow && <CompareButton />}
      <Button look="primary" icon="share" onClick={() => useApp.getState().set({ dialog: 'share' })}>
        {t('share.button')}
      </Button>
      {isNarrow ? <MoreMenu /> : <Preferences />}
    </header>
  );
}

function ScenarioMenu() {
  const t = useText();
  const scenario = useDocument((document) => document.run.scenario);
  return (
    <h1 className={styles.title}>
      <Button
        look="quiet"
        className={styles.scenario}
        aria-haspopup="dialog"
        onClick={() => useApp.getState().set({ dialog: 'gallery' })}
        aria-label={t('gallery.openFrom', { title: titleOf(scenario, t) })}
      >
        <span className={styles.crumb}>{t('gallery.crumb')}</span>
        <span className={styles.name}>{titleOf(scenario, t)}</span>
        <svg width="10" height="6" viewBox="0 0 10 6" aria-hidden="true" className={styles.arrow}>
          <path d="M1 1l4 4 4-4" />
        </svg>
      </Button>
    </h1>
  );
}

function History() {
  const t = useText();
  const canUndo = useDocument((document) => document.past.length > 0);
  const canRedo = useDocument((document) => document.future.length > 0);
  return (
    <span className={styles.group}>
      <IconButton icon="undo" label={t('app.undo')} shortcut="Ctrl+Z" disabled={!canUndo} onClick={() => useDocument.getState().undo()} />
      <IconButton
        icon="redo"
        label={t('app.redo')}
        shortcut="Ctrl+Shift+Z"
        disabled={!canRedo}
        onClick={() => useDocument.getState().redo()}
      />
    </span>
  );
}

function Files() {
  const t = useText();
  return (
    <span className={styles.group}>
      <IconButton icon="newPage" label={t('app.new')} onClick={newRun} />
      <IconButton icon="open" label={t('app.open')} shortcut="Ctrl+O" onClick={() => void openFile()} />
      <IconButton icon="save" label={t('app.save')} shortcut="Ctrl+S" onClick={saveFile} />
    </span>
  );
}

function CompareButton() {
  const t = useText();
  const isPair = useDocument((document) => document.run.variant !== undefined);
  if (!isPair) {
    return (
      <Button icon="compare" onClick={startCompare}>
        {t('compare.start')}
      </Button>
    );
  }
  return <Menu align="end" trigger={<Button icon="compare">{t('compare.leave')}</Button>} items={leaveItems(t)} />;
}

function leaveItems(t: ReturnType<typeof useText>): readonly MenuItem[] {
  return [
    { id: 'left', label: t('compare.keepLeft'), icon: 'left', onSelect: () => leaveCompare('a') },
    { id: 'right', label: t('compare.keepRight'), icon: 'right', onSelect: () => leaveCompare('b') },
  ];
}

const THEMES = ['system', 'light', 'dark'] as const;

function useThemeItems(): readonly MenuItem[] {
  const t = useText();
  const theme = useUi((ui) => ui.theme);
  return THEMES.map((choice) => ({
    id: choice,
    label: t(`theme.${choice}`),
    icon: choice,
    checked: choice === theme,
    onSelect: () => setTheme(choice),
  }));
}

function Preferences() {
  const t = useText();
  const language = useUi((ui) => ui.language);
  const theme = useUi((ui) => ui.theme);
  const themes = useThemeItems();
  return (
    <span className={styles.group}>
      <Button
        look="quiet"
        className={styles.language}
        lang={language === 'en' ? 'zh-CN' : 'en'}
        aria-label={language === 'en' ? '切换到中文' : 'Switch to English'}
        onClick={() => void setLanguage(language === 'en' ? 'zh-CN' : 'en')}
      >
        {language === 'en' ? '中文' : 'EN'}
      </Button>
      <Menu align="end" trigger={<IconButton icon={theme} label={t('theme.label')} />} items={themes} />
      <IconButton icon="help" label={t('help.button')} shortcut="?" onClick={() => useApp.getState().set({ dialog: 'help' })} />
    </span>
  );
}

/** Everything that finds no room on a phone. */
function MoreMenu() {
  const t = useText();
  const language = useUi((ui) => ui.language);
  const isPair = useDocument((document) => document.run.variant !== undefined);
  const themes = useThemeItems();
  const items: readonly MenuItem[] = [
    { id: 'new', label: t('app.new'), icon: 'newPage', onSelect: newRun },
    { id: 'open', label: t('app.open'), icon: 'open', onSelect: () => void openFile() },
    { id: 'save', label: t('app.save'), icon: 'save', onSelect: saveFile },
    { id: 'export', label: t('definitions.export'), icon: 'save', onSelect: () => void exportFile() },
    { id: 'line-1', separator: true },
    ...(isPair ? leaveItems(t) : [{ id: 'compare', label: t('compare.start'), icon: 'compare' as const, onSelect: startCompare }]),
    { id: 'line-2', separator: true },
    {
      id: 'language',
      label: language === 'en' ? '中文' : 'English',
      icon: 'language',
      onSelect: () => void setLanguage(language === 'en' ? 'zh-CN' : 'en'),
    },
    { id: 'theme', label: t('theme.label'), icon: 'system', items: themes },
    { id: 'help', label: t('help.button'), icon: 'help', onSelect: () => useApp.getState().set({ dialog: 'help' }) },
  ];
  return <Menu align="end" trigger={<IconButton icon="more" label={t('app.more')} />} items={items} />;
}
