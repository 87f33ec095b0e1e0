import { fail, ok, type Result } from '../base/index.ts';
import type { Problem } from './types.ts';

/** Version of the document's schema. It rises when an older document would no longer be understood as it is. */
export const SCHEMA_VERSION = 1;

/** Brings a document of an older schema to the present one. The first version has none before it. */
export function migrate(json: unknown, version: unknown): Result<unknown, Problem> {
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return fail({ where: 'version', key: 'document.noVersion' });
  if (version > SCHEMA_VERSION)
    return fail({ where: 'version', key: 'document.newer', remedy: 'reload', args: { version, known: SCHEMA_VERSION } });
  return ok(json);
}
