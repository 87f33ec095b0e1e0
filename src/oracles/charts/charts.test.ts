import { describe, expect, test } from 'vitest';
import { type AnyStateMachine, createActor } from 'xstate';
import { boot, compile, type Fact, type Program, step } from '../../engine/index.ts';
import { GALLERY } from '../../lessons/gallery/index.ts';
import { catalogue } from '../../protocols/catalogue.ts';
import { sidesOf } from '../../scenario/index.ts';
import { CHARTS, Charts, type Life, leadsLife } from '../index.ts';

interface Told {
  readonly program: Program;
  readonly facts: readonly Fact[];
}

function runsOf(id: string): readonly Told[] {
  const { run } = GALLERY.find((entry) => entry.id === id) as (typeof GALLERY)[number];
  return sidesOf(run).map((side) => {
    const compiled = compile(side, catalogue);
    if (!compiled.ok) throw new Error(`${id} does not compile`);
    const facts: Fact[] = [];
    const world = boot(compiled.value, facts);
    while (step(compiled.value, world, facts));
    return { program: compiled.value, facts };
  });
}

const charts = Object.values(CHARTS);

describe.each(charts)('the chart of a $name', (chart) => {
  test('is plain data: no context, no guards, no actions', () => {
    expect(JSON.parse(JSON.stringify(chart.machine.config))).toEqual(chart.machine.config);
    expect(chart.machine.config.context).toBeUndefined();
  });

  test('begins in its first state, and every state can be reached', () => {
    expect(createActor(chart.machine).getSnapshot().value).toEqual(chart.valueOf(chart.initial));
    const reached = new Set([chart.initial]);
    for (const state of reached)
      for (const event of chart.arrows.flatMap(({ events }) => events)) {
        const next = chart.next(state, event);
        if (next !== undefined) reached.add(next);
      }
    expect([...reached].sort()).toEqual([...chart.states].sort());
  });

  test('steps as XState does', () => {
    for (const state of chart.states) {
      for (const type of new Set(chart.arrows.flatMap(({ events }) => events))) {
        const actor = createActor(chart.machine, { snapshot: chart.machine.resolveState({ value: chart.valueOf(state), context: {} }) });
        const canGo = actor.getSnapshot().can({ type });
        actor.start();
        actor.send({ type });
        const next = chart.next(state, type);
        expect([state, type, next === undefined]).toEqual([state, type, !canGo]);
        if (next !== undefined) expect([state, type, actor.getSnapshot().value]).toEqual([state, type, chart.valueOf(next)]);
        // Whatever changes something is an arrow of the drawing.
        if (next !== undefined && next !== state) expect(chart.arrowOf(state, next, type)?.events).toContain(type);
      }
    }
    expect(chart.next(chart.initial, 'nothing.of.the.kind')).toBeUndefined();
  });
});

describe.each(GALLERY.map(({ id }) => id))('%s', (id) => {
  test('has no fact that a chart has no arrow for, and each life is where XState puts it', () => {
    for (const { program, facts } of runsOf(id)) {
      const actors = new Map<Life, ReturnType<typeof createActor<AnyStateMachine>>>();
      const watcher = new Charts(program, (life, move) => {
        if (move.from === '') actors.set(life, createActor(life.chart.machine).start());
        else actors.get(life)?.send({ type: move.event });
        const value = actors.get(life)?.getSnapshot().value;
        if (JSON.stringify(value) !== JSON.stringify(life.chart.valueOf(move.to))) expect.unreachable(`a ${life.name} at fact ${move.seq}`);
      });
      for (const fact of facts) expect(watcher.watch(fact)).toBeUndefined();
      expect(actors.size).toBeGreaterThan(0);
    }
  });
});

/** A run with two facts of one kind and message changed round, or with one left out, is another run: the first wrong fact is named. */
describe('facts in a wrong order are refused, and the complaint names the fact', () => {
  const [{ program, facts }] = runsOf('ack-crash') as [Told];
  const first = (wanted: (fact: Fact) => boolean) => facts.findIndex(wanted);
  const complaintOf = (changed: readonly Fact[]) => {
    const watcher = new Charts(program);
    for (const fact of changed) {
      const text = watcher.watch(fact);
      if (text !== undefined) return text;
    }
    return undefined;
  };
  const without = (index: number) => facts.filter((_, i) => i !== index);

  test('as it was told there is nothing to complain of', () => {
    expect(complaintOf(facts)).toBeUndefined();
  });

  test.each([
    ['message.routed', 'message.stored', 'no copy of it is there'],
    ['message.stored', 'message.delivered', 'a message that is routed'],
    ['message.delivered', 'message.settled', 'a message that is ready'],
    ['message.requeued', 'message.delivered', 'a message that is unacked'],
    ['connection.opened', 'channel.opened', 'its connection was never opened'],
    ['work.started', 'work.f', 'a worker that is idle'],
    ['node.restarted', 'message.received', 'a worker that is crashed'],
  ])('without its %s, a %s', (missing, named, text) => {
    const found = first(({ kind, at }) => kind === missing && !(missing === 'node.restarted' && at === 'p'));
    expect(found).toBeGreaterThanOrEqual(0);
    const told = complaintOf(without(found));
    expect(told).toContain(`(${named}`);
    expect(told).toContain(text);
  });

  test('a consumer that is registered twice', () => {
    const started = first(({ kind }) => kind === 'consumer.started');
    expect(complaintOf(facts.toSpliced(started, 0, facts[started] as Fact))).toContain('a consumer that is waiting');
  });

  test('a message beyond the window of its consumer', () => {
    const full = first(({ kind, data }) => kind === 'consumer.started' && Number(data?.['window']) > 1);
    const narrow = facts.map((fact, i) => (i === full ? { ...fact, data: { ...fact.data, window: 1 } } : fact));
    expect(complaintOf(narrow)).toContain('a consumer that is full');
  });
});

test('which lives a part leads goes by the beginning of its kind', () => {
  expect(leadsLife('rabbitmq/consumer', 'consumer')).toBe(true);
  expect(leadsLife('rabbitmq/client', 'consumer')).toBe(false);
  expect(leadsLife('rabbitmq/producer', 'worker')).toBe(false);
  expect(leadsLife('', 'worker')).toBe(true);
});
