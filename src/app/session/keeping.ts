import { useDocument } from '../../editor/index.ts';
import { drawable, loadSystems } from '../../protocols/drawable.ts';
import type { Run } from '../../scenario/index.ts';
import { textsIn, toast, useUi } from '../../ui/index.ts';
import { leaveAddress } from '../boot/address.ts';
import type { Autosave, OpenedWork, WorkStore } from '../storage/index.ts';
import { useApp } from './store.ts';
import { titleOf } from './title.ts';

let opened: Promise<WorkStore> | undefined;
let autosave: Autosave | undefined;
/** The work that changes go to; undefined until the first edit of something that came from elsewhere. */
let following: string | undefined;
/** The work that was set aside last. */
let earlier: string | undefined;
let isKeeping = false;

export function keptWork(): Promise<WorkStore> {
  opened ??= import('../storage/index.ts').then(({ openStore }) => openStore({ vocabulary: drawable, ready: loadSystems }));
  return opened;
}

/** What this tab, or this browser, worked on last. */
export async function resumeWork(): Promise<OpenedWork | undefined> {
  const work = await (await keptWork()).resume();
  if (work?.isCopy) sayCopied();
  return work;
}

/** The work to go back to, if there is any. */
export function earlierWork(): string | undefined {
  return earlier;
}

/** From now on every change of the document is kept. Opening a link, a file or a gallery scenario changes no kept work: its copy begins with the first edit. */
export function startKeeping(): void {
  if (isKeeping) return;
  isKeeping = true;
  useDocument.subscribe((document, before) => {
    if (document.run === before.run) return;
    const isOpened = document.past.length === 0 && document.future.length === 0;
    if (isOpened) void follow();
    else void keep(document.run);
  });
}

/** Another document is on the screen. */
async function follow(): Promise<void> {
  const { origin } = useApp.getState();
  const displaced = following;
  following = origin.from === 'storage' ? origin.work : undefined;
  if (displaced !== following) earlier = displaced ?? earlier;
  if (origin.from === 'storage') {
    useApp.getState().set({ hasEarlierWork: false });
    return;
  }
  const [newest] = await (await keptWork()).list();
  earlier ??= newest?.id;
  // Whoever leafs through the gallery need not be told each time.
  const isWorthSaying = displaced !== undefined || origin.from === 'link';
  useApp.getState().set({ hasEarlierWork: isWorthSaying && earlier !== undefined });
}

async function keep(run: Run): Promise<void> {
  const [store, { createAutosave }] = await Promise.all([keptWork(), import('../storage/index.ts')]);
  following ??= begin(store);
  autosave ??= createAutosave(store, following, { onSaved: (saved) => useDocument.getState().markSaved(saved), onCopied });
  if (autosave.id !== following) autosave.follow(following);
  autosave.keep(run, titleOf(run.scenario, textsIn(useUi.getState().language)));
  await autosave.settled();
  const trouble = store.status === 'ok' ? undefined : store.status;
  if (useApp.getState().storageTrouble !== trouble) useApp.getState().set({ storageTrouble: trouble });
}

/** A reload must come back to the copy, not to the link that it came from. */
function begin(store: WorkStore): string {
  leaveAddress();
  return store.begin();
}

function onCopied(id: string): void {
  following = id;
  sayCopied();
}

function sayCopied(): void {
  toast({ text: textsIn(useUi.getState().language)('storage.copied') });
}
