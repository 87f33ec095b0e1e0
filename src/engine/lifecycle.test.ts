import { expect, test } from 'vitest';
import type { Micros } from '../base/index.ts';
import { boot } from './boot.ts';
import { compile } from './compile.ts';
import { progressOf } from './links.ts';
import { nextTime, step } from './step.ts';
import { deed, pingPong, type ToyOptions, toyCatalogue, toyLine, toyPart } from './toy.testkit.ts';
import type { Fact, Intervention, Program, World } from './types.ts';
import { viewOf } from './views.ts';

interface Told {
  readonly program: Program;
  readonly world: World;
  readonly facts: readonly Fact[];
  /** `12.5 kind@part why`, of the kinds asked for. */
  lines(...kinds: readonly string[]): readonly string[];
}

function tell(interventions: readonly Intervention[], options: Partial<ToyOptions> = {}, until?: number): Told {
  const result = compile(pingPong({ interventions, ...options }), toyCatalogue);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const program = result.value;
  const facts: Fact[] = [];
  const world = boot(program, facts);
  const end = until === undefined ? program.end : until * 1_000;
  while (nextTime(program, world) <= end && step(program, world, facts));
  const lines = (...kinds: readonly string[]) =>
    facts.filter((f) => kinds.includes(f.kind)).map((f) => `${f.time / 1_000} ${f.kind}@${f.at} ${f.why}`.trim());
  return { program, world, facts, lines };
}

test('a crashed node hears nothing; its peers see the connection closed one latency later, and it back when it is', () => {
  // m1 is given to sink1 at 11.5 and worked on from 12.5 to 17.5.
  const { lines } = tell([deed(14, 'crash', 'sink1'), deed(20.2, 'restart', 'sink1')], {}, 20.5);
  expect(lines('node.crashed', 'node.restarted', 'work.finished')).toEqual(['14 node.crashed@sink1', '20.2 node.restarted@sink1']);
  expect(lines('message.requeued')).toEqual(['15 message.requeued@shelf connection-closed']);
});

test('a frame to a node that is down is lost, and a fact says so', () => {
  const { facts } = tell([deed(50, 'crash', 'box')]);
  const lost = facts.filter((f) => f.kind === 'frame.lost' && f.at === 'door');
  expect(lost.length).toBeGreaterThan(50);
  expect(lost[0]).toMatchObject({ at: 'door', line: 'src-door', why: 'down', data: { verb: 'toy.put' } });
  expect(lost[0]?.message).toBeGreaterThan(0);
});

test('a frame sent to an older life of a node is lost', () => {
  // The sink asks again at 53 ms; what the shelf sent it before is on the way to a life that has ended.
  const { lines } = tell([deed(50.6, 'crash', 'box'), deed(50.7, 'restart', 'box')], {}, 60);
  expect(lines('frame.lost')).toContain('51 frame.lost@door gone');
});

test('timers die with their node', () => {
  const { facts } = tell([deed(55, 'crash', 'src'), deed(65, 'restart', 'src')], {}, 79);
  const published = facts.filter((f) => f.kind === 'message.published').map((f) => f.time / 1_000);
  expect(published).toEqual([10, 20, 30, 40, 50, 75]);
});

test('a deed on what is down, absent or already so is refused by a fact', () => {
  const { lines } = tell([
    deed(10, 'crash', 'box'),
    deed(20, 'crash', 'box'),
    deed(30, 'purge', 'shelf'),
    deed(40, 'restart', 'sink1'),
    deed(50, 'heal', 'src-door'),
    deed(60, 'leave', 'sink2'),
    deed(80, 'cut', 'shelf-sink2'),
  ]);
  expect(lines('command.refused')).toEqual([
    '20 command.refused@box unchanged',
    '30 command.refused@shelf down',
    '40 command.refused@sink1 unchanged',
    '50 command.refused@src unchanged',
    '80 command.refused@shelf absent',
  ]);
});

test('frames on a cut link wait where they are and go on when it heals in time', () => {
  const deeds = [deed(10.4, 'cut', 'src-door'), deed(30.4, 'heal', 'src-door')];
  const { program, world } = tell(deeds, {}, 25);
  const [first, second] = [...world.flights.values()];
  expect(first && progressOf(program, world, first, 25_000 as Micros)).toBe(0.4);
  expect(second && progressOf(program, world, second, 25_000 as Micros)).toBe(0);
  const { facts } = tell(deeds, {}, 40);
  const routed = facts.filter((f) => f.kind === 'message.routed').map((f) => f.time / 1_000);
  // m1 had 0.6 ms to go, m2 and m3 (sent while the link was cut) all of theirs.
  expect(routed).toEqual([31, 31.4, 31.4]);
  expect(facts.some((f) => f.kind === 'frame.lost')).toBe(false);
});

