import { fromSeconds, type Result } from '../../base/index.ts';
import type { Side } from '../run.ts';
import { sampleVocabulary } from '../sample.testkit.ts';
import type { Run } from '../types.ts';
import type { EditContext } from './context.ts';

/** An edit's circumstances: from the start, or so many seconds into the run. */
export function on(seconds = 0, side: Side = 'a'): EditContext {
  return { vocabulary: sampleVocabulary, at: fromSeconds(seconds), side };
}

export function done<E>(result: Result<Run, E>): Run {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export function refused<E>(result: Result<Run, E>): E {
  if (result.ok) throw new Error('accepted');
  return result.error;
}

/** The interventions in short: `2 join p4`. */
export function deeds(run: Run): readonly string[] {
  return run.interventions.map(({ at, verb, target, args }) => {
    const more = Object.keys(args).length > 0 ? ` ${JSON.stringify(args)}` : '';
    return `${at / 1e6} ${verb} ${target}${more}`;
  });
}
