import { type LineId, type MessageId, type Micros, type PartId, ZERO } from '../base/index.ts';
import { boot } from './boot.ts';
import { commonBeginning, sameDrawings } from './common.ts';
import { FactIndex } from './factIndex.ts';
import { isLineCut } from './links.ts';
import { Segments } from './segments.ts';
import { nextTime, step } from './step.ts';
import type { Timeline } from './timelineTypes.ts';
import type { Fact, PartView, Program, ReadonlyWorld, World } from './types.ts';
import { viewOf } from './views.ts';
import { copyWorld } from './world.ts';

/** Messages whose stories are remembered. */
const STORIES_MAX = 64;

/** A run to walk along, standing at time 0. */
export function createTimeline(program: Program): Timeline {
  const facts: Fact[] = [];
  const world = boot(program, facts);
  const segments = new Segments(program, [{ world, facts, used: 0 }]);
  const index = new FactIndex();
  for (const fact of facts) index.add(fact);
  return new Line(program, segments, index);
}

class Line implements Timeline {
  /** The furthest world computed. The playhead is this very object while it stands there. */
  private head: World;
  private play: World;
  private playTime: Micros;
  private isComplete: boolean;
  private changes = 0;
  private readonly stories = new Map<MessageId, { upTo: number; facts: readonly Fact[] }>();
  private readonly scratch: Fact[] = [];

  constructor(
    readonly program: Program,
    private readonly segments: Segments,
    private readonly index: FactIndex,
  ) {
    this.head = copyWorld(program, segments.last.world);
    this.play = this.head;
    this.playTime = this.head.now;
    this.isComplete = nextTime(program, this.head) > program.end;
  }

  get world(): ReadonlyWorld {
    return this.play;
  }
  get time(): Micros {
    return this.playTime;
  }
  get factsHappened(): number {
    return this.play.nextFact;
  }
  get version(): number {
    return this.changes;
  }
  get known(): Timeline['known'] {
    const { head, isComplete } = this;
    const time = isComplete && head.halted === '' ? this.program.end : head.now;
    return { time, facts: head.nextFact, steps: head.steps, complete: isComplete };
  }

  advance(appointments: number): boolean {
    if (this.isComplete) return true;
    // The playhead stays where it is, so from here on it needs a world of its own.
    if (this.play === this.head) this.play = copyWorld(this.program, this.head);
    for (let i = 0; i < appointments && this.stepHead(); i++);
    this.changes++;
    return this.isComplete;
  }

  seek(time: Micros, appointments = Number.MAX_SAFE_INTEGER): boolean {
    const target = Math.max(ZERO, Math.min(time, this.program.end)) as Micros;
    const { playTime, head } = this;
    const steps = this.play.steps + head.steps;
    const isThere = this.isKnownUntil(target) ? this.walk(target, appointments) : this.ride(target, appointments);
    this.playTime = isThere ? target : this.play.now;
    if (this.playTime !== playTime || this.play.steps + this.head.steps !== steps) this.changes++;
    return isThere;
  }

  seekFact(seq: number): void {
    if (seq < 0 || seq >= this.head.nextFact) return;
    this.changes++;
    const { play, program } = this;
    const start = this.segments.lastWhere((world) => world.nextFact <= seq).world;
    // The playhead's own world will do if it stands between the checkpoint and the fact.
    const isNear = play !== this.head && play.nextFact <= seq && play.steps >= start.steps;
    const world = isNear ? play : copyWorld(program, start);
    while (world.nextFact <= seq) this.replayStep(world);
    this.play = world;
    this.playTime = world.now;
  }

  fact(seq: number): Fact | undefined {
    if (seq < 0 || seq >= this.head.nextFact) return undefined;
    const { facts, first } = this.segments.holding(seq);
    return facts[seq - first];
  }

  facts(from: number, to: number): readonly Fact[] {
    const found: Fact[] = [];
    const end = Math.min(to, this.head.nextFact);
    for (let seq = Math.max(0, from); seq < end; ) {
      const { facts, first } = this.segments.holding(seq);
      const last = Math.min(end, first + facts.length);
      for (; seq < last; seq++) found.push(facts[seq - first] as Fact);
    }
    return found;
  }

  factsUntil(time: Micros): number {
    return this.index.until(time);
  }

  neighbour(direction: 1 | -1, wanted: (fact: Fact) => boolean, appointments: number): Fact | undefined {
    return direction === 1 ? this.nextWanted(wanted, appointments) : this.lastWanted(wanted);
  }

  view(part: PartId): PartView | undefined {
    return viewOf(this.program, this.world, part);
  }

  isCut(id: LineId): boolean {
    const line = this.program.lines.find((one) => one.id === id);
    return line !== undefined && isLineCut(this.program, this.world, line);
  }

