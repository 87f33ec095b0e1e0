import { type LineId, type PartId, type Result, ZERO } from '../base/index.ts';
import { dynamicText, hasText, text } from '../i18n/index.ts';
import {
  addedIds,
  drawnLines,
  type EditContext,
  type Line,
  type Part,
  type Problem,
  type Refusal,
  type Run,
  type Scenario,
  scenarioOf,
} from '../scenario/index.ts';
import { type SideName, toast, useUi } from '../ui/index.ts';
import { useDocument } from './document.ts';
import { editTime, host, useEditor } from './environment.ts';

/** The side that commands speak of; 'b' only while there is a variant. */
export function activeSide(): SideName {
  return useDocument.getState().run.variant ? useUi.getState().side : 'a';
}

export function editContext(side: SideName = activeSide()): EditContext {
  return { vocabulary: host().catalogue, at: editTime(), side };
}

const variants = new WeakMap<Run, Scenario>();

/** The scenario that is drawn on a side; a variant is worked out once for each state of the document. */
export function drawnScenario(side: SideName = activeSide()): Scenario {
  const { run } = useDocument.getState();
  if (side === 'a' || !run.variant) return run.scenario;
  const scenario = variants.get(run) ?? scenarioOf(run, side);
  variants.set(run, scenario);
  return scenario;
}

export function findPart(id: string, side?: SideName): Part | undefined {
  return drawnScenario(side).parts.find((part) => part.id === id);
}
export function findLine(id: string, side?: SideName): Line | undefined {
  const scenario = drawnScenario(side);
  return (
    scenario.lines.find((line) => line.id === id) ??
    host()
      .catalogue.implied(scenario)
      .find((line) => line.id === id)
  );
}

/** Lines of a scenario that are drawn, implied ones included. */
export function shownLines(scenario: Scenario): readonly Line[] {
  const { catalogue } = host();
  return drawnLines([...scenario.lines, ...catalogue.implied(scenario)], catalogue.lines);
}

/** What is selected and still there; implied lines can be looked at, so they count. */
export function selected(): readonly (PartId | LineId)[] {
  return useUi.getState().selection.filter((id) => findPart(id) || findLine(id));
}
/** Selected things that belong to the author: parts and drawn lines. */
export function selectedOwn(): readonly (PartId | LineId)[] {
  return selected().filter((id) => !id.includes('>'));
}

/** What a person has given the focus to without selecting it, since something was last selected. */
export function focusBeside(): PartId | LineId | undefined {
  const { held } = useEditor.getState();
  const { selection } = useUi.getState();
  return held && held.selection === selection && !selection.includes(held.id) ? held.id : undefined;
}

export function select(ids: readonly (PartId | LineId)[]): void {
  useUi.getState().set({ selection: ids });
}

/** A problem in the reader's words: what is wrong, and what to do. */
export function problemText(problem: Problem): string {
  const { language } = useUi.getState();
  const said = dynamicText(language, `problem.${problem.key}`, problem.args);
  return problem.remedy ? `${said} ${dynamicText(language, `remedy.${problem.remedy}`, problem.args)}` : said;
}

export function sayProblem(problem: Problem, action?: { readonly label: string; readonly run: () => void }): void {
  toast({ text: problemText(problem), tone: 'bad', ...(action ? { action } : {}) });
}

/** One edit of the active side; a refusal is said in a toast. What it added is selected, if wanted. */
export function act(label: string, change: (run: Run, context: EditContext) => Result<Run, Problem>, options?: ActOptions): boolean {
  const before = useDocument.getState().run;
  const own = editContext(options?.side);
  const context = options?.fromStart ? { ...own, at: ZERO } : own;
  const worked = useDocument.getState().edit(label, (run) => change(run, context));
  const { lastProblem, run } = useDocument.getState();
  if (!worked && lastProblem) sayProblem(lastProblem);
  if (worked && options?.selectAdded) {
    const added = addedIds(before, run).filter((id) => findPart(id, own.side) || findLine(id, own.side));
    if (added.length > 0) select(added);
  }
  return worked;
}
export interface ActOptions {
  readonly selectAdded?: boolean;
  /** Places and names have no time: they hold for the whole run. */
  readonly fromStart?: boolean;
  /** Where it is done; the active side, unless given. */
  readonly side?: SideName;
}

/** Why an edit would be refused at this moment, in the reader's words; nothing is changed. */
export function whyRefused(change: (run: Run, context: EditContext) => Result<Run, Problem>, side?: SideName): string | undefined {
  const answer = change(useDocument.getState().run, editContext(side));
  return answer.ok ? undefined : problemText(answer.error);
}

/** Focus on what an edit has made. */
export function focusOn(id: PartId | LineId | undefined, side: SideName = activeSide()): void {
  if (id !== undefined) useEditor.getState().graphs[side]?.focus(id);
}

/** A refused line, with the action that would do where the vocabulary has one. */
export function sayRefusal(refusal: Refusal, mend: (() => void) | undefined): void {
  const { language } = useUi.getState();
  const key = `mend.${refusal.mend}`;
  const label = hasText(key) ? text(language, key) : text(language, 'editor.connect.mend');
  sayProblem(refusal.problem, mend && refusal.mend !== undefined ? { label, run: mend } : undefined);
}
