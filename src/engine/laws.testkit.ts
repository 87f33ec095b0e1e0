import { assert, hashHex, type Micros, nextBelow, type RandomState, randomStream } from '../base/index.ts';
import { Conservation, everyOracle, Logs } from '../oracles/index.ts';
import { boot } from './boot.ts';
import { compile } from './compile.ts';
import { nextTime, step } from './step.ts';
import { createTimeline } from './timeline.ts';
import type { Catalogue, Fact, Program, ReadonlyWorld, Run, World } from './types.ts';
import { brokenInvariant, describeNode, viewOf } from './views.ts';
import { copyWorld } from './world.ts';

export interface LawOptions {
  /** How many times to jump somewhere in the run; 12 unless told. */
  readonly seeks?: number;
  /** Names the sample: other numbers try other times. */
  readonly sample?: number;
}

interface Moment {
  readonly time: Micros;
  readonly picture: string;
}
interface Straight {
  readonly facts: readonly Fact[];
  readonly moments: readonly Moment[];
  readonly end: World;
}

/**
 * The laws that hold for every run: it can be told twice the same, copied, walked both ways, forked and written down, and
 * no message is made or lost. Throws with the law that broke. A pair is two runs: call it for each of `sidesOf`.
 */
export function checkLaws(run: Run, catalogue: Catalogue, options: LawOptions = {}): void {
  const { seeks = 12, sample = 1 } = options;
  const random = randomStream(sample, 'laws');
  const program = compiled(run, catalogue);
  const times = momentsOf(program, seeks, random);
  const straight = runStraight(program, times);
  checkReplay(run, catalogue, straight);
  checkCopies(program, straight, random);
  checkSeeks(program, straight, random);
  checkSteps(program, straight, random);
  checkFork(run, catalogue, straight, random);
}

/** All that there is to see in a world, as text. */
export function pictureOf(program: Program, world: ReadonlyWorld): string {
  const { now, steps, nextFact, nextMessage, interventions, halted } = world;
  const nodes = [...world.nodes.keys()].map((id) => [id, [...describeNode(program, world, id)]]);
  const rest = [[...world.flights.values()], [...world.down], [...world.present], [...world.cut], world.agenda.size];
  return JSON.stringify([hashHex(world.digest), { now, steps, nextFact, nextMessage, interventions, halted }, rest, nodes]);
}

function compiled(run: Run, catalogue: Catalogue): Program {
  const result = compile(run, catalogue);
  assert(result.ok, `The run does not compile: ${result.ok ? '' : JSON.stringify(result.error)}`);
  return result.value;
}

function momentsOf(program: Program, count: number, random: RandomState): readonly Micros[] {
  const times = [0, program.end, ...program.interventions.slice(0, count).map((i) => i.at)];
  for (let i = 0; i < count; i++) times.push(nextBelow(random, program.end + 1));
  return [...new Set(times)].sort((a, b) => a - b) as Micros[];
}

function runStraight(program: Program, times: readonly Micros[]): Straight {
  const facts: Fact[] = [];
  const world = boot(program, facts);
  const watchers = everyOracle(program);
  let watched = 0;
  const watch = () => {
    for (; watched < facts.length; watched++)
      for (const watcher of watchers) {
        const text = watcher.watch(facts[watched] as Fact);
        assert(text === undefined, `An oracle complains: ${text}`);
      }
  };
  const moments = times.map((time): Moment => {
    while (nextTime(program, world) <= time && step(program, world, facts));
    watch();
    for (const watcher of watchers) {
      if (watcher instanceof Conservation) checkCounts(program, world, watcher);
      if (watcher instanceof Logs) checkLanes(program, world, watcher);
    }
    const broken = brokenInvariant(program, world);
    assert(broken === undefined, `An invariant is broken at ${time} µs: ${broken}`);
    return { time, picture: pictureOf(program, world) };
  });
  return { facts, moments, end: world };
}

/** What the places show is what the facts have told. */
function checkCounts(program: Program, world: World, conservation: Conservation): void {
  for (const part of program.parts.values()) {
    const store = viewOf(program, world, part.id)?.store;
    if (part.parent === undefined || store === undefined || store.isCopy) continue;
    const { ready, unacked } = conservation.copiesAt(part.id);
    const shown = `${store.readyCount} ready, ${store.unackedCount} unacked`;
    const told = `${ready} ready, ${unacked} unacked`;
    assert(shown === told, `${part.id} shows ${shown}, the facts tell ${told} at ${world.now} µs`);
  }
  const underWay = conservation.underWay();
  assert(world.flights.size > 0 || underWay.length === 0, `Messages ${underWay.slice(0, 5)} are nowhere at ${world.now} µs`);
  const vanished = conservation.vanished();
  assert(vanished.length === 0, `Messages ${vanished.slice(0, 5)} have vanished at ${world.now} µs`);
}

