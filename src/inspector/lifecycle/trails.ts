import { type PartId, ZERO } from '../../base/index.ts';
import type { Fact, Program, Timeline } from '../../engine/index.ts';
import {
  type Arrow,
  CHARTS,
  type Chart,
  type ChartName,
  Charts,
  Copies,
  type Life,
  laneOf,
  leadsLife,
  type Move,
  Records,
} from '../../oracles/index.ts';

/** All moves of one life that are known, in order: what lies behind the playhead and what lies ahead. */
export interface Trail {
  readonly key: string;
  readonly chart: Chart;
  /** The part that leads the life; for a message, the place where it does, or '' while it is in none. */
  readonly owner: PartId;
  /** What tells several lives of one owner apart: the line of a consumer, broker and number of a channel. */
  readonly detail: string;
  readonly moves: readonly Move[];
}

/** Facts of nodes as a whole, which are in no message's story and yet move it. */
const NODE_FACTS: ReadonlySet<string> = new Set(['node.restarted', 'part.joined', 'part.left', 'replica.role']);
/** Facts of lanes that are in no message's story and yet move it. */
const LANE_FACTS: ReadonlySet<string> = new Set(['watermark.advanced', 'offset.committed']);
/** Lives of messages: they are folded when asked for. */
const OF_MESSAGES: ReadonlySet<ChartName> = new Set(['message', 'record']);
/** Lives that begin with the run, although no fact says so. */
const FROM_START: readonly ChartName[] = ['worker', 'broker'];
/** Where the life of a publication goes on in those of its copies. */
const PASSED_ON: ReadonlySet<string> = new Set(['routed', 'appended']);
const BIRTH = { seq: -1, time: ZERO, event: '', from: '' } as const;
/** Facts taken at once between two looks at the clock. */
const CHUNK = 500;

/** The lives of all parts of a run, folded from its facts in order, each once. Those of messages are folded when asked for. */
export class PartLives {
  readonly nodeFacts: Fact[] = [];
  /** By lane. */
  private readonly laneFacts = new Map<string, Fact[]>();
  /** Facts taken so far. */
  taken = 0;
  private readonly charts: Charts;
  private readonly trails = new Map<string, Trail & { readonly moves: Move[] }>();

  constructor(program: Program) {
    this.charts = new Charts(program, (life, move) => this.add(life, move));
    for (const name of FROM_START)
      for (const { id, kind } of program.parts.values())
        if (leadsLife(kind, name)) this.trail(name, id, '').moves.push({ ...BIRTH, to: CHARTS[name].initial });
  }

  /** Takes facts that are known until `isSpent`; true when there are no more. */
  catchUp(timeline: Timeline, isSpent: () => boolean): boolean {
    while (this.taken < timeline.known.facts) {
      const to = Math.min(timeline.known.facts, this.taken + CHUNK);
      for (const fact of timeline.facts(this.taken, to)) {
        this.charts.watch(fact);
        if (NODE_FACTS.has(fact.kind) && fact.line === '') this.nodeFacts.push(fact);
        if (LANE_FACTS.has(fact.kind)) this.noteLane(fact);
      }
      this.taken = to;
      if (isSpent()) break;
    }
    return this.taken >= timeline.known.facts;
  }

  /** What has happened besides its own story that may move a message: to nodes, and to the lanes that it is in. */
  about(story: readonly Fact[]): readonly Fact[] {
    const lanes = new Set(story.map(laneOf));
    return [...this.nodeFacts, ...[...lanes].flatMap((lane) => this.laneFacts.get(lane ?? '') ?? [])];
  }

  private noteLane(fact: Fact): void {
    const lane = laneOf(fact);
    if (lane === undefined) return;
    const facts = this.laneFacts.get(lane);
    if (facts) facts.push(fact);
    else this.laneFacts.set(lane, [fact]);
  }

  /** The lives that a part leads: chart after chart, those of one chart in the order in which they began. */
  of(owner: PartId): readonly Trail[] {
    const own = [...this.trails.values()].filter((trail) => trail.owner === owner);
    return Object.values(CHARTS).flatMap((chart) => own.filter((trail) => trail.chart === chart));
  }

  private add({ name, owner, detail, chart }: Life, move: Move): void {
    if (OF_MESSAGES.has(name)) return;
    const { moves } = this.trail(name, owner, detail);
    if (move.from !== '' || moves.at(-1)?.to !== chart.initial) moves.push(move);
  }

