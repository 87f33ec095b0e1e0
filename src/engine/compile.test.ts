import { expect, test } from 'vitest';
import { micros } from '../base/index.ts';
import { compile } from './compile.ts';
import { LIMITS } from './limits.ts';
import { deed, pingPong, toyCatalogue, toyLine, toyPart } from './toy.testkit.ts';
import type { Line, Part, Run } from './types.ts';

const base = pingPong();
const { parts, lines } = base.scenario;

function problemsOf(run: Run): readonly string[] {
  const result = compile(run, toyCatalogue);
  return result.ok ? [] : result.error.map(({ where, field, key }) => [where, field, key].filter(Boolean).join(' '));
}
const withPart = (part: Part) => pingPong({ parts: [...parts, part] });
const withLine = (line: Line) => pingPong({ lines: [...lines, line] });

test('a sound run compiles: places belong to their node, nodes that hold places start first', () => {
  const result = compile(base, toyCatalogue);
  expect(result.ok && result.value.nodes).toEqual(['box', 'src', 'sink1', 'sink2']);
  expect(result.ok && result.value.nodeOf.get('shelf')).toBe('box');
  expect(result.ok && result.value.end).toBe(1_000_000);
});

test('the run lasts until its last intervention', () => {
  const result = compile(pingPong({ interventions: [deed(3_000, 'crash', 'box'), deed(2_000, 'crash', 'src')] }), toyCatalogue);
  expect(result.ok && result.value.end).toBe(3_000_000);
  expect(result.ok && result.value.interventions.map((i) => i.target)).toEqual(['src', 'box']);
});

test.each([
  ['an unknown kind', withPart(toyPart('p', 'rocket')), ['p unknownKind']],
  ['a place in nothing', withPart(toyPart('p', 'shelf')), ['p noParent']],
  ['a place in what is not there', withPart(toyPart('p', 'shelf', {}, 'nowhere')), ['p noParent']],
  ['a place in a node of another kind', withPart(toyPart('p', 'shelf', {}, 'src')), ['p wrongParent']],
  ['a place in a place', withPart(toyPart('p', 'shelf', {}, 'door')), ['p noParent']],
  ['a node in a node', withPart(toyPart('p', 'sink', {}, 'box')), ['p nodeWithParent']],
  ['an id used twice', withPart(toyPart('src', 'source')), ['src duplicateId']],
  ['an id that is kept for implied lines', withPart(toyPart('a>b', 'source')), ['a>b badId']],
  ['a value out of its range', withPart(toyPart('p', 'sink', { window: 1_000 })), ['p window field.range']],
  ['a field that does not exist', withPart(toyPart('p', 'sink', { colour: 'red' })), ['p colour field.unknown']],
  ['a line to nothing', withLine(toyLine('src', 'push', 'nowhere')), ['src-nowhere danglingLine']],
  ['a line between the wrong ends', withLine(toyLine('src', 'push', 'shelf')), ['src-shelf wrongEnds']],
  ['a drawn line of an unknown kind', withLine(toyLine('door', 'all', 'src')), ['door-src unknownKind']],
  ['a crash of a place', pingPong({ interventions: [deed(1, 'crash', 'shelf')] }), ['interventions.0 cannotDo']],
  ['a cut of what is no connection', pingPong({ interventions: [deed(1, 'cut', 'door-shelf')] }), ['interventions.0 cannotDo']],
  ['a verb that the part does not know', pingPong({ interventions: [deed(1, 'purge', 'door')] }), ['interventions.0 cannotDo']],
  ['a time before the beginning', pingPong({ interventions: [deed(-1, 'crash', 'src')] }), ['interventions.0 badTime']],
  ['a time that is no number', pingPong({ settings: { latency: Number.NaN as never } }), ['settings.latency badTime']],
  ['half a microsecond', pingPong({ settings: { hop: 0.5 as never } }), ['settings.hop badTime']],
  [
    'a message that makes no sense',
    pingPong({ interventions: [deed(1, 'publish', 'door', { key: 7 })] }),
    ['interventions.0 key field.text'],
  ],
  [
    'a changed field that makes no sense',
    pingPong({ interventions: [deed(1, 'reconfigure', 'sink1', { work: -1 })] }),
    ['interventions.0 work field.range'],
  ],
])('%s is a problem', (_, run, problems) => {
  expect(problemsOf(run)).toEqual(problems);
});

test('too many parts are one problem, whatever they are', () => {
  const many = Array.from({ length: LIMITS.parts + 1 }, () => toyPart('same', 'rocket'));
  expect(problemsOf(pingPong({ parts: many }))).toEqual(['parts tooMany']);
});

test('an intervention on something that only the other side of a pair has is left out', () => {
  const result = compile(pingPong({ interventions: [deed(1, 'crash', 'elsewhere')] }), toyCatalogue);
  expect(result.ok && result.value.interventions).toEqual([]);
});

test('lines that a later reconfiguration implies are known from the start', () => {
  const result = compile(pingPong({ interventions: [deed(1, 'reconfigure', 'door', { all: true })] }), toyCatalogue);
  expect(result.ok && result.value.lines.map((line) => line.id)).toContain('door>shelf');
});

test('a deed may come at the end of time and not after it', () => {
  const late = { at: micros(LIMITS.time + 1), verb: 'crash', target: 'src', args: {} };
  expect(problemsOf(pingPong({ interventions: [late] }))).toEqual(['interventions.0 badTime']);
  expect(problemsOf(pingPong({ interventions: [{ ...late, at: micros(LIMITS.time) }] }))).toEqual([]);
});