/** What lanes show is what the facts have told of them. */
function checkLanes(program: Program, world: World, logs: Logs): void {
  for (const part of program.parts.values()) {
    if (part.parent === undefined) continue;
    for (const lane of viewOf(program, world, part.id)?.lanes ?? []) {
      const key = `${part.name}-${lane.key}`;
      const cells = lane.chunks
        .flatMap((chunk) => chunk.cells)
        .filter(({ at, isControl }) => !isControl && at >= lane.start && at < lane.end);
      const shown = cells.map(({ at, message }) => `${at}: m${message}`).join(', ');
      // What lies before a copy's beginning is gone; that it was removed is told when the copy is cleaned.
      const known = [...(logs.recordsAt(part.parent, key) ?? [])].filter(([at]) => at >= lane.start);
      const told = known.map(([at, message]) => `${at}: m${message}`).join(', ');
      assert(shown === told, `Lane ${key} of ${part.id} shows ${shown}; the facts tell ${told} at ${world.now} µs`);
    }
  }
}

function checkReplay(run: Run, catalogue: Catalogue, straight: Straight): void {
  const again = compiled(JSON.parse(JSON.stringify(run)) as Run, catalogue);
  const facts: Fact[] = [];
  const world = boot(again, facts);
  while (step(again, world, facts));
  sameFacts(straight.facts, facts, 'a replay of the run written down and read back');
  assert(world.digest === straight.end.digest, 'A replay has another digest');
}

function checkCopies(program: Program, straight: Straight, random: RandomState): void {
  const at = nextBelow(random, straight.end.steps + 1);
  const original = boot(program);
  while (original.steps < at) step(program, original, []);
  const copy = copyWorld(program, original);
  const before = pictureOf(program, original);
  assert(before === pictureOf(program, copy), `A copy after ${at} steps looks different`);
  while (step(program, copy, []));
  assert(before === pictureOf(program, original), `Running a copy made after ${at} steps has changed the original`);
  while (step(program, original, []));
  for (const world of [copy, original])
    assert(pictureOf(program, world) === pictureOf(program, straight.end), `Copied after ${at} steps, the run ends differently`);
}

function checkSeeks(program: Program, straight: Straight, random: RandomState): void {
  const timeline = createTimeline(program);
  const { moments } = straight;
  for (let i = 0; i < 2 * moments.length; i++) {
    const { time, picture } = moments[nextBelow(random, moments.length)] as Moment;
    // Now and then in slices, and with the head running ahead.
    if (i % 3 === 0) while (!timeline.seek(time, 17));
    else timeline.seek(time);
    if (i % 4 === 0) timeline.advance(23);
    assert(pictureOf(program, timeline.world) === picture, `Jump ${i} to ${time} µs shows another picture`);
    assert(timeline.factsUntil(time) === timeline.factsHappened, `Jump ${i} to ${time} µs counts other facts`);
  }
  timeline.seek(program.end);
  assert(timeline.known.complete, 'At its end the run is not complete');
  sameFacts(straight.facts, timeline.facts(0, timeline.known.facts), 'the facts of a timeline');
  const counted = timeline.density(50).reduce((sum, count) => sum + count, 0);
  assert(counted === straight.facts.length, 'The histogram has another number of facts');
}

function checkSteps(program: Program, straight: Straight, random: RandomState): void {
  const timeline = createTimeline(program);
  timeline.seek(nextBelow(random, program.end + 1) as Micros);
  const trail: string[] = [];
  const stepTo = (direction: 1 | -1) => {
    const fact = timeline.neighbour(direction, () => true, Number.MAX_SAFE_INTEGER);
    if (fact) timeline.seekFact(fact.seq);
    return fact !== undefined;
  };
  while (trail.length < 25 && stepTo(1)) {
    trail.push(pictureOf(program, timeline.world));
    const last = timeline.fact(timeline.factsHappened - 1) as Fact;
    assert(JSON.stringify(last) === JSON.stringify(straight.facts[last.seq]), `Stepping on tells another fact ${last.seq}`);
  }
  for (let i = trail.length - 2; i >= 0; i--) {
    assert(stepTo(-1), 'There is a step back wherever there was one on');
    assert(pictureOf(program, timeline.world) === trail[i], `Stepping back shows another picture after ${timeline.world.steps} steps`);
  }
}

function checkFork(run: Run, catalogue: Catalogue, straight: Straight, random: RandomState): void {
  const old = compiled(run, catalogue);
  const time = nextBelow(random, old.end + 1) as Micros;
  const target = old.nodes[nextBelow(random, Math.max(1, old.nodes.length))];
  if (target === undefined) return;
  const deeds = [...run.interventions, { at: time, verb: 'crash', target, args: {} }].sort((a, b) => a.at - b.at);
  const other = compiled({ ...run, interventions: deeds }, catalogue);
  const timeline = createTimeline(old);
  timeline.seek(old.end);
  const fork = timeline.fork(other, time);
  const fresh = createTimeline(other);
  fork.seek(time);
  fresh.seek(time);
  assert(pictureOf(other, fork.world) === pictureOf(other, fresh.world), `Forked at ${time} µs, the present looks different`);
  fork.seek(other.end);
  fresh.seek(other.end);
  sameFacts(fresh.facts(0, fresh.known.facts), fork.facts(0, fork.known.facts), `a fork at ${time} µs`);
  const back = fork.fork(compiled(run, catalogue), time);
  back.seek(old.end);
  assert(back.world.digest === straight.end.digest, `Taken back, a deed at ${time} µs has left a trace`);
}

function sameFacts(expected: readonly Fact[], actual: readonly Fact[], what: string): void {
  for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
    const [a, b] = [JSON.stringify(expected[i]), JSON.stringify(actual[i])];
    assert(a === b, `In ${what}, fact ${i} is ${b} instead of ${a}`);
  }
}