  first(message: MessageId): Fact | undefined {
    const seq = this.index.first(message);
    return seq === undefined ? undefined : this.fact(seq);
  }

  story(message: MessageId): readonly Fact[] {
    const known = this.stories.get(message);
    const upTo = this.index.size;
    if (known?.upTo === upTo) return known.facts;
    const more = this.index.of(message, known?.upTo ?? 0).map((seq) => this.fact(seq) as Fact);
    const facts = known === undefined ? more : more.length === 0 ? known.facts : [...known.facts, ...more];
    this.stories.delete(message);
    this.stories.set(message, { upTo, facts });
    for (const oldest of this.stories.keys()) {
      if (this.stories.size <= STORIES_MAX) break;
      this.stories.delete(oldest);
    }
    return facts;
  }

  density(buckets: number): Uint32Array {
    return this.index.density(buckets, this.program.end);
  }

  fork(program: Program, time: Micros): Timeline {
    const same = commonBeginning(this.program.interventions, program.interventions);
    if (!sameDrawings(this.program, program, same)) return createTimeline(program);
    // The first deed that is new, gone or different. Up to its very time both runs are one, as deeds come last.
    const differsAt = Math.min(time, this.program.interventions[same]?.at ?? time, program.interventions[same]?.at ?? time);
    const segments = this.segments.adopt(program, (world) => world.interventions <= same && world.now <= differsAt);
    const { world } = segments.last;
    return new Line(program, segments, this.index.head(world.steps === 0 ? segments.open.length : world.nextFact));
  }

  /** One step of the head, which is not at its end; false when it is now. A step that fails leaves the head where it was before it. */
  private stepHead(): boolean {
    const { program, segments, head } = this;
    const facts = segments.open;
    const before = facts.length;
    const { steps } = head;
    try {
      step(program, head, facts);
    } catch (error) {
      facts.length = before;
      this.mend(steps);
      throw error;
    }
    for (let i = before; i < facts.length; i++) this.index.add(facts[i] as Fact);
    if (segments.isDue(head)) segments.close(head);
    this.isComplete = nextTime(program, head) > program.end;
    return !this.isComplete;
  }

  /** Rebuilds the head after a programmer's mistake broke it in the middle of a step. */
  private mend(steps: number): void {
    const { program, segments } = this;
    const isRiding = this.play === this.head;
    const world = copyWorld(program, segments.last.world);
    while (world.steps < steps) this.replayStep(world);
    this.head = world;
    if (isRiding) {
      this.play = world;
      this.playTime = world.now;
    }
  }

  /** True when the head has passed t: nothing at or before it is left to compute. */
  private isKnownUntil(time: Micros): boolean {
    return this.isComplete || nextTime(this.program, this.head) > time;
  }

  /** The playhead goes to the head and both compute on together. */
  private ride(time: Micros, appointments: number): boolean {
    this.play = this.head;
    let left = appointments;
    while (!this.isKnownUntil(time)) {
      if (left-- <= 0) return false;
      this.stepHead();
    }
    return true;
  }

  /** The playhead goes to a time that is known, from where it stands or from the nearest checkpoint. */
  private walk(time: Micros, appointments: number): boolean {
    const { program, head } = this;
    if (head.now <= time) {
      this.play = head;
      return true;
    }
    const start = this.segments.lastWhere((world) => world.now <= time).world;
    const isNear = this.play !== head && this.play.now <= time && this.play.steps >= start.steps;
    if (!isNear) this.play = copyWorld(program, start);
    const world = this.play;
    let left = appointments;
    while (nextTime(program, world) <= time) {
      if (left-- <= 0) return false;
      this.replayStep(world);
    }
    return true;
  }

  private replayStep(world: World): void {
    step(this.program, world, this.scratch);
    this.scratch.length = 0;
  }

  private nextWanted(wanted: (fact: Fact) => boolean, appointments: number): Fact | undefined {
    let left = appointments;
    for (let seq = this.factsHappened; ; ) {
      const end = this.head.nextFact;
      while (seq < end) {
        const { facts, first } = this.segments.holding(seq);
        const last = Math.min(end, first + facts.length);
        for (; seq < last; seq++) if (wanted(facts[seq - first] as Fact)) return facts[seq - first];
      }
      if (left <= 0 || this.isComplete) return undefined;
      const stride = Math.min(left, 256);
      this.advance(stride);
      left -= stride;
    }
  }

  private lastWanted(wanted: (fact: Fact) => boolean): Fact | undefined {
    for (let seq = this.play.stepFact - 1; seq >= 0; ) {
      const { facts, first } = this.segments.holding(seq);
      for (; seq >= first; seq--) if (wanted(facts[seq - first] as Fact)) return facts[seq - first];
    }
    return undefined;
  }
}