test('a cut that stays is noticed by both ends after the heartbeat time-out; what waited is lost; later they find together again', () => {
  const deeds = [deed(10.4, 'cut', 'src-door'), deed(100, 'heal', 'src-door')];
  const { lines, facts } = tell(deeds, {}, 120);
  expect(lines('line.cut', 'link.lost', 'line.healed')).toEqual([
    '10.4 line.cut@src',
    '60.4 link.lost@src heartbeat',
    '60.4 link.lost@box heartbeat',
    '100 line.healed@src',
  ]);
  const lost = lines('frame.lost');
  // m1 to m6 waited; what is sent after the cut was noticed is lost at once.
  expect(lost.slice(0, 7)).toEqual([...new Array(6).fill('60.4 frame.lost@door cut'), '70 frame.lost@door cut']);
  // m10 was published at 100, before the deed of that time.
  expect(facts.find((f) => f.kind === 'message.routed')).toMatchObject({ message: 11, time: 111_000 });
});

test('news of a crash waits for a cut link to heal', () => {
  const { lines } = tell([deed(92, 'cut', 'shelf-sink1'), deed(93, 'crash', 'sink1'), deed(120, 'heal', 'shelf-sink1')], {}, 130);
  expect(lines('message.requeued').filter((l) => l.includes('closed'))).toEqual(['121 message.requeued@shelf connection-closed']);
});

test('what joins is absent before, and seen by those it is connected with', () => {
  const { world, program } = tell([deed(500, 'join', 'sink2')], {}, 499);
  expect(viewOf(program, world, 'sink2')?.status).toBe('absent');
  expect(world.present.has('shelf-sink2')).toBe(false);
  const { facts } = tell([deed(500, 'join', 'sink2')]);
  const first = facts.find((f) => f.kind === 'message.received' && f.at === 'sink2');
  expect(first?.time).toBeGreaterThan(502_000);
  expect(facts.find((f) => f.kind === 'part.joined')).toMatchObject({ at: 'sink2', time: 500_000 });
});

test('a node that leaves says goodbye first; what it held goes back', () => {
  const { facts, world } = tell([deed(14, 'leave', 'sink1')], {}, 25);
  expect(world.nodes.has('sink1')).toBe(false);
  const back = facts.filter((f) => f.kind === 'message.requeued' && f.why === 'connection-closed');
  expect(back.map((f) => f.time)).toEqual([15_000]);
});

test('a place that leaves takes its messages with it, and frames to it end there', () => {
  const parts = [...pingPong().scenario.parts.filter((p) => !p.id.startsWith('sink')), toyPart('other', 'shelf', {}, 'box')];
  const lines = [toyLine('src', 'push', 'door'), toyLine('door', 'pipe', 'shelf'), toyLine('door', 'pipe', 'other')];
  const told = tell([deed(51.2, 'leave', 'shelf')], { parts, lines }, 60);
  expect(told.lines('message.settled')).toEqual([
    ...new Array(4).fill('51.2 message.settled@shelf deleted'),
    '51.5 message.settled@shelf deleted',
  ]);
  expect(viewOf(told.program, told.world, 'shelf')?.status).toBe('absent');
  expect(viewOf(told.program, told.world, 'other')?.store?.readyCount).toBe(5);
});

test('a reconfiguration holds from its time on, and null puts a field back to its default', () => {
  const deeds = [deed(100, 'reconfigure', 'src', { every: 50_000 }), deed(400, 'reconfigure', 'src', { every: null })];
  const { facts } = tell(deeds, {}, 470);
  const published = facts.filter((f) => f.kind === 'message.published' && f.time > 80_000).map((f) => f.time / 1_000);
  // The tick at 100 still sets the next one by the old interval: a deed comes after all that its time does by itself.
  expect(published).toEqual([90, 100, 110, 160, 210, 260, 310, 360, 410, 420, 430, 440, 450, 460, 470]);
});

test('lines implied by a configuration come and go with it', () => {
  const lines = pingPong().scenario.lines.filter((l) => l.kind !== 'toy/pipe');
  const deeds = [deed(100, 'reconfigure', 'door', { all: true })];
  const before = tell(deeds, { lines }, 99);
  const after = tell(deeds, { lines }, 150);
  expect(before.world.present.has('door>shelf')).toBe(false);
  expect(after.world.present.has('door>shelf')).toBe(true);
  expect(new Set(after.lines('message.settled').map((l) => l.split('@')[1]))).toContain('door unroutable');
  expect(after.facts.some((f) => f.kind === 'message.stored' && f.line === 'door>shelf')).toBe(true);
});

test('a node that is down is shown as down with what it has left', () => {
  const parts = pingPong().scenario.parts.map((p) => (p.id === 'shelf' ? { ...p, config: { durable: true } } : p));
  const { world, program } = tell([deed(55, 'leave', 'sink1'), deed(56, 'leave', 'sink2'), deed(100, 'crash', 'box')], { parts }, 110);
  expect(viewOf(program, world, 'shelf')).toMatchObject({ status: 'down', store: { readyCount: 5, unackedCount: 0 } });
});
