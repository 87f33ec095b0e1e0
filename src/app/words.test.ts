import { describe, expect, test } from 'vitest';
import { compile, createTimeline, describeNode, type PartView, type Program } from '../engine/index.ts';
import { dynamicText, hasText, LANGUAGES } from '../i18n/index.ts';
import { sentence } from '../inspector/index.ts';
import { isExplained } from '../inspector/words/explain.ts';
import { GALLERY } from '../lessons/gallery/index.ts';
import { catalogue } from '../protocols/catalogue.ts';
import { type FieldTable, type Problem, sidesOf } from '../scenario/index.ts';

/*
 * Packs speak in keys; every key that can reach the screen must have its words, in both languages. A key of one
 * language has its twin in the other (the compiler sees to that), so looking in one is enough for what is there.
 */
const missing = (keys: Iterable<string>) => [...new Set(keys)].filter((key) => !hasText(key)).sort();

/** What forms ask for: a record's fields have texts of their own, or those of messages in general. */
function fieldKeys(kind: string, fields: FieldTable, path: readonly string[] = []): readonly string[] {
  const [system] = kind.split('/');
  const place = ['field', kind.replaceAll('/', '.'), ...path].join('.');
  const own = (name: string, what: string) => {
    const key = `${place}.${name}.${what}`;
    return path.length === 0 || hasText(key) ? key : `field.${system}.message.${name}.${what}`;
  };
  return fields.flatMap((field) => [
    own(field.name, 'label'),
    own(field.name, 'help'),
    ...(field.type === 'choice' ? field.options.map((option) => own(field.name, `option.${option}`)) : []),
    ...(field.type === 'list' ? fieldKeys(kind, field.of, [...path, field.name]) : []),
  ]);
}

function viewKeys({ figures, details }: PartView): readonly string[] {
  return [
    ...figures.map(({ key }) => `figure.${key}`),
    ...details.flatMap(({ key, columns }) => [`detail.${key}`, ...columns.map((column) => `column.${column}`)]),
  ];
}

const programs: readonly Program[] = GALLERY.flatMap(({ run }) => sidesOf(run)).map((side) => {
  const compiled = compile(side, catalogue);
  if (!compiled.ok) throw new Error('A scenario of the gallery does not compile');
  return compiled.value;
});

test('every field of every kind has a label, a help and words for its options', () => {
  const kinds = [...catalogue.parts.values(), ...catalogue.lines.values()];
  expect(missing(kinds.flatMap(({ kind, fields }) => fieldKeys(kind, fields)))).toEqual([]);
  const published = [...catalogue.parts.values()].filter(({ verbs }) => verbs.includes('publish'));
  expect(missing(published.flatMap(({ kind }) => fieldKeys(kind, catalogue.messageFields(kind), [''])))).toEqual([]);
});

test('every kernel says what it models and what it leaves out', () => {
  const kernels = [...catalogue.kernels.values()];
  expect(missing(kernels.flatMap(({ models, omits }) => [`model.${models}`, ...omits.map((key) => `omit.${key}`)]))).toEqual([]);
});

test('every refused line says why and what would do', () => {
  const parts = [...catalogue.parts.values()].flatMap(({ kind, palette }, i) =>
    [...palette.map(({ config }) => config), {}].map((config, j) => ({ id: `p${i}-${j}`, kind, name: 'n', x: 0, y: 0, config })),
  );
  const scenario = { ...(programs[0] as Program).run.scenario, parts, lines: [] };
  const problems: Problem[] = parts.flatMap((from) =>
    parts.flatMap((to) => {
      const answer = catalogue.connect(scenario, from, to);
      return 'problem' in answer ? [answer.problem] : [];
    }),
  );
  expect(problems.length).toBeGreaterThan(20);
  expect(missing(problems.flatMap(({ key, remedy }) => [`problem.${key}`, `remedy.${remedy}`]))).toEqual([]);
});

describe.each(GALLERY.map(({ id }) => id))('%s', (id) => {
  const own = programs.filter(({ run }) => run.scenario.from === id);
  test('has words for all that its nodes show at any time', () => {
    expect(own.length).toBeGreaterThan(0);
    const keys = own.flatMap((program) => {
      const timeline = createTimeline(program);
      return [0, 0.1, 0.3, 0.6, 1].flatMap((share) => {
        timeline.seek(Math.floor(program.end * share) as typeof program.end);
        return program.nodes.flatMap((node) => [...describeNode(program, timeline.world, node).values()].flatMap(viewKeys));
      });
    });
    expect(missing(keys)).toEqual([]);
  });
  test.each(LANGUAGES)('is told in %s without a raw key', (language) => {
    expect(dynamicText(language, `gallery.${id}.title`)).not.toContain('gallery.');
    const raw = own.flatMap((program) => {
      const timeline = createTimeline(program);
      timeline.seek(program.end);
      const facts = timeline.facts(0, Math.min(2_000, timeline.known.facts));
      const told = facts.map((fact) => sentence(fact, { program, timeline } as never, language));
      return told.filter((said) => /\{\w*\}|\b(fact|why|words|omit)\.[a-z]|undefined|\[object|NaN/.test(said) || said.length < 3);
    });
    expect(raw).toEqual([]);
  });
});

/** The system with the most to ask about: nothing that it does stands without a "why?". */
test.each(['kafka', 'zookeeper'])('every fact at a part of %s says why, or is asked for it', (system) => {
  const told = new Set(['booted', 'client', 'operator', 'acked']);
  const silent = programs.flatMap((program) => {
    const timeline = createTimeline(program);
    timeline.seek(program.end);
    const own = timeline.facts(0, timeline.known.facts).filter(({ at }) => program.parts.get(at)?.kind.startsWith(`${system}/`));
    return own.filter((fact) => !told.has(fact.why) && !isExplained(fact, { program, timeline } as never, 'en'));
  });
  expect([...new Set(silent.map(({ kind, why }) => `${kind}: ${why}`))]).toEqual([]);
});