  private trail(name: keyof typeof CHARTS, owner: PartId, detail: string): Trail & { readonly moves: Move[] } {
    const key = `${name} ${owner} ${detail}`;
    let trail = this.trails.get(key);
    if (trail === undefined) {
      trail = { key, chart: CHARTS[name], owner, detail, moves: [] };
      this.trails.set(key, trail);
    }
    return trail;
  }
}

const known = new WeakMap<Timeline, PartLives>();

/** The lives of a timeline's parts: panels share them, and they go with the timeline. */
export function livesOf(timeline: Timeline): PartLives {
  let lives = known.get(timeline);
  if (!lives) {
    lives = new PartLives(timeline.program);
    known.set(timeline, lives);
  }
  return lives;
}

/**
 * The lives of one message, one a copy, from all facts of its story and those about it (`PartLives.about`); its life before it is in any place
 * where it never got further, or began again. In the order in which they began.
 */
export function messageTrails(program: Program, story: readonly Fact[], facts: readonly Fact[]): readonly Trail[] {
  const trails = new Map<Life, Move[]>();
  const note = (life: Life, move: Move) => {
    const moves = trails.get(life);
    if (moves) moves.push(move);
    else trails.set(life, [move]);
  };
  const followers = [new Copies(program, note), new Records(program, note)];
  for (const fact of [...story, ...facts].sort((a, b) => a.seq - b.seq)) for (const follower of followers) follower.watch(fact);
  const all = [...trails].map(([{ chart, owner, detail }, moves], index) => ({ key: String(index), chart, owner, detail, moves }));
  // A publication that became copies goes on in them.
  return all.filter(({ owner, moves }) => owner !== '' || !PASSED_ON.has(moves.at(-1)?.to ?? '') || all.length === 1);
}

/** How far a life has come when so many facts have happened. */
export interface Path {
  /** Moves behind the playhead: moves[0, count). */
  readonly count: number;
  /** The present state; '' before the life began. */
  readonly state: string;
  /** How often each state was entered. */
  readonly visits: ReadonlyMap<string, number>;
  /** How often each arrow was taken, and which was the last. */
  readonly taken: ReadonlyMap<Arrow, number>;
  readonly latest: Arrow | undefined;
}

/** Moves between two tallies that are kept: a life may have hundreds of thousands, and is looked at ten times a second. */
const TALLY_EVERY = 512;

interface Tally {
  readonly visits: Map<string, number>;
  readonly taken: Map<Arrow, number>;
}
const tallies = new WeakMap<readonly Move[], Tally[]>();

export function pathOf(trail: Trail, happened: number): Path {
  const { chart, moves } = trail;
  const count = movesBefore(moves, happened);
  const { visits, taken } = tallyAt(trail, count);
  const last = moves[count - 1];
  const latest = last === undefined || last.from === '' ? undefined : chart.arrowOf(last.from, last.to, last.event);
  return { count, state: last?.to ?? '', visits, taken, latest };
}

/** The present state alone; '' before the life began. */
export function stateOf({ moves }: Trail, happened: number): string {
  return moves[movesBefore(moves, happened) - 1]?.to ?? '';
}

function movesBefore(moves: readonly Move[], happened: number): number {
  let low = 0;
  let high = moves.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moves[middle] as Move).seq < happened) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What has been visited and taken after so many moves, from the nearest tally that is kept. */
function tallyAt({ chart, moves }: Trail, count: number): Tally {
  let kept = tallies.get(moves);
  if (!kept) {
    kept = [{ visits: new Map(), taken: new Map() }];
    tallies.set(moves, kept);
  }
  for (let known = kept.length; known * TALLY_EVERY <= count; known++)
    kept.push(tallied(kept[known - 1] as Tally, chart, moves, (known - 1) * TALLY_EVERY, known * TALLY_EVERY));
  const nearest = Math.floor(count / TALLY_EVERY);
  return tallied(kept[nearest] as Tally, chart, moves, nearest * TALLY_EVERY, count);
}

function tallied(before: Tally, chart: Chart, moves: readonly Move[], from: number, to: number): Tally {
  const visits = new Map(before.visits);
  const taken = new Map(before.taken);
  for (let i = from; i < to; i++) {
    const move = moves[i] as Move;
    visits.set(move.to, (visits.get(move.to) ?? 0) + 1);
    const arrow = move.from === '' ? undefined : chart.arrowOf(move.from, move.to, move.event);
    if (arrow) taken.set(arrow, (taken.get(arrow) ?? 0) + 1);
  }
  return { visits, taken };
}
