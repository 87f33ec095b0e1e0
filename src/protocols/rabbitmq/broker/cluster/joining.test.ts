import { expect, test } from 'vitest';
import { fromMillis, type Micros } from '../../../../base/index.ts';
import { boot, compile, ENGINE_VERSION, type Fact, step } from '../../../../engine/index.ts';
import type { Intervention, Line, Part } from '../../../../scenario/index.ts';
import { catalogue } from '../../../catalogue.ts';
import { plainLine, plainPart } from '../../plain.ts';

const deed = (millis: number, verb: string, target: string): Intervention => ({
  at: fromMillis(millis) as Micros,
  verb,
  target,
  args: {},
});

function factsOf(parts: readonly Part[], lines: readonly Line[], interventions: readonly Intervention[]): readonly Fact[] {
  const settings = {
    latency: fromMillis(5),
    hop: 0 as Micros,
    until: fromMillis(10_000) as Micros,
    detect: fromMillis(500),
    colourBy: 'key' as const,
  };
  const scenario = { from: '', title: '', intro: '', parts, lines, settings };
  const compiled = compile({ scenario, seed: 1, engine: ENGINE_VERSION, interventions }, catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const facts: Fact[] = [];
  const world = boot(compiled.value, facts);
  while (step(compiled.value, world, facts));
  return facts;
}

const PARTS = [
  plainPart('b1', 'broker'),
  plainPart('q', 'queue', {}, 'b1'),
  plainPart('b2', 'broker'),
  plainPart('p', 'producer', { everyMillis: 1_000, startMillis: 2_000, limit: 3, templates: [{ key: 'q' }] }),
  plainPart('c', 'consumer', { prefetch: 1, workMillis: 10 }),
];

test('a broker that is linked while it runs learns what the other has, and lends its clients to it', () => {
  const lines = [
    plainLine('b1', 'cluster', 'b2'),
    plainLine('p', 'publish-via', 'b2'),
    plainLine('b2', 'consume-via', 'c', { queue: 'q' }),
  ];
  const facts = factsOf(PARTS, lines, [deed(1_000, 'join', 'b1-b2')]);
  expect(facts.filter(({ kind }) => kind === 'message.stored').map(({ at }) => at)).toEqual(['q', 'q', 'q']);
  expect(facts.filter(({ kind }) => kind === 'work.finished')).toHaveLength(3);
});

test('a broker whose link is taken out stands alone: what was elsewhere is missed', () => {
  const lines = [plainLine('b1', 'cluster', 'b2'), plainLine('p', 'publish-via', 'b2')];
  const facts = factsOf(PARTS.slice(0, 4), lines, [deed(3_500, 'leave', 'b1-b2')]);
  expect(facts.filter(({ kind }) => kind === 'message.stored')).toHaveLength(2);
  expect(facts.filter(({ kind, why }) => kind === 'message.settled' && why === 'unroutable')).toHaveLength(1);
});

test('a leader that was cut off yields to the one that was elected meanwhile, and the queue goes on', () => {
  const parts = [
    ...['b1', 'b2', 'b3'].map((id) => plainPart(id, 'broker')),
    plainPart('q', 'queue', { queueType: 'quorum' }, 'b1'),
    plainPart('p', 'producer', { everyMillis: 500, startMillis: 6_000, limit: 4, templates: [{ key: 'q' }] }),
    plainPart('c', 'consumer', { prefetch: 1, workMillis: 10 }),
  ];
  const lines = [
    ...(['b1 b2', 'b1 b3', 'b2 b3'] as const).map((ends) => plainLine(ends.slice(0, 2), 'cluster', ends.slice(3))),
    plainLine('p', 'publish-via', 'b1'),
    plainLine('b3', 'consume-via', 'c', { queue: 'q' }),
  ];
  const cut = ['b1-b2', 'b1-b3'];
  const facts = factsOf(parts, lines, [...cut.map((id) => deed(1_000, 'cut', id)), ...cut.map((id) => deed(4_000, 'heal', id))]);
  expect(facts.filter(({ why }) => why === 'elected')).toHaveLength(1);
  expect(facts.filter(({ kind }) => kind === 'work.finished')).toHaveLength(4);
});
