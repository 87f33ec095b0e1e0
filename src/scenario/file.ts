import { fail, type Result } from '../base/index.ts';
import { readJson } from './json.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import { migrate } from './migrate.ts';
import { parseRun } from './parse.ts';
import { FILE_FORMAT } from './serialize.ts';
import type { Problem, Run } from './types.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A run from a file that anyone may have written, or what is wrong with it. */
export function parseFile(text: string, vocabulary: Vocabulary): Result<Run, readonly Problem[]> {
  const problem = (key: string, more: Partial<Problem> = {}) => fail([{ where: '', key, remedy: 'file.choose', ...more }]);
  if (text.length > DOCUMENT_LIMITS.fileLength) return problem('file.tooLarge', { args: { max: DOCUMENT_LIMITS.fileLength } });
  if (text.trim() === '') return problem('file.empty');
  // Some editors begin a file with a mark of its encoding.
  const json = readJson(text.replace(/^\uFEFF/, ''));
  if (!json.ok) {
    if (json.error.type === 'deep') return problem('file.tooDeep', { args: { max: DOCUMENT_LIMITS.depth } });
    return problem('file.notJson', { args: { line: json.error.line, column: json.error.column } });
  }
  const file = json.value;
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return problem('file.foreign');
  if (isDefinitions(file)) return problem('file.definitions');
  if (!('format' in file) || file.format !== FILE_FORMAT) return problem('file.foreign');
  const run = migrate('run' in file ? file.run : null, 'version' in file ? file.version : undefined);
  return run.ok ? parseRun(run.value, vocabulary) : fail([run.error]);
}

/** Definitions that RabbitMQ exports: lists of exchanges, queues and bindings, and the broker's version. */
function isDefinitions(file: object): boolean {
  const lists = ['exchanges', 'queues', 'bindings', 'vhosts'].filter((name) => Object.hasOwn(file, name));
  return Object.hasOwn(file, 'rabbit_version') || Object.hasOwn(file, 'rabbitmq_version') || lists.length >= 2;
}
