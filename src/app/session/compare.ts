import { useDocument } from '../../editor/index.ts';
import { applyVariant, type Run } from '../../scenario/index.ts';
import { useUi } from '../../ui/index.ts';

/** Puts a variant beside the scenario: at first the very same, to be changed by editing either side. */
export function startCompare(): void {
  useDocument.getState().edit('edit.compare', beside);
  useUi.getState().set({ side: 'b', selection: [] });
}

/** Goes on with one side alone; the other can be brought back with undo. */
export function leaveCompare(kept: 'a' | 'b'): void {
  useDocument.getState().edit('edit.leaveCompare', (run) => alone(run, kept));
  useUi.getState().set({ side: 'a', selection: [] });
}

export function beside(run: Run): Run {
  return run.variant ? run : { ...run, variant: { title: '', configs: {}, without: [], parts: [], lines: [] } };
}

export function alone(run: Run, kept: 'a' | 'b'): Run {
  const { variant, ...rest } = run;
  if (!variant || kept === 'a') return rest;
  const scenario = applyVariant(run.scenario, variant);
  // The variant's title names one side; the scenario keeps its own where it has none.
  return { ...rest, scenario: { ...scenario, title: variant.title || run.scenario.title } };
}
