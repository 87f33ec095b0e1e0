import { type JsonObject, micros } from '../base/index.ts';
import type { Fact, Intervention, Line, Part, Program, Timeline } from '../engine/index.ts';
import type { Field, FieldTable } from '../scenario/index.ts';

const TYPE: Field = { name: 'type', type: 'choice', options: ['direct', 'fanout', 'topic', 'headers', 'default'], initial: 'direct' };
const BINDING: FieldTable = [
  { name: 'key', type: 'text', maxLength: 255, initial: '' },
  { name: 'headers', type: 'table', maxEntries: 16 },
  { name: 'xMatch', type: 'choice', options: ['all', 'any'], initial: 'all' },
];

interface Drawing {
  readonly parts: readonly (readonly [id: string, kind: string, name: string, config?: JsonObject])[];
  readonly lines: readonly (readonly [id: string, kind: string, from: string, to: string, config?: JsonObject])[];
  readonly interventions?: readonly Intervention[];
  readonly end?: number;
}

/** A drawing as a program, without a kernel behind it: enough for words, stories and series. */
export function drawn({ parts, lines, interventions = [], end = 20_000_000 }: Drawing): Program {
  const kinds = (table: FieldTable) => ({ fields: table });
  const catalogue = {
    parts: new Map([['x/exchange', kinds([TYPE])]]),
    lines: new Map([['x/binding', kinds(BINDING)]]),
    frameName: (verb: string) => ({ name: verb, role: '' }),
  };
  const drawnParts = parts.map(([id, kind, name, config = {}]): Part => {
    const inside = kind === 'x/exchange' || kind === 'x/queue';
    return { id, kind, name, x: 0, y: 0, ...(inside ? { parent: 'b' } : {}), config };
  });
  const drawnLines = lines.map(([id, kind, from, to, config = {}]): Line => ({ id, kind, from, to, config }));
  const settings = { latency: micros(0), hop: micros(0), until: micros(end), detect: micros(0), colourBy: 'key' as const };
  const scenario = { from: '', title: '', intro: '', parts: drawnParts, lines: drawnLines, settings };
  return {
    run: { scenario, seed: 1, engine: 1, interventions },
    catalogue,
    lines: drawnLines,
    end: micros(end),
    parts: new Map(drawnParts.map((part) => [part.id, part])),
    nodeOf: new Map(drawnParts.map((part) => [part.id, part.parent ?? part.id])),
    interventions,
  } as unknown as Program;
}

/** The drawing that most tests speak of: shop → orders → work, audit → worker-1, worker-2. */
export const SHOP: Drawing = {
  parts: [
    ['p', 'x/producer', 'shop'],
    ['b', 'x/broker', 'rabbit'],
    ['e', 'x/exchange', 'orders', { type: 'topic' }],
    ['f', 'x/exchange', 'logs', { type: 'fanout' }],
    ['q1', 'x/queue', 'work'],
    ['q2', 'x/queue', 'audit'],
    ['c1', 'x/consumer', 'worker-1'],
    ['c2', 'x/consumer', 'worker-2'],
  ],
  lines: [
    ['lp', 'x/publish', 'p', 'e'],
    ['l1', 'x/binding', 'e', 'q1', { key: 'order.*' }],
    ['l2', 'x/binding', 'e', 'q2', { key: 'audit.#' }],
    ['f1', 'x/binding', 'f', 'q1'],
    ['f2', 'x/binding', 'f', 'q2'],
    ['d1', 'x/consume', 'q1', 'c1'],
    ['d2', 'x/consume', 'q1', 'c2'],
    ['d3', 'x/consume', 'q2', 'c2'],
  ],
};

type Said = Partial<Omit<Fact, 'seq' | 'time' | 'kind'>> & { readonly kind: string; readonly at: string; readonly time?: number };

/** Facts in order; each is numbered, and its time is that of the one before unless it says another. */
export function facts(said: readonly Said[]): readonly Fact[] {
  let time = 0;
  return said.map((one, seq) => {
    time = one.time ?? time;
    return { cause: -1, message: 0, line: '', why: '', data: undefined, ...one, seq, time: micros(time) };
  });
}

/** A timeline whose facts are all known; the playhead stands where the test puts it. */
export function known(all: readonly Fact[], happened = all.length, end = 20_000_000): Timeline {
  const at = { happened };
  const timeline = {
    get factsHappened() {
      return at.happened;
    },
    get time() {
      return all[at.happened - 1]?.time ?? micros(0);
    },
    known: { time: micros(end), facts: all.length, steps: all.length, complete: true },
    version: 1,
    fact: (seq: number) => all[seq],
    facts: (from: number, to: number) => all.slice(from, to),
    factsUntil: (time: number) => all.filter((fact) => fact.time <= time).length,
    get world() {
      return { nextMessage: 1 + all.slice(0, at.happened).reduce((most, { message }) => Math.max(most, message), 0) };
    },
    first: (message: number) => all.find((fact) => fact.message === message),
    story: (message: number) => all.filter((fact) => fact.message === message),
  };
  return timeline as unknown as Timeline;
}
