import type { ReactNode } from 'react';
import { IconButton, useText, useUi } from '../../ui/index.ts';
import { autoLayout, showAll, zoom } from '../commands.ts';
import styles from './flow.module.css';
import { useMapShown } from './useMapShown.ts';

/** What changes the view of the drawing, and the one command that tidies it. */
export function Toolbar({ children }: { readonly children?: ReactNode }) {
  const t = useText();
  const isMapShown = useMapShown();
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('editor.toolbar')}>
      <IconButton icon="zoomIn" size="small" tooltipSide="right" label={t('editor.command.zoomIn')} onClick={() => zoom(1.25)} />
      <IconButton icon="zoomOut" size="small" tooltipSide="right" label={t('editor.command.zoomOut')} onClick={() => zoom(0.8)} />
      <IconButton icon="fit" size="small" tooltipSide="right" label={t('editor.command.fit')} onClick={showAll} />
      <IconButton icon="layout" size="small" tooltipSide="right" label={t('editor.command.layout')} onClick={() => void autoLayout()} />
      <span className={styles.mapSwitch}>
        <IconButton
          icon="map"
          size="small"
          tooltipSide="right"
          label={t('editor.minimap')}
          pressed={isMapShown}
          onClick={() => useUi.getState().set({ map: !isMapShown })}
        />
      </span>
      {children}
    </div>
  );
}
