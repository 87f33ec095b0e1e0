import { ENGINE_VERSION } from './limits.ts';
import type { Problem, Run } from './types.ts';

/** A run made with an engine that we do not have yet would come out another one here: it is refused, not guessed at. */
export function newerProblem(run: Run): Problem | undefined {
  if (run.engine <= ENGINE_VERSION) return undefined;
  return { where: '', key: 'document.newer', remedy: 'reload', args: { version: run.engine, known: ENGINE_VERSION } };
}
