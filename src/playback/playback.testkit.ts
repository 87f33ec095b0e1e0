import { fail, type Micros, micros, ok, type Result } from '../base/index.ts';
import type { Catalogue, Fact, Problem, Program, Run, Timeline, World } from '../engine/index.ts';
import { createPlayback } from './playback.ts';
import type { Playback } from './types.ts';

/** One appointment of a scripted run: when, and the kinds of the facts that it makes. */
export interface ScriptedStep {
  readonly at: number;
  readonly facts: readonly string[];
}

export interface Script {
  readonly end: number;
  readonly steps: readonly ScriptedStep[];
}

/** The script travels in the scenario's title; so a run stays plain data. */
export function scriptedRun(script: Script, more: Partial<Run> = {}): Run {
  const settings = { latency: micros(0), hop: micros(0), until: micros(script.end), detect: micros(0), colourBy: 'key' as const };
  const scenario = { from: '', title: JSON.stringify(script), intro: '', parts: [], lines: [], settings };
  return { scenario, seed: 7, engine: 1, interventions: [], ...more };
}

function worldAt(now: number, steps: number, stepFact: number, facts: number): World {
  const empty = { flights: new Map(), nodes: new Map(), down: new Set<string>(), present: new Set<string>(), cut: new Map() };
  return { now, steps, stepFact, nextFact: facts, digest: steps, halted: '', ...empty } as unknown as World;
}

/** A timeline that walks a script; every appointment costs `cost` on the hand-driven clock. */
export class ScriptedTimeline implements Timeline {
  readonly program: Program;
  readonly script: Script;
  /** The program whose past this one took over. */
  readonly forkedFrom: Program | undefined;
  private readonly spend: () => void;
  private readonly all: readonly Fact[];
  private readonly lastFactOf: readonly number[];
  private taken = 0;
  private at = 0;
  private headSteps = 0;
  private headTime = 0;
  version = 0;

  constructor(program: Program, spend: () => void, forkedFrom?: Program) {
    this.program = program;
    this.spend = spend;
    this.forkedFrom = forkedFrom;
    this.script = JSON.parse(program.run.scenario.title) as Script;
    const facts: Fact[] = [];
    this.lastFactOf = this.script.steps.map((step) => {
      for (const kind of step.facts) {
        const seq = facts.length;
        facts.push({ seq, time: micros(step.at), cause: -1, kind, at: 'x', message: 0, line: '', why: '', data: undefined });
      }
      return facts.length;
    });
    this.all = facts;
  }

