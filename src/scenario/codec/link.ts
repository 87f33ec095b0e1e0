import { ok, type Result } from '../../base/index.ts';
import { readJson } from '../json.ts';
import { DOCUMENT_LIMITS } from '../limits.ts';
import { parseRun } from '../parse.ts';
import type { Problem, Run } from '../types.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { compactRun } from './compact.ts';
import { damage, open, seal } from './envelope.ts';
import { expandRun } from './expand.ts';
import { DICTIONARY_1 } from './frozen1.ts';
import { squeeze, unsqueeze } from './squeeze.ts';
import type { View } from './view.ts';

/** The run, and how it was looked at, as the fragment of a URL (without `#`). */
export function encodeLink(run: Run, view?: View): string {
  return seal(run.engine, toBase64(squeeze(JSON.stringify(compactRun(run, view)), DICTIONARY_1)));
}

/** What a link shares. Nothing of it is believed before it has been measured, checked and rebuilt. */
export function decodeLink(fragment: string, vocabulary: Vocabulary): Result<{ readonly run: Run; readonly view?: View }, Problem> {
  const opened = open(fragment);
  if (!opened.ok) return opened;
  const bytes = fromBase64(opened.value.content);
  const text = bytes && unsqueeze(bytes, DICTIONARY_1);
  if (text === undefined) return damage('link.damaged');
  if (text === 'tooLarge') return damage('link.tooLarge', { max: DOCUMENT_LIMITS.inflatedBytes });
  const json = readJson(text);
  const expanded = json.ok ? expandRun(json.value, opened.value.engine) : undefined;
  if (!expanded) return damage('link.damaged');
  const run = parseRun(expanded.run, vocabulary);
  if (!run.ok) return { ok: false, error: { remedy: 'link.askAgain', ...(run.error[0] as Problem) } };
  return ok({ run: run.value, ...(expanded.view && { view: expanded.view }) });
}
