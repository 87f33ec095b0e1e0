import { assert } from '../base/index.ts';
import { boot } from './boot.ts';
import { step } from './step.ts';
import type { Fact, Program, World } from './types.ts';
import { copyWorld } from './world.ts';

/** Steps between two checkpoints; doubles whenever too many are kept. */
const INTERVAL_FIRST = 2_000;
const CHECKPOINTS_MAX = 512;
/** Facts kept in memory. The segment that is being made and the one asked for are kept whatever they hold. */
const FACTS_MAX = 100_000;

/** The run from one checkpoint to the next. */
export interface Segment {
  /** The world at its beginning. Never stepped: copied first. */
  readonly world: World;
  /** Facts made in it, or undefined when memory has let them go. */
  facts: Fact[] | undefined;
  /** When it was asked for last. */
  used: number;
}

/**
 * Checkpoints of one run and the facts between them. The last segment is open: its facts are pushed by whoever computes
 * ahead. Checkpoints are only a cache: thinning them changes how long a seek takes, never what it shows.
 */
export class Segments {
  private list: Segment[];
  private interval: number;
  private kept = 0;
  private clock = 0;

  constructor(
    private readonly program: Program,
    segments: Segment[],
    interval = INTERVAL_FIRST,
    private readonly factsMax = FACTS_MAX,
  ) {
    assert(segments.length > 0, 'A run has a beginning');
    this.list = segments;
    this.interval = interval;
    for (const segment of segments) if (segment !== this.last) this.kept += segment.facts?.length ?? 0;
  }

  get last(): Segment {
    return this.list[this.list.length - 1] as Segment;
  }

  /** Where the head is told what it makes. */
  get open(): Fact[] {
    const { last } = this;
    assert(last.facts, 'The open segment keeps its facts');
    return last.facts;
  }

  /** True when the head has come so far that the next checkpoint is due. */
  isDue(head: World): boolean {
    return head.steps - this.last.world.steps >= this.interval;
  }

  /** Closes the open segment with a checkpoint of the head, which stays the head's own. */
  close(head: World): void {
    this.kept += this.open.length;
    this.list.push({ world: copyWorld(this.program, head), facts: [], used: ++this.clock });
    if (this.list.length > CHECKPOINTS_MAX) this.thin();
    this.letGo();
  }

  /** The last checkpoint that the condition holds for; it must hold for a beginning of the run, the first checkpoint included. */
  lastWhere(holds: (world: World) => boolean): Segment {
    let low = 0;
    let high = this.list.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (holds((this.list[middle] as Segment).world)) low = middle;
      else high = middle - 1;
    }
    return this.list[low] as Segment;
  }

  /** The segment that holds a fact, its facts in memory. */
  holding(seq: number): { readonly facts: readonly Fact[]; readonly first: number } {
    const segment = this.lastWhere((world) => firstFact(world) <= seq);
    segment.used = ++this.clock;
    if (segment.facts === undefined) {
      segment.facts = this.replay(segment);
      this.kept += segment.facts.length;
      this.letGo(segment);
    }
    return { facts: segment.facts, first: firstFact(segment.world) };
  }

  /**
   * The checkpoints that the condition holds for, for a program that has the same beginning. The segment that begins at
   * the last of them is open again.
   */
  adopt(program: Program, holds: (world: World) => boolean): Segments {
    const segments = this.list.filter(({ world }, i) => i === 0 || holds(world)).map((segment) => ({ ...segment }));
    const last = segments[segments.length - 1] as Segment;
    last.facts = [];
    if (last.world.steps === 0) boot(program, last.facts);
    return new Segments(program, segments, this.interval);
  }

  private replay(segment: Segment): Fact[] {
    const next = this.list[this.list.indexOf(segment) + 1];
    assert(next, 'Only closed segments are let go');
    const facts: Fact[] = [];
    const { program } = this;
    const world = segment.world.steps === 0 ? boot(program, facts) : copyWorld(program, segment.world);
    while (world.steps < next.world.steps) assert(step(program, world, facts), 'A replay ended early');
    assert(world.digest === next.world.digest, `A replay told another story before ${world.now} µs`);
    return facts;
  }

  /** Every other checkpoint goes; segments that lose theirs join the one before. */
  private thin(): void {
    this.interval *= 2;
    const thinned: Segment[] = [];
    const open = this.list.pop() as Segment;
    for (let i = 0; i < this.list.length; i += 2) {
      const a = this.list[i] as Segment;
      const b = this.list[i + 1];
      if (b) {
        if (a.facts && b.facts) a.facts = a.facts.concat(b.facts);
        else this.release(a, b);
        a.used = Math.max(a.used, b.used);
      }
      thinned.push(a);
    }
    thinned.push(open);
    this.list = thinned;
  }

  private release(...segments: Segment[]): void {
    for (const segment of segments) {
      this.kept -= segment.facts?.length ?? 0;
      segment.facts = undefined;
    }
  }

  /** Facts that nobody has asked for longest go first. */
  private letGo(wanted?: Segment): void {
    if (this.kept <= this.factsMax) return;
    const open = this.last;
    const byUse = this.list.filter((s) => s !== open && s !== wanted && s.facts !== undefined).sort((a, b) => a.used - b.used);
    for (const segment of byUse) {
      if (this.kept <= this.factsMax * 0.9) return;
      this.release(segment);
    }
  }
}

/** Number of the first fact of a segment. What starting made comes before the first step and belongs to the first one. */
function firstFact(world: World): number {
  return world.steps === 0 ? 0 : world.nextFact;
}
