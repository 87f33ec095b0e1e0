import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasText } from '../i18n/index.ts';
import { parseFile } from './file.ts';
import { anyRun } from './random.testkit.ts';
import { sampleRun, sampleVocabulary as vocabulary } from './sample.testkit.ts';
import { serializeFile } from './serialize.ts';

const text = serializeFile(sampleRun());

function problemOf(content: string) {
  const result = parseFile(content, vocabulary);
  const problem = result.ok ? undefined : result.error[0];
  expect(hasText(`problem.${problem?.key}`)).toBe(true);
  if (problem?.remedy) expect(hasText(`remedy.${problem.remedy}`)).toBe(true);
  return problem;
}

describe('a file', () => {
  test('brings back the very run', () => {
    fc.assert(
      fc.property(anyRun(vocabulary), (run) => void expect(parseFile(serializeFile(run), vocabulary)).toEqual({ ok: true, value: run })),
    );
  });

  test('says what it is, and can be read by people', () => {
    expect(text).toMatch(/^\{\n {2}"format": "queuescope\/run",\n {2}"version": 1,\n/);
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('may begin with a mark of its encoding', () => {
    expect(parseFile(`\uFEFF${text}`, vocabulary).ok).toBe(true);
  });

  test('cut at any length is answered', () => {
    for (let length = 0; length < text.length - 2; length++) problemOf(text.slice(0, length));
  });

  test('that is no JSON tells line and column', () => {
    expect(problemOf('{\n  "format": oops\n}')).toMatchObject({ key: 'file.notJson', args: { line: 2, column: 13 } });
    expect(problemOf('{\n"a": 1')).toMatchObject({ key: 'file.notJson', args: { line: 2, column: 7 } });
  });

  test.each([
    ['empty', ' \n', 'file.empty'],
    ['a list', '[]', 'file.foreign'],
    ['of another program', '{"name": "x"}', 'file.foreign'],
    ['of another format', '{"format": "queuescope/other", "version": 1}', 'file.foreign'],
    ['without a version', '{"format": "queuescope/run"}', 'document.noVersion'],
    ['of a newer release', '{"format": "queuescope/run", "version": 99}', 'document.newer'],
    ['without a run', '{"format": "queuescope/run", "version": 1}', 'document.wrongType'],
    ['deeply nested', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'file.tooDeep'],
    ['larger than any', ' '.repeat(8_000_001), 'file.tooLarge'],
    ['exported by RabbitMQ', '{"rabbit_version": "3.10.8", "queues": [], "exchanges": [], "bindings": []}', 'file.definitions'],
  ])('that is %s says so', (_, content, key) => {
    expect(problemOf(content)?.key).toBe(key);
  });
});
