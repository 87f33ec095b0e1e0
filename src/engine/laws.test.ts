import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkLaws } from './laws.testkit.ts';
import { deed, pingPong, toyCatalogue, toyLine, toyPart, toyRun } from './toy.testkit.ts';
import type { Intervention, Line, Part, Run } from './types.ts';

test('the laws hold for a quiet run', () => {
  checkLaws(pingPong(), toyCatalogue);
});

test('the laws hold with hops that take no time and a network that takes none', () => {
  checkLaws(pingPong({ settings: { hop: 0 as never, latency: 0 as never } }), toyCatalogue);
});

test('the laws hold when everything happens to a run', () => {
  const interventions = [
    deed(30, 'crash', 'sink1'),
    deed(45, 'publish', 'door', { key: 'x' }),
    deed(60, 'restart', 'sink1'),
    deed(90, 'cut', 'shelf-sink2'),
    deed(110, 'heal', 'shelf-sink2'),
    deed(140, 'purge', 'shelf'),
    deed(150, 'cut', 'shelf-sink1'),
    deed(260, 'heal', 'shelf-sink1'),
    deed(300, 'crash', 'box'),
    deed(330, 'restart', 'box'),
    deed(400, 'reconfigure', 'door', { all: true }),
    deed(500, 'leave', 'sink2'),
    deed(600, 'leave', 'shelf'),
    deed(700, 'join', 'shelf'),
    deed(800, 'join', 'sink2'),
    deed(900, 'leave', 'box'),
  ];
  checkLaws(pingPong({ interventions }), toyCatalogue, { seeks: 30 });
});

test('a broken law is noticed', () => {
  const kernel = toyCatalogue.kernels.get('toy/source');
  const kernels = new Map(toyCatalogue.kernels);
  // A copy that shares its state with the original.
  kernels.set('toy/source', { ...(kernel as NonNullable<typeof kernel>), copy: (state) => state });
  expect(() => checkLaws(pingPong(), { ...toyCatalogue, kernels })).toThrow();
});

const VERBS: { readonly [kind: string]: readonly string[] } = {
  'toy/box': ['crash', 'restart', 'leave', 'join'],
  'toy/sink': ['crash', 'restart', 'leave', 'join', 'reconfigure'],
  'toy/source': ['crash', 'restart', 'pause', 'resume', 'leave', 'join'],
  'toy/door': ['publish', 'reconfigure', 'leave', 'join'],
  'toy/shelf': ['purge', 'leave', 'join'],
  'toy/push': ['cut', 'heal', 'leave', 'join'],
  'toy/take': ['cut', 'heal', 'leave', 'join'],
  'toy/pipe': ['leave', 'join'],
};

/** Any drawing of a few boxes, sources and sinks, with any deeds. */
const anyRun: fc.Arbitrary<Run> = fc
  .record({
    boxes: fc.integer({ min: 1, max: 2 }),
    shelves: fc.array(fc.record({ box: fc.nat(1), durable: fc.boolean() }), { minLength: 1, maxLength: 4 }),
    doors: fc.array(fc.record({ box: fc.nat(1), all: fc.boolean() }), { minLength: 1, maxLength: 3 }),
    sources: fc.array(fc.record({ door: fc.nat(2), every: fc.integer({ min: 3_000, max: 40_000 }) }), { maxLength: 3 }),
    sinks: fc.array(
      fc.record({
        shelves: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
        window: fc.integer({ min: 1, max: 4 }),
        work: fc.integer({ min: 0, max: 30_000 }),
        fail: fc.constantFrom(0, 0, 150),
      }),
      { maxLength: 3 },
    ),
    deeds: fc.array(fc.record({ at: fc.integer({ min: 0, max: 400 }), what: fc.nat(), verb: fc.nat() }), { maxLength: 14 }),
    latency: fc.constantFrom(0, 700, 5_000),
    hop: fc.constantFrom(0, 300),
    detect: fc.constantFrom(0, 10_000, 60_000),
    seed: fc.nat(),
  })
  .map((drawn) => {
    const boxes = Array.from({ length: drawn.boxes }, (_, i) => toyPart(`box${i}`, 'box'));
    const inBox = (i: number) => `box${i % drawn.boxes}`;
    const shelves = drawn.shelves.map(({ box, durable }, i) => toyPart(`shelf${i}`, 'shelf', { durable }, inBox(box)));
    const doors = drawn.doors.map(({ box, all }, i) => toyPart(`door${i}`, 'door', { all }, inBox(box)));
    const sources = drawn.sources.map(({ every }, i) => toyPart(`src${i}`, 'source', { every }));
    const sinks = drawn.sinks.map(({ window, work, fail }, i) => toyPart(`sink${i}`, 'sink', { window, work, fail }));
    const pipes = doors.flatMap((door) => shelves.filter((s) => s.parent === door.parent).map((s) => toyLine(door.id, 'pipe', s.id)));
    const pushes = drawn.sources.map(({ door }, i) => toyLine(`src${i}`, 'push', `door${door % doors.length}`));
    const takes = drawn.sinks.flatMap(({ shelves: own }, i) =>
      [...new Set(own.map((n) => n % shelves.length))].map((n) => toyLine(`shelf${n}`, 'take', `sink${i}`)),
    );
    const parts = [...sinks, ...boxes, ...sources, ...doors, ...shelves];
    const lines = [...pipes.filter((_, i) => i % 3 !== 2), ...pushes, ...takes];
    const settings = { latency: drawn.latency as never, hop: drawn.hop as never, detect: drawn.detect as never, until: 400_000 as never };
    const interventions = drawn.deeds.map((d) => deedOn([...parts, ...lines], d)).sort((a, b) => a.at - b.at);
    return toyRun({ parts, lines, settings, interventions, seed: drawn.seed });
  });

function deedOn(things: readonly (Part | Line)[], { at, what, verb }: { at: number; what: number; verb: number }): Intervention {
  const thing = things[what % things.length] as Part | Line;
  const verbs = VERBS[thing.kind] as readonly string[];
  const name = verbs[verb % verbs.length] as string;
  const args = name !== 'reconfigure' ? {} : thing.kind === 'toy/door' ? { all: verb % 2 === 0 } : { work: 1_000 * (verb % 9) };
  return deed(at, name, thing.id, args);
}

test('the laws hold for any drawing and any deeds', () => {
  fc.assert(
    fc.property(anyRun, fc.nat(), (run, sample) => {
      checkLaws(run, toyCatalogue, { seeks: 6, sample });
    }),
    { numRuns: 60, seed: 20_241_121 },
  );
});
