import { fail, type Result } from '../../base/index.ts';
import { migrate, type Problem, parseRun, type Run, type Vocabulary } from '../../scenario/index.ts';
import type { Stored } from './backend.ts';

/** Kept work as a run: brought up to the present version and rebuilt from the schema. */
export function readStored({ id, version, run }: Stored, vocabulary: Vocabulary): Result<Run, Problem> {
  const json = migrate(run, version);
  if (!json.ok) return json;
  const parsed = parseRun(json.value, vocabulary);
  return parsed.ok ? parsed : fail({ where: id, key: 'storage.unreadable' });
}
