import type { PartId } from '../../../base/index.ts';
import type { Kernel, Mark, Pack } from '../../../engine/index.ts';
import type { FieldTable, LineKind, PartKind, Refusal, Scenario, Vocabulary } from '../../../scenario/index.ts';
import { holderKernel } from './holder.ts';
import { readerKernel } from './reader.ts';

/*
 * A log system of the simplest kind, for looking at lanes, containers, batches and pauses and for measuring them: holders keep
 * copies of logs, readers of a team take turns. It models no real system.
 */

const integer = (name: string, initial: number, max: number): FieldTable[number] => ({
  name,
  type: 'integer',
  min: 0,
  max,
  initial,
  unit: 'none',
});

const part = (kind: string, more: Pick<PartKind, 'role' | 'shape' | 'nameStem'> & Partial<PartKind>): PartKind => ({
  kind: `bench/${kind}`,
  fields: [],
  palette: [{ id: kind, config: {} }],
  verbs: [],
  ...more,
});

const PARTS: readonly PartKind[] = [
  part('holder', { role: 'node', shape: 'region', nameStem: 'holder' }),
  part('log', {
    role: 'place',
    shape: 'lanes',
    inside: 'bench/holder',
    nameStem: 'log',
    lanes: (config) => Number(config['lanes'] ?? 3),
    fields: [
      integer('lanes', 3, 1_000),
      integer('records', 0, 10_000_000),
      integer('everyMillis', 400, 100_000),
      integer('keep', 0, 1_000_000),
    ],
  }),
  part('reader', { role: 'node', shape: 'circle', within: 'bench/team', nameStem: 'reader' }),
  part('team', { role: 'container', shape: 'region', nameStem: 'team', fields: [integer('pauseMillis', 6_000, 1_000_000)] }),
];
const LINES: readonly LineKind[] = [
  { kind: 'bench/take', from: ['bench/log'], to: ['bench/team', 'bench/reader'], fields: [], cuttable: true },
  { kind: 'bench/way', from: ['bench/holder'], to: ['bench/holder'], fields: [], implied: true, hidden: true, cuttable: false },
];

/** Between each two holders. */
function ways({ parts }: Scenario) {
  const holders = parts.filter(({ kind }) => kind === 'bench/holder').map(({ id }) => id);
  return holders.flatMap((from, i) => holders.slice(i + 1).map((to) => ({ id: `${from}>${to}`, kind: 'bench/way', from, to, config: {} })));
}

const vocabulary: Vocabulary = {
  parts: new Map(PARTS.map((kind) => [kind.kind, kind])),
  lines: new Map(LINES.map((kind) => [kind.kind, kind])),
  connect(_, from, to): LineKind | Refusal {
    const found = LINES.find((line) => !line.implied && line.from.includes(from.kind) && line.to.includes(to.kind));
    return found ?? { problem: { where: to.id, key: 'otherSystem' } };
  },
  mend: (scenario) => scenario,
  implied: ways,
  check: () => [],
};

const MARKS: { readonly [verb: string]: Mark } = {
  'bench.fetch': 'fetch',
  'bench.batch': 'message',
  'bench.copy': 'replica',
  'bench.alive': 'heartbeat',
  'bench.join': 'control',
};

export const lanesPack: Pack = {
  protocol: 'bench',
  kernels: new Map([holderKernel, readerKernel].map((kernel) => [kernel.kind, kernel as Kernel] as [PartId, Kernel])),
  vocabulary,
  marks: MARKS,
  messageFields: [],
};
