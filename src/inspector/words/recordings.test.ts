import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseTruth, type Trace } from '../../conformance/format.ts';
import { stage, stageCatalogue } from '../../conformance/rabbitmq/stage.ts';
import { translate } from '../../conformance/rabbitmq/translate.ts';
import { compile, createTimeline, type Fact } from '../../engine/index.ts';
import { hasText, LANGUAGES } from '../../i18n/index.ts';
import { explain, isExplained } from './explain.ts';
import { plain } from './pieces.ts';
import { sentence } from './sentence.ts';
import type { Told } from './telling.ts';

const FOLDER = join(import.meta.dirname, '../../conformance/recordings/rabbitmq-3.10.8');
/** A placeholder that was not filled, a key instead of its text, or something that is no text. */
const RAW = /\{\w*\}|\b(fact|why|words|explain)\.[a-z]|undefined|\[object|NaN/;
/** The scripted client of the recordings tells what it sees under names of its own; it is in no drawing. */
const isScripted = ({ kind }: Fact) => kind.startsWith('client.') || kind === 'feature.omitted';

interface Played {
  readonly name: string;
  readonly told: Told;
  readonly facts: readonly Fact[];
}

function play(name: string): readonly Played[] {
  const parsed = parseTruth(readFileSync(join(FOLDER, name), 'utf8'));
  if (!parsed.ok || parsed.value.kind !== 'trace') return [];
  const compiled = compile(stage(translate(parsed.value as Trace)), stageCatalogue);
  if (!compiled.ok) return [];
  const timeline = createTimeline(compiled.value);
  timeline.seek(compiled.value.end);
  return [{ name, told: { program: compiled.value, timeline }, facts: timeline.facts(0, timeline.known.facts) }];
}

const played = readdirSync(FOLDER).flatMap(play);
const all = played.flatMap(({ facts }) => facts);

describe('what happens in the recordings of a real broker', () => {
  test('is a lot, of many kinds', () => {
    expect(played.length).toBeGreaterThan(60);
    expect(new Set(all.map(({ kind }) => kind)).size).toBeGreaterThan(15);
  });

  test.each(LANGUAGES)('is said in %s without a raw key or an empty place', (language) => {
    const raw = played.flatMap(({ name, told, facts }) =>
      facts.flatMap((fact) => {
        const said = sentence(fact, told, language);
        return RAW.test(said) || said.length < 3 ? [`${name} ${fact.kind} ${fact.why}: ${said}`] : [];
      }),
    );
    expect(raw).toEqual([]);
  });

  test.each(LANGUAGES)('is explained in %s wherever one may ask why', (language) => {
    const raw = played.flatMap(({ name, told, facts }) =>
      facts
        .filter((fact) => isExplained(fact, told, language))
        .flatMap((fact) => {
          const { title, points } = explain(fact, told, language);
          const said = [title, ...points.map(({ pieces }) => pieces)].map(plain);
          return points.length === 0 || said.some((text) => RAW.test(text))
            ? [`${name} ${fact.kind} ${fact.why}: ${said.join(' | ')}`]
            : [];
        }),
    );
    expect(raw).toEqual([]);
  });

  test('has no reason without words', () => {
    const reasons = new Set(all.filter((fact) => !isScripted(fact) && fact.why !== '').map(({ why }) => why));
    expect([...reasons].filter((why) => !hasText(`why.${why}`))).toEqual([]);
    expect(reasons.size).toBeGreaterThan(12);
  });
});
