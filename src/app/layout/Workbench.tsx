import { Suspense, useRef } from 'react';
import { Palette } from '../../editor/index.ts';
import { usePlayback } from '../../playback/index.ts';
import { classes, IconButton, useText, useUi } from '../../ui/index.ts';
import { useKeys } from '../commands/useKeys.ts';
import { playback } from '../session/session.ts';
import { Transport } from '../transport/Transport.tsx';
import { Header } from './Header.tsx';
import { Narrator, SidePanel } from './later.ts';
import { useIsNarrow } from './media.ts';
import { Notices } from './Notices.tsx';
import { Stages } from './Stages.tsx';
import { useGraphShown } from './useGraphShown.ts';
import { useRunData } from './useRunData.ts';
import styles from './Workbench.module.css';

/** The main screen: header, palette, stage, panel, narrator and transport. */
export function Workbench() {
  const t = useText();
  const root = useRef<HTMLDivElement>(null);
  const isNarrow = useIsNarrow();
  const isPanelOpen = useUi((ui) => ui.panelOpen);
  const state = usePlayback(playback, (s) => s.state);
  const isGraphShown = useGraphShown();
  useRunData(playback, root);
  useKeys();
  return (
    <div ref={root} className={classes(styles.workbench, isPanelOpen && styles.withPanel)} data-run="" data-state={state}>
      <Header />
      {!isNarrow && (
        <nav className={styles.rail} aria-label={t('app.palette')}>
          <Palette />
        </nav>
      )}
      <main className={styles.main} aria-label={t('app.stage')}>
        <Notices />
        <Stages />
        <div data-surfaces="" />
      </main>
      <section className={styles.narrator} aria-label={t('app.narrator')}>
        <div className={styles.sentence}>
          {isGraphShown && (
            <Suspense fallback={null}>
              <Narrator playback={playback} />
            </Suspense>
          )}
        </div>
        <PanelToggle />
      </section>
      <Transport />
      {isPanelOpen && (
        <div className={styles.side}>
          {isGraphShown && (
            <Suspense fallback={null}>
              <SidePanel />
            </Suspense>
          )}
        </div>
      )}
    </div>
  );
}

function PanelToggle() {
  const t = useText();
  const isOpen = useUi((ui) => ui.panelOpen);
  return (
    <IconButton
      icon="panel"
      label={isOpen ? t('panel.close') : t('panel.open')}
      pressed={isOpen}
      tooltipSide="top"
      onClick={() => useUi.getState().set({ panelOpen: !isOpen })}
    />
  );
}
