import type { ReactNode } from 'react';
import { useDocument } from '../../editor/index.ts';
import { usePlayback } from '../../playback/index.ts';
import type { Problem } from '../../scenario/index.ts';
import { Button, classes, Icon, IconButton, type IconName, useText, useUi } from '../../ui/index.ts';
import { saveFile } from '../session/files.ts';
import { problemText } from '../session/problemText.ts';
import { playback } from '../session/session.ts';
import { useApp } from '../session/store.ts';
import { introOf, titleOf } from '../session/title.ts';
import { reopenEarlierWork } from '../session/work.ts';
import styles from './Notices.module.css';

/** Bars above the stage, so that none of them ever covers the graph. */
export function Notices() {
  return (
    <div className={styles.notices}>
      <Storage />
      <Problems />
      <EarlierWork />
      <Intro />
    </div>
  );
}

interface BarProps {
  readonly tone: 'calm' | 'warn' | 'bad';
  readonly icon: IconName;
  readonly children: ReactNode;
  readonly onDismiss?: () => void;
}

function Bar({ tone, icon, children, onDismiss }: BarProps) {
  const t = useText();
  return (
    <div className={classes(styles.bar, styles[tone])} role={tone === 'calm' ? 'note' : 'alert'}>
      <span className={styles.icon}>
        <Icon name={icon} />
      </span>
      <div className={styles.content}>{children}</div>
      {onDismiss && <IconButton icon="close" size="small" label={t('ui.close')} onClick={onDismiss} />}
    </div>
  );
}

function Storage() {
  const t = useText();
  const trouble = useApp((app) => app.storageTrouble);
  if (!trouble) return null;
  return (
    <Bar tone="warn" icon="warning" onDismiss={() => useApp.getState().set({ storageTrouble: undefined })}>
      {t(`storage.${trouble}`)}
      <Button icon="save" onClick={saveFile}>
        {t('app.save')}
      </Button>
    </Bar>
  );
}

/** Why there is nothing to play, each with a way to the place. */
function Problems() {
  const t = useText();
  const language = useUi((ui) => ui.language);
  const problems = usePlayback(playback, (s) => s.problems);
  const isEmpty = useDocument((document) => document.run.scenario.parts.length === 0);
  if (problems.length === 0 || isEmpty) return null;
  return (
    <Bar tone="bad" icon="warning">
      <ul className={styles.problems}>
        {problems.slice(0, 3).map((problem) => (
          <li key={`${problem.where}:${problem.field ?? ''}:${problem.key}`}>
            {problemText(language, problem)}
            {problem.where !== '' && (
              <Button look="quiet" onClick={() => showPlace(problem)}>
                {t('problems.show')}
              </Button>
            )}
          </li>
        ))}
        {problems.length > 3 && <li>{t('problems.more', { count: problems.length - 3 })}</li>}
      </ul>
    </Bar>
  );
}

function showPlace(problem: Problem): void {
  useUi.getState().set({ selection: [problem.where], panel: 'node', panelOpen: true });
}

function EarlierWork() {
  const t = useText();
  const has = useApp((app) => app.hasEarlierWork);
  const origin = useApp((app) => app.origin);
  if (!has) return null;
  return (
    <Bar tone="calm" icon="info" onDismiss={() => useApp.getState().set({ hasEarlierWork: false })}>
      {origin.from === 'link' ? t('earlier.link') : t('earlier.other')}
      <Button icon="undo" onClick={() => void reopenEarlierWork()}>
        {t('earlier.back')}
      </Button>
    </Bar>
  );
}

function Intro() {
  const t = useText();
  const isOpen = useApp((app) => app.introOpen);
  const scenario = useDocument((document) => document.run.scenario);
  const intro = introOf(scenario, t);
  if (!isOpen || intro === '') return null;
  return (
    <div className={classes(styles.bar, styles.intro)} role="note">
      <div className={styles.content}>
        <b>{titleOf(scenario, t)}</b>
        <p>{intro}</p>
      </div>
      <IconButton icon="close" size="small" label={t('ui.close')} onClick={() => useApp.getState().set({ introOpen: false })} />
    </div>
  );
}
