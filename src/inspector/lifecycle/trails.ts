import { type PartId, ZERO } from '../../base/index.ts';
import type { Fact, Program, Timeline } from '../../engine/index.ts';
import { type Arrow, CHARTS, type Chart, Charts, Copies, type Life, leadsLife, type Move } from '../../oracles/index.ts';

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
const BIRTH = { seq: -1, time: ZERO, event: '', from: '' } as const;
/** Facts taken at once between two looks at the clock. */
const CHUNK = 2_000;

/** The lives of all parts of a run, folded from its facts in order, each once. Those of messages are folded when asked for. */
export class PartLives {
  readonly nodeFacts: Fact[] = [];
  /** Facts taken so far. */
  taken = 0;
  private readonly charts: Charts;
  private readonly trails = new Map<string, Trail & { readonly moves: Move[] }>();

  constructor(program: Program) {
    this.charts = new Charts(program, (life, move) => this.add(life, move));
    // A process is idle from its start, although no fact says so.
    const { worker } = CHARTS;
    for (const { id, kind } of program.parts.values())
      if (leadsLife(kind, 'worker')) this.trail('worker', id, '').moves.push({ ...BIRTH, to: worker.initial });
  }

  /** Takes facts that are known until `isSpent`; true when there are no more. */
  catchUp(timeline: Timeline, isSpent: () => boolean): boolean {
    while (this.taken < timeline.known.facts) {
      const to = Math.min(timeline.known.facts, this.taken + CHUNK);
      for (const fact of timeline.facts(this.taken, to)) {
        this.charts.watch(fact);
        if (NODE_FACTS.has(fact.kind) && fact.line === '') this.nodeFacts.push(fact);
      }
      this.taken = to;
      if (isSpent()) break;
    }
    return this.taken >= timeline.known.facts;
  }

  /** The lives that a part leads: chart after chart, those of one chart in the order in which they began. */
  of(owner: PartId): readonly Trail[] {
    const own = [...this.trails.values()].filter((trail) => trail.owner === owner);
    return Object.values(CHARTS).flatMap((chart) => own.filter((trail) => trail.chart === chart));
  }

  private add({ name, owner, detail, chart }: Life, move: Move): void {
    if (name === 'message') return;
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
 * The lives of one message, one a copy, from all facts of its story and those of nodes; its life before it is in any place
 * where it never got further, or began again. In the order in which they began.
 */
export function messageTrails(program: Program, story: readonly Fact[], nodeFacts: readonly Fact[]): readonly Trail[] {
  const trails = new Map<Life, Move[]>();
  const copies = new Copies(program, (life, move) => {
    const moves = trails.get(life);
    if (moves) moves.push(move);
    else trails.set(life, [move]);
  });
  for (const fact of [...story, ...nodeFacts].sort((a, b) => a.seq - b.seq)) copies.watch(fact);
  const all = [...trails].map(([{ chart, owner, detail }, moves], index) => ({ key: String(index), chart, owner, detail, moves }));
  // A publication that became copies goes on in them.
  return all.filter(({ owner, moves }) => owner !== '' || moves.at(-1)?.to !== 'routed' || all.length === 1);
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

export function pathOf({ chart, moves }: Trail, happened: number): Path {
  let low = 0;
  let high = moves.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moves[middle] as Move).seq < happened) low = middle + 1;
    else high = middle;
  }
  const visits = new Map<string, number>();
  const taken = new Map<Arrow, number>();
  let latest: Arrow | undefined;
  for (let i = 0; i < low; i++) {
    const { from, to, event } = moves[i] as Move;
    visits.set(to, (visits.get(to) ?? 0) + 1);
    latest = from === '' ? undefined : chart.arrowOf(from, to, event);
    if (latest) taken.set(latest, (taken.get(latest) ?? 0) + 1);
  }
  return { count: low, state: moves[low - 1]?.to ?? '', visits, taken, latest };
}