  get world() {
    const stepFact = this.taken < 2 ? 0 : (this.lastFactOf[this.taken - 2] as number);
    return worldAt(this.at, this.taken, stepFact, this.factsHappened);
  }
  get time() {
    return this.at as Micros;
  }
  get factsHappened() {
    return this.taken === 0 ? 0 : (this.lastFactOf[this.taken - 1] as number);
  }
  get known() {
    const facts = this.headSteps === 0 ? 0 : (this.lastFactOf[this.headSteps - 1] as number);
    const complete = this.headSteps === this.script.steps.length;
    return { time: micros(complete ? this.script.end : this.headTime), facts, steps: this.headSteps, complete };
  }
  advance(appointments: number) {
    for (let i = 0; i < appointments && this.headSteps < this.script.steps.length; i++) this.take();
    return this.known.complete;
  }
  private take() {
    if (this.script.steps[this.headSteps]?.facts.includes('boom')) throw new Error('queue depth must not be negative');
    this.spend();
    this.headTime = (this.script.steps[this.headSteps] as ScriptedStep).at;
    this.headSteps += 1;
    this.version += 1;
  }
  seek(time: Micros, appointments = Number.POSITIVE_INFINITY) {
    if (time < this.at) this.taken = this.script.steps.filter((step) => step.at <= time).length;
    let budget = appointments;
    while ((this.script.steps[this.taken]?.at ?? Number.POSITIVE_INFINITY) <= time) {
      if (budget-- <= 0) {
        this.at = this.script.steps[this.taken - 1]?.at ?? 0;
        return false;
      }
      if (this.taken === this.headSteps) this.take();
      this.taken += 1;
    }
    this.at = time;
    this.version += 1;
    return true;
  }
  seekFact(seq: number) {
    this.taken = this.lastFactOf.findIndex((last) => seq < last) + 1;
    this.headSteps = Math.max(this.headSteps, this.taken);
    this.at = (this.script.steps[this.taken - 1] as ScriptedStep).at;
    this.version += 1;
  }
  fact(seq: number) {
    return seq < this.known.facts ? this.all[seq] : undefined;
  }
  facts(from: number, to: number) {
    return this.all.slice(from, to);
  }
  factsUntil(time: Micros) {
    return this.all.filter((fact) => fact.time <= time).length;
  }
  neighbour(direction: 1 | -1, wanted: (fact: Fact) => boolean, appointments: number) {
    if (direction > 0) {
      this.advance(Math.min(appointments, this.taken + 1));
      for (let budget = appointments; ; ) {
        const found = this.all.slice(this.factsHappened, this.known.facts).find(wanted);
        if (found || this.known.complete || budget-- <= 0) return found;
        this.take();
      }
    }
    const before = this.taken < 2 ? 0 : (this.lastFactOf[this.taken - 2] as number);
    return this.all.slice(0, before).findLast(wanted);
  }
  view(): undefined {
    return undefined;
  }
  isCut(): boolean {
    return false;
  }
  first(): undefined {
    return undefined;
  }
  story(): readonly Fact[] {
    return [];
  }
  density(buckets: number) {
    return new Uint32Array(buckets);
  }
  fork(program: Program) {
    return new ScriptedTimeline(program, this.spend, this.program);
  }
}

export interface Hand {
  readonly playback: Playback;
  /** Lets one frame pass after so many real milliseconds. */
  frame(millis?: number): void;
  frames(count: number, millis?: number): void;
  timeline(side?: 0 | 1): ScriptedTimeline;
  /** Real milliseconds so far, work included. */
  now(): number;
}

/** A playback whose clock and frames are turned by hand. `costMillis`: real time that each appointment takes. */
export function byHand(costMillis = 0): Hand {
  let clock = 1_000;
  let pending: (() => void)[] = [];
  const spend = () => {
    clock += costMillis;
  };
  const playback = createPlayback({} as Catalogue, {
    now: () => clock,
    requestFrame: (frame) => pending.push(frame),
    compile: (run): Result<Program, readonly Problem[]> => {
      if (run.scenario.intro) return fail([{ where: '', key: run.scenario.intro }]);
      return ok({ run, lines: [], end: run.scenario.settings.until } as unknown as Program);
    },
    createTimeline: (program) => new ScriptedTimeline(program, spend),
  });
  const frame = (millis = 16) => {
    clock += millis;
    const now = pending;
    pending = [];
    for (const each of now) each();
  };
  return {
    playback,
    now: () => clock,
    frame,
    frames: (count, millis) => {
      for (let i = 0; i < count; i++) frame(millis);
    },
    timeline: (side = 0) => playback.snapshot().sides[side]?.timeline as ScriptedTimeline,
  };
}

export const second = 1_000_000;
/** Five facts in ten seconds, two of them at one time. */
export const simple: Script = {
  end: 10 * second,
  steps: [
    { at: 1 * second, facts: ['message.published'] },
    { at: 2 * second, facts: ['message.routed'] },
    { at: 2 * second, facts: ['message.stored'] },
    { at: 5 * second, facts: ['message.delivered', 'work.started'] },
    { at: 8 * second, facts: ['message.acked'] },
  ],
};

export function loaded(script: Script = simple, cost = 0): Hand {
  const hand = byHand(cost);
  hand.playback.load([scriptedRun(script)], { keepTime: false });
  return hand;
}

export const step = (hand: Hand, direction: 1 | -1, interesting = false) => hand.playback.send({ type: 'STEP', direction, interesting });
