import { describe, expect, test } from 'vitest';
import { ZERO } from '../../base/index.ts';
import { compile, createTimeline, type Program, type Timeline } from '../../engine/index.ts';
import { GALLERY } from '../../lessons/gallery/index.ts';
import { CHARTS, Charts, type Life, type Move } from '../../oracles/index.ts';
import { catalogue } from '../../protocols/catalogue.ts';
import { sidesOf } from '../../scenario/index.ts';
import { livesOf, messageTrails, pathOf, type Trail } from './trails.ts';

interface Told {
  readonly program: Program;
  readonly timeline: Timeline;
}

function runsOf(id: string): readonly Told[] {
  const { run } = GALLERY.find((entry) => entry.id === id) as (typeof GALLERY)[number];
  return sidesOf(run).map((side) => {
    const compiled = compile(side, catalogue);
    if (!compiled.ok) throw new Error(`${id} does not compile`);
    const timeline = createTimeline(compiled.value);
    timeline.seek(compiled.value.end);
    livesOf(timeline).catchUp(timeline, () => false);
    return { program: compiled.value, timeline };
  });
}

const OF_MESSAGES: ReadonlySet<string> = new Set(['message', 'record']);
/** States of a publication that lives on in its copies, or soon will. */
const GOES_ON: ReadonlySet<string> = new Set(['published', 'routed', 'buffered', 'appended']);
const nameOf = ({ name, owner, detail }: Life) => `${name} ${owner} ${detail}`;
/** The states of all trails with their counts after so many facts: begun ones only. */
const statesAt = (trails: readonly Trail[], happened: number) =>
  trails.map((trail) => pathOf(trail, happened).state).filter((state) => state !== '');

describe.each(GALLERY.map(({ id }) => id))('%s', (id) => {
  const runs = runsOf(id);

  test('at every fact the lives of parts are where the oracle has them', () => {
    for (const { program, timeline } of runs) {
      const lives = livesOf(timeline);
      const now = new Map<string, string>();
      const watcher = new Charts(program, (life, { to }) => {
        if (!OF_MESSAGES.has(life.name)) now.set(nameOf(life), to);
      });
      const parts = [...program.parts.keys()];
      const trails = new Map(parts.flatMap((part) => lives.of(part)).map((trail) => [trail.key, trail]));
      const moved = new Set([...trails.values()].flatMap(({ moves }) => moves.map(({ seq }) => seq)));
      for (const fact of timeline.facts(0, timeline.known.facts)) {
        const before = now.size;
        expect(watcher.watch(fact)).toBeUndefined();
        if (!moved.has(fact.seq) && now.size === before) continue;
        for (const [key, state] of now)
          expect([fact.seq, key, pathOf(trails.get(key) as Trail, fact.seq + 1).state]).toEqual([fact.seq, key, state]);
      }
      expect(now.size).toBeGreaterThan(0);
    }
  });

  test('at every fact of a message its lives are where the oracle has them', () => {
    for (const { program, timeline } of runs) {
      const lives = livesOf(timeline);
      const now = new Map<Life, string>();
      let message = 0;
      const ofMessage = new Map<Life, number>();
      const watcher = new Charts(program, (life, { to }) => {
        if (!OF_MESSAGES.has(life.name)) return;
        if (!ofMessage.has(life)) ofMessage.set(life, message);
        now.set(life, to);
      });
      const trails = new Map<number, readonly Trail[]>();
      for (const fact of timeline.facts(0, timeline.known.facts)) {
        ({ message } = fact);
        expect(watcher.watch(fact)).toBeUndefined();
        if (message === 0 || message > 40) continue;
        if (!trails.has(message))
          trails.set(message, messageTrails(program, timeline.story(message), lives.about(timeline.story(message))));
        const told = [...now].filter(([life]) => ofMessage.get(life) === message);
        // Publications that have become copies go on in them, and a trail knows already that its life will.
        const expected = told.filter(([{ owner }, state]) => owner !== '' || !GOES_ON.has(state)).map(([, state]) => state);
        const actual = statesAt(
          (trails.get(message) as readonly Trail[]).filter(({ owner, moves }) => owner !== '' || (moves.at(-1)?.to ?? '') !== 'routed'),
          fact.seq + 1,
        ).filter((state) => state !== 'published' && state !== 'buffered');
        expect([fact.seq, ...actual.sort()]).toEqual([fact.seq, ...expected.sort()]);
      }
      expect(trails.size).toBeGreaterThan(0);
    }
  });
});

test('a long life is tallied as a plain count of its moves would be', () => {
  const events = ['work.started', 'work.finished'] as const;
  const moves = Array.from({ length: 3_000 }, (_, i) => {
    const [from, to] = i === 0 ? ['', 'idle'] : i % 2 === 1 ? ['idle', 'working'] : ['working', 'idle'];
    return { seq: i, time: ZERO, event: i === 0 ? '' : (events[(i + 1) % 2] as string), from, to } as Move;
  });
  const trail: Trail = { key: '', chart: CHARTS.worker, owner: 'c', detail: '', moves };
  for (const happened of [3_000, 1, 512, 513, 1_024, 2_999, 600]) {
    const { visits, taken, state } = pathOf(trail, happened);
    const counts = [visits.get('idle') ?? 0, visits.get('working') ?? 0, [...taken.values()].reduce((sum, count) => sum + count, 0)];
    expect([state, ...counts]).toEqual([
      happened % 2 === 1 ? 'idle' : 'working',
      Math.ceil(happened / 2),
      Math.floor(happened / 2),
      happened - 1,
    ]);
  }
});

describe('the way of a message whose worker dies', () => {
  const [{ program, timeline }] = runsOf('ack-crash') as [Told];
  const trails = messageTrails(program, timeline.story(2), livesOf(timeline).about(timeline.story(2)));
  const [manual] = trails as [Trail];

  test('each copy has its own, from the publication on', () => {
    expect(trails.map(({ moves }) => moves.map(({ to }) => to).join(' '))).toEqual([
      'published routed ready unacked ready unacked acked',
      'published routed ready unacked acked',
    ]);
  });

  test('forwards and backwards it is the same, and counts what was entered more than once', () => {
    const happened = manual.moves.map(({ seq }) => seq + 1);
    const there = happened.map((count) => pathOf(manual, count).state);
    const back = happened.toReversed().map((count) => pathOf(manual, count).state);
    expect(back.toReversed()).toEqual(there);
    const path = pathOf(manual, happened.at(-1) as number);
    expect([path.visits.get('unacked'), path.visits.get('acked')]).toEqual([2, 1]);
    expect([...path.taken].map(([{ from, to }, count]) => `${from} ${to} ${count}`)).toContain('ready unacked 2');
    expect(path.latest).toMatchObject({ from: 'unacked', to: 'acked' });
    expect(pathOf(manual, 0)).toMatchObject({ state: '', count: 0 });
  });
});
