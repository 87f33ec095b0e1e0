import { useMachine } from '@xstate/react';
import { useEffect, useMemo } from 'react';
import { useDocument } from '../editor/index.ts';
import { usePlayback } from '../playback/index.ts';
import { ToastRoot, useText, useUi } from '../ui/index.ts';
import { leaveAddress, readAddress } from './boot/address.ts';
import { BOOT_STEPS, firstSource } from './boot/boot.ts';
import { bootWith, type Source } from './boot/machine.ts';
import { Dialogs } from './dialogs/Dialogs.tsx';
import { Workbench } from './layout/Workbench.tsx';
import { CrashPage } from './pages/CrashPage.tsx';
import { ErrorBoundary } from './pages/ErrorBoundary.tsx';
import { LinkPage } from './pages/LinkPage.tsx';
import { playback } from './session/session.ts';
import { titleOf } from './session/title.ts';

/** The composition root: boot, then the workbench, or the page that says why not. */
export function App() {
  return (
    <ToastRoot>
      <ErrorBoundary instead={(message, resume) => <CrashPage message={message} onResume={resume} />}>
        <Booted />
      </ErrorBoundary>
    </ToastRoot>
  );
}

function Booted() {
  const machine = useMemo(() => bootWith(BOOT_STEPS), []);
  const [state, send] = useMachine(machine, { input: { source: firstSource(readAddress(location.search, location.hash)) } });
  useDocumentTitle();
  useEffect(() => {
    // A link pasted into the address bar of an open page.
    const onHashChange = () => {
      const { fragment } = readAddress('', location.hash);
      if (fragment !== '') send({ type: 'OPEN', source: { from: 'link', fragment } });
    };
    addEventListener('hashchange', onHashChange);
    return () => removeEventListener('hashchange', onHashChange);
  }, [send]);

  const leave = (source: Source) => {
    leaveAddress();
    send({ type: 'OPEN', source });
  };
  if (state.matches('refused') && state.context.problem) {
    return (
      <LinkPage problem={state.context.problem} onSaved={() => leave({ from: 'storage' })} onDefault={() => leave({ from: 'default' })} />
    );
  }
  if (!state.matches('ready')) return null;
  return <Screen />;
}

function Screen() {
  const crash = usePlayback(playback, (s) => s.crash);
  if (crash) return <CrashPage message={crash.message} onResume={resumeAfterCrash} />;
  return (
    <>
      <Workbench />
      <Dialogs />
    </>
  );
}

/** The run halts at the same place each time; one edit back is the way out, or else its beginning. */
function resumeAfterCrash(): void {
  const { past, undo, run, open } = useDocument.getState();
  if (past.length > 0) undo();
  else open({ ...run });
}

function useDocumentTitle(): void {
  const t = useText();
  const language = useUi((ui) => ui.language);
  const scenario = useDocument((document) => document.run.scenario);
  const title = t('app.titled', { title: titleOf(scenario, t) });
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = language;
  }, [title, language]);
}
