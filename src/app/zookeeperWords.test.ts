import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseTruth, type Trace } from '../conformance/index.ts';
import { stage, stageCatalogue } from '../conformance/zookeeper/stage.ts';
import { translate } from '../conformance/zookeeper/translate.ts';
import { compile, createTimeline, describeNode } from '../engine/index.ts';
import { hasText, LANGUAGES } from '../i18n/index.ts';
import { sentence } from '../inspector/index.ts';

const FOLDER = join(import.meta.dirname, '../conformance/recordings/zookeeper-3.8.0');
/** The scripted client tells what it sees under names of its own; it is in no drawing. */
const SCRIPTED = /^client\./;
const RAW = /\{\w*\}|\b(fact|why|words|znode|session|watch)\.[a-z]|undefined|\[object|NaN/;

const played = readdirSync(FOLDER).flatMap((name) => {
  const parsed = parseTruth(readFileSync(join(FOLDER, name), 'utf8'));
  if (!parsed.ok) return [];
  const compiled = compile(stage(translate(parsed.value as Trace, ['server-3'])), stageCatalogue);
  if (!compiled.ok) return [];
  const timeline = createTimeline(compiled.value);
  timeline.seek(compiled.value.end);
  return [{ program: compiled.value, timeline, facts: timeline.facts(0, timeline.known.facts) }];
});

describe('what happens in the recordings of ZooKeeper', () => {
  test.each(LANGUAGES)('is said in %s without a raw key', (language) => {
    const said = played.flatMap(({ program, timeline, facts }) =>
      facts.filter(({ kind }) => !SCRIPTED.test(kind)).map((fact) => sentence(fact, { program, timeline } as never, language)),
    );
    expect(said.length).toBeGreaterThan(60);
    expect(said.filter((text) => RAW.test(text) || text.length < 3)).toEqual([]);
  });

  test('has no reason, figure, table or column without words', () => {
    const views = played.flatMap(({ program, timeline }) =>
      program.nodes.flatMap((node) => [...describeNode(program, timeline.world, node).values()]),
    );
    const keys = [
      ...played.flatMap(({ facts }) => facts.flatMap(({ why, kind }) => (why === '' || SCRIPTED.test(kind) ? [] : [`why.${why}`]))),
      ...views.flatMap(({ figures }) => figures.map(({ key }) => `figure.${key}`)),
      ...views.flatMap(({ details }) => details.flatMap(({ key, columns }) => [`detail.${key}`, ...columns.map((c) => `column.${c}`)])),
    ];
    expect([...new Set(keys)].filter((key) => !hasText(key))).toEqual([]);
  });
});
