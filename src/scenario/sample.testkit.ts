import type { FieldTable } from './fields.ts';
import { emptyRun } from './run.ts';
import type { Line, Part, Problem, Run, Scenario } from './types.ts';
import type { LineKind, PartKind, Vocabulary } from './vocabulary.ts';

/** A small vocabulary of its own, so that the tests of this room need no protocol: sources send to pipes in boxes, pipes feed sinks. */
export const SOURCE_FIELDS = [
  { name: 'everyMillis', type: 'integer', min: 1, max: 10_000, initial: 1_000, unit: 'ms' },
  { name: 'mode', type: 'choice', options: ['rate', 'burst'], initial: 'rate' },
  { name: 'loud', type: 'boolean', initial: false },
  {
    name: 'templates',
    type: 'list',
    of: [
      { name: 'key', type: 'text', maxLength: 20, initial: '' },
      { name: 'weight', type: 'integer', min: 0, max: 9, initial: 1, unit: 'none' },
      { name: 'headers', type: 'table', maxEntries: 3 },
    ],
    maxEntries: 4,
    initial: [{}],
  },
] as const satisfies FieldTable;

const SINK_FIELDS = [{ name: 'prefetch', type: 'integer', min: 0, max: 100, initial: 0, unit: 'messages' }] as const satisfies FieldTable;
const PIPE_FIELDS = [
  { name: 'durable', type: 'boolean', initial: true },
  { name: 'arguments', type: 'table', maxEntries: 3 },
] as const satisfies FieldTable;
const LINK_FIELDS = [{ name: 'key', type: 'text', maxLength: 30, initial: '' }] as const satisfies FieldTable;

const PARTS: readonly PartKind[] = [
  { kind: 'test/box', role: 'node', shape: 'region', fields: [], palette: [], nameStem: 'box', verbs: [] },
  {
    kind: 'test/source',
    role: 'node',
    shape: 'circle',
    fields: SOURCE_FIELDS,
    palette: [],
    nameStem: 'source',
    verbs: ['publish', 'pause'],
  },
  {
    kind: 'test/sink',
    role: 'node',
    shape: 'circle',
    within: 'test/team',
    fields: SINK_FIELDS,
    palette: [],
    nameStem: 'sink',
    verbs: ['pause'],
  },
  { kind: 'test/team', role: 'container', shape: 'region', fields: [], palette: [], nameStem: 'team', verbs: [] },
  {
    kind: 'test/rack',
    role: 'place',
    shape: 'lanes',
    inside: 'test/box',
    lanes: (config) => Number(config['lanes'] ?? 3),
    fields: [{ name: 'lanes', type: 'integer', min: 1, max: 50, initial: 3, unit: 'none' }],
    palette: [],
    nameStem: 'rack',
    verbs: [],
  },
  {
    kind: 'test/pipe',
    role: 'place',
    shape: 'rail',
    inside: 'test/box',
    fields: PIPE_FIELDS,
    palette: [],
    nameStem: 'pipe',
    verbs: ['purge'],
  },
];
const LINES: readonly LineKind[] = [
  { kind: 'test/send', from: ['test/source'], to: ['test/pipe'], fields: LINK_FIELDS, cuttable: true },
  { kind: 'test/feed', from: ['test/pipe'], to: ['test/sink', 'test/team'], fields: [], cuttable: true },
  { kind: 'test/join', from: ['test/pipe'], to: ['test/pipe'], fields: LINK_FIELDS, cuttable: false },
  { kind: 'test/shadow', from: ['test/pipe'], to: ['test/pipe'], fields: [], implied: true, cuttable: false },
];
const lines = new Map(LINES.map((kind) => [kind.kind, kind]));

export const sampleVocabulary: Vocabulary = {
  parts: new Map(PARTS.map((kind) => [kind.kind, kind])),
  lines,
  connect(scenario, from, to) {
    const refused = (key: string, mend?: string) => ({ problem: { where: from.id, key } as Problem, ...(mend && { mend }) });
    const kind = LINES.find((one) => !one.implied && one.from.includes(from.kind) && one.to.includes(to.kind));
    if (!kind)
      return from.kind === 'test/source' && to.kind === 'test/sink' ? refused('test.needsPipe', 'insert-pipe') : refused('test.nonsense');
    if (kind.kind === 'test/join' && from.parent !== to.parent) return refused('test.otherBox');
    return scenario.lines.some((line) => line.from === from.id && line.to === to.id) ? refused('test.twice') : kind;
  },
  mend(scenario, _mend, from, to) {
    const box = scenario.parts.find((part) => part.kind === 'test/box') as Part;
    const pipe: Part = { id: 'mended', kind: 'test/pipe', name: 'between', x: box.x, y: box.y, parent: box.id, config: {} };
    const line = (id: string, kind: string, a: string, b: string): Line => ({ id, kind, from: a, to: b, config: {} });
    return {
      ...scenario,
      parts: [...scenario.parts, pipe],
      lines: [...scenario.lines, line('m1', 'test/send', from.id, pipe.id), line('m2', 'test/feed', pipe.id, to.id)],
    };
  },
  implied: () => [],
  check: () => [],
  messageFields: () => [
    { name: 'key', type: 'text', maxLength: 20, initial: '' },
    { name: 'count', type: 'integer', min: 1, max: 1_000, initial: 1, unit: 'messages' },
  ],
};

/** source → pipe (in a box) → sink. */
export function sampleRun(): Run {
  const scenario: Scenario = {
    ...emptyRun().scenario,
    title: 'Sample',
    parts: [
      { id: 'box', kind: 'test/box', name: 'box-1', x: 400, y: 200, width: 400, height: 304, config: {} },
      { id: 'p1', kind: 'test/source', name: 'source-1', x: 80, y: 200, config: { everyMillis: 500 } },
      { id: 'p2', kind: 'test/pipe', name: 'pipe-1', x: 400, y: 200, parent: 'box', config: {} },
      { id: 'p3', kind: 'test/sink', name: 'sink-1', x: 720, y: 200, config: { prefetch: 1 } },
    ],
    lines: [
      { id: 'l1', kind: 'test/send', from: 'p1', to: 'p2', config: { key: 'a.b' } },
      { id: 'l2', kind: 'test/feed', from: 'p2', to: 'p3', config: {} },
    ],
  };
  return { ...emptyRun(), scenario };
}
