import { toast, useUi } from '../../ui/index.ts';
import { earlierWork, keptWork } from './keeping.ts';
import { problemText } from './problemText.ts';
import { openRun } from './session.ts';

/** Opens a kept piece of work; if another tab has it, a copy. */
export async function openWork(id: string): Promise<void> {
  const work = await (await keptWork()).open(id);
  if (work.ok) openRun(work.value.run, { origin: { from: 'storage', work: work.value.id }, play: false });
  else toast({ tone: 'bad', text: problemText(useUi.getState().language, work.error) });
}

/** Back to what was set aside when a link, a file or a scenario was opened. */
export async function reopenEarlierWork(): Promise<void> {
  const id = earlierWork();
  if (id !== undefined) await openWork(id);
}
