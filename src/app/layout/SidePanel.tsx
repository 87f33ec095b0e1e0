import { lazy, Suspense } from 'react';
import { PartForm } from '../../editor/index.ts';
import { FactPanel, NodePanel, StoryPanel } from '../../inspector/index.ts';
import { IconButton, type Panel, Tabs, useText, useUi } from '../../ui/index.ts';
import { playback } from '../session/session.ts';
import styles from './SidePanel.module.css';

const ChartPanel = lazy(async () => ({ default: (await import('../../inspector/ChartPanel.tsx')).ChartPanel }));

/** Story, node, facts and charts: beside the stage, or a sheet below it on a phone. */
export function SidePanel() {
  const t = useText();
  const panel = useUi((ui) => ui.panel);
  const set = useUi((ui) => ui.set);
  return (
    <aside className={styles.panel} aria-label={t('panel.label')}>
      <Tabs<Panel>
        label={t('panel.label')}
        value={panel}
        onChange={(next) => set({ panel: next })}
        aside={<IconButton icon="close" size="small" label={t('panel.close')} onClick={() => set({ panelOpen: false })} />}
        items={[
          { id: 'story', label: t('panel.story'), content: <StoryPanel playback={playback} /> },
          {
            id: 'node',
            label: t('panel.node'),
            content: (
              <NodePanel playback={playback}>
                <PartForm />
              </NodePanel>
            ),
          },
          { id: 'facts', label: t('panel.facts'), content: <FactPanel playback={playback} /> },
          {
            id: 'charts',
            label: t('panel.charts'),
            content: (
              <Suspense fallback={<p className={styles.loading}>{t('app.loading')}</p>}>
                <ChartPanel playback={playback} />
              </Suspense>
            ),
          },
        ]}
      />
    </aside>
  );
}
