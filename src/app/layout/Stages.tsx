import { Suspense, useMemo } from 'react';
import { GraphEditor, useDocument } from '../../editor/index.ts';
import { liveViews } from '../../playback/index.ts';
import { Button, classes, type SideName, useText, useUi } from '../../ui/index.ts';
import { setHiddenTraffic } from '../boot/preferences.ts';
import { playback } from '../session/session.ts';
import { useApp } from '../session/store.ts';
import { sideTitles } from '../session/title.ts';
import { CompareStrip, pickMessage, StageCanvas, TrafficMenu } from './later.ts';
import styles from './Stages.module.css';

/** One graph, or two beside each other with the strip that compares them. */
export function Stages() {
  const t = useText();
  const scenario = useDocument((document) => document.run.scenario);
  const variant = useDocument((document) => document.run.variant);
  const isGraphShown = useApp((app) => app.isGraphShown);
  if (!variant) {
    return (
      <div className={styles.stages}>
        <Graph side="a" />
        {scenario.parts.length === 0 && <EmptyHint />}
      </div>
    );
  }
  const titles = sideTitles(scenario, variant, t);
  return (
    <div className={styles.pair}>
      <Graph side="a" title={titles.a} />
      <div className={styles.strip}>
        {isGraphShown && (
          <Suspense fallback={null}>
            <CompareStrip playback={playback} />
          </Suspense>
        )}
      </div>
      <Graph side="b" title={titles.b} />
    </div>
  );
}

function Graph({ side, title }: { readonly side: SideName; readonly title?: string }) {
  const views = useMemo(() => liveViews(playback, side), [side]);
  const isGraphShown = useApp((app) => app.isGraphShown);
  const isActive = useUi((ui) => ui.side === side);
  const onPick = (x: number, y: number): boolean => {
    const message = pickMessage(playback, side, x, y);
    if (message === undefined) return false;
    useUi.getState().set({ message, side, panel: 'story', panelOpen: true });
    return true;
  };
  const activate = () => {
    if (useUi.getState().side !== side) useUi.getState().set({ side, selection: [] });
  };
  return (
    <section
      className={classes(styles.graph, title !== undefined && isActive && styles.active)}
      aria-label={title}
      onPointerDownCapture={activate}
      onFocusCapture={activate}
    >
      {title !== undefined && <h2 className={styles.title}>{title}</h2>}
      <GraphEditor
        side={side}
        views={views}
        onPick={onPick}
        tools={
          isGraphShown && (
            <Suspense fallback={null}>
              <TrafficMenu playback={playback} side={side} onChoice={setHiddenTraffic} />
            </Suspense>
          )
        }
        renderOverlay={(getViewport) =>
          isGraphShown && (
            <Suspense fallback={null}>
              <StageCanvas playback={playback} side={side} getViewport={getViewport} />
            </Suspense>
          )
        }
      />
    </section>
  );
}

/** What an empty page is for, and what to do first. */
function EmptyHint() {
  const t = useText();
  return (
    <div className={styles.empty}>
      <h2>{t('empty.title')}</h2>
      <p>{t('empty.hint')}</p>
      <Button icon="gallery" onClick={() => useApp.getState().set({ dialog: 'gallery' })}>
        {t('gallery.open')}
      </Button>
    </div>
  );
}
