import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail, ok, type Result } from '../base/index.ts';
import { parseTruth } from './format.ts';
import { playTrace } from './play.ts';
import type { Case } from './report.ts';
import { playVector } from './vectors/index.ts';

/** All .json files at or below the given folders, in order of their paths. */
function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Plays all recordings and vectors below the folders. The first file that can't be read is the error. */
export function playFolders(folders: readonly string[]): Result<readonly Case[], string> {
  const cases: Case[] = [];
  for (const folder of folders) {
    let files: readonly string[];
    try {
      files = filesBelow(folder);
    } catch (error) {
      return fail(`${folder}: ${reasonOf(error)}`);
    }
    if (files.length === 0) return fail(`${folder}: there is no recording in it`);
    for (const file of files) {
      const played = playFile(file);
      if (!played.ok) return fail(`${file}: ${played.error}`);
      cases.push(...played.value);
    }
  }
  return ok(cases);
}

function playFile(file: string): Result<readonly Case[], string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fail(reasonOf(error));
  }
  const parsed = parseTruth(text);
  if (!parsed.ok) return parsed;
  const truth = parsed.value;
  if (truth.kind === 'trace') {
    const { broker, version, topic, name } = truth;
    return ok([{ system: `${broker}-${version}`, topic, name, ...playTrace(truth) }]);
  }
  const topic = truth.name ?? basename(file, '.json');
  const system = topic.split('-', 1)[0] as string;
  return ok(truth.cases.map(({ name, data }) => ({ system, topic, name, ...playVector(topic, data) })));
}
