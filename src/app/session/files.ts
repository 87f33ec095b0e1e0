import { useDocument } from '../../editor/index.ts';
import { ENGINE_VERSION } from '../../engine/index.ts';
import { text } from '../../i18n/index.ts';
import { DOCUMENT_LIMITS, emptyRun, type Problem, type Run, serializeFile } from '../../scenario/index.ts';
import { toast, useUi } from '../../ui/index.ts';
import { problemText } from './problemText.ts';
import { openRun } from './session.ts';

/** Starts an empty drawing. What was there is kept as earlier work. */
export function newRun(): void {
  openRun(emptyRun(ENGINE_VERSION), { origin: { from: 'new' }, play: false });
}

/** Gives the run to the browser as a file to keep. */
export function saveFile(): void {
  const { run } = useDocument.getState();
  offerDownload(fileName(run), serializeFile(run));
}

export function offerDownload(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The browser has taken the content by then; without this it would stay in memory as long as the page.
  requestAnimationFrame(() => URL.revokeObjectURL(url));
}

/** A name that every file system takes. */
export function fileName(run: Run): string {
  const stem = (run.scenario.title || run.scenario.from || 'run').replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '');
  return `${stem.slice(0, 60) || 'run'}.queuescope.json`;
}

/** Gives a broker of the drawing to the browser as RabbitMQ's own kind of file. */
export async function exportFile(): Promise<void> {
  (await import('./definitions.ts')).exportBroker();
}

/** Asks for a file and opens it; says what is wrong with one that can't be opened. */
export async function openFile(): Promise<void> {
  const file = await pickFile();
  if (!file) return;
  const problem = await openFrom(file);
  if (problem) toast({ tone: 'bad', text: problemText(useUi.getState().language, problem) });
}

async function openFrom(file: File): Promise<Problem | undefined> {
  if (file.size > DOCUMENT_LIMITS.fileLength * 4) return { where: '', key: 'file.tooLarge', remedy: 'file.tooLarge' };
  const [bytes, { readFile, decodeText }] = await Promise.all([file.arrayBuffer(), import('./reading.ts')]);
  const content = decodeText(new Uint8Array(bytes));
  const parsed = readFile(content);
  if (!parsed.ok) return parsed.error[0] && otherFile(file.name, content, parsed.error[0]);
  openRun(parsed.value, { origin: { from: 'file' }, play: false });
  toast({ tone: 'good', text: text(useUi.getState().language, 'app.opened', { name: file.name }) });
  return undefined;
}

/** What is no run may be a broker's definitions, which may be larger than any run. */
async function otherFile(name: string, content: string, problem: Problem): Promise<Problem | undefined> {
  if (problem.key !== 'file.definitions' && problem.key !== 'file.tooLarge') return problem;
  return (await import('./definitions.ts')).importDefinitions(name, content) && problem;
}

function pickFile(): Promise<File | undefined> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}
