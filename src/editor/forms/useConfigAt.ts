import { useMemo, useSyncExternalStore } from 'react';
import { type LineId, type Micros, type PartId, ZERO } from '../../base/index.ts';
import { type Config, configAt, type Run } from '../../scenario/index.ts';
import type { SideName } from '../../ui/index.ts';
import { useDocument } from '../document.ts';
import { editTime, host, useEditor } from '../environment.ts';

function never(): () => void {
  return () => {};
}

/** The time of the last reconfiguration that holds at a time: configurations change there and nowhere else. */
export function lastChange(run: Run, at: Micros): Micros {
  let last: Micros = ZERO;
  for (const { verb, at: time } of run.interventions) if (verb === 'reconfigure' && time <= at && time > last) last = time;
  return last;
}

/** Follows the run's time, but changes only where a reconfiguration begins or ends to hold. */
export function useLastChange(side: SideName, time: () => Micros): Micros {
  const views = useEditor((state) => state.views[side]);
  const run = useDocument((document) => document.run);
  return useSyncExternalStore(views?.subscribe ?? never, () => lastChange(run, time()));
}

/** Configurations as they are from when edits hold: at the start, or now. */
export function useConfigsAt(side: SideName, ids: readonly (PartId | LineId)[]): readonly Config[] {
  const run = useDocument((document) => document.run);
  const from = useEditor((state) => state.from);
  const at = useLastChange(side, from === 'start' ? startTime : editTime);
  return useMemo(() => ids.map((id) => configAt(run, { vocabulary: host().catalogue, at, side }, id)), [run, at, side, ids]);
}

function startTime(): Micros {
  return ZERO;
}
