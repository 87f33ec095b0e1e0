import {
  AssertionError,
  broken,
  type JsonObject,
  type LineId,
  type MessageId,
  type Micros,
  nextBelow,
  type PartId,
  randomStream,
  remembered,
} from '../base/index.ts';
import type { Config } from '../scenario/index.ts';
import { Digester } from './digest.ts';
import { type Drawing, drawingOf } from './drawing.ts';
import { LIMITS, type LimitName } from './limits.ts';
import type { Context, Fact, Flight, Frame, Input, Kernel, NodeId, Program, Timer, Wiring, World } from './types.ts';
import { linkKey } from './world.ts';

interface Hop {
  readonly type: 'frame';
  readonly from: PartId;
  readonly to: PartId;
  readonly line: LineId;
  readonly frame: Frame;
  readonly cause: number;
}
const NO_HOPS: Hop[] = [];
const NO_FACTS: Fact[] = [];

/**
 * The one Context of a program, lent to one kernel at a time. Between steps it holds nothing that a world needs: what
 * lasts is in the World.
 */
export class StepContext implements Context {
  now: Micros = 0 as Micros;
  booting = false;
  world!: World;
  drawing!: Drawing;

  private facts: Fact[] = NO_FACTS;
  /** Number of the first fact that would be one too many in this step. */
  private factsUpTo = 0;
  private node: NodeId = '';
  private kernel!: Kernel;
  private wired!: Wiring;
  /** What the kernel reacts to. */
  private cause = -1;
  /** The last fact of this reaction: what frames and timers are due to. */
  private latest = -1;
  private isDying = false;
  private readonly latency: Micros;
  private readonly hop: Micros;
  /** Frames that arrive within this step, in order of sending. */
  private hops: Hop[] = [];
  private hopsDone = 0;
  /** Frames of the boot to nodes that have not started yet. */
  private early: Hop[] = NO_HOPS;
  private readonly digester = new Digester();

  constructor(readonly program: Program) {
    const { settings } = program.run.scenario;
    this.latency = settings.latency;
    this.hop = settings.hop;
  }

  /** Opens a step: from here on everything happens in this world, and facts go there. */
  open(world: World, facts: Fact[]): void {
    this.world = world;
    this.facts = facts;
    this.now = world.now;
    if (this.drawing === undefined || world.present !== this.drawing.present) this.redraw(drawingOf(this.program, world.interventions));
    this.hopsDone = 0;
    world.stepFact = world.nextFact;
    this.factsUpTo = Math.min(LIMITS.facts, world.nextFact + LIMITS.factsPerStep);
  }

  /** Shows another drawing: after an intervention has changed it, or in a world that was at another point of the run. */
  redraw(drawing: Drawing): void {
    this.drawing = drawing;
    // Whoever is entered next looks at the new drawing.
    this.node = '';
    this.world.present = drawing.present;
    this.world.reconfigured = drawing.reconfigured;
  }

  /** Hands something to a node that is up, then all that it causes within this step. False when there is no such node now. */
  deliver(node: NodeId, input: Input, cause: number): boolean {
    const state = this.enter(node, cause);
    if (state === undefined) return false;
    try {
      this.kernel.receive(state, input, this);
    } catch (error) {
      throw this.located(error);
    }
    if (this.hops.length > 0) this.drain();
    return true;
  }

  start(node: NodeId, cause: number): void {
    this.enter(node, cause);
    try {
      this.world.nodes.set(node, this.kernel.start(this));
    } catch (error) {
      throw this.located(error);
    }
    this.drain();
  }

  crash(node: NodeId, isClean: boolean, cause: number): void {
    const state = this.enter(node, cause);
    // A clean end may say farewell, like leaving; a crash says nothing.
    this.isDying = !isClean;
    try {
      if (isClean && this.kernel.stop) this.kernel.stop(state, this);
      else this.kernel.crash(state, this);
    } catch (error) {
      throw this.located(error);
    } finally {
      this.isDying = false;
    }
  }

  leave(node: NodeId, cause: number): void {
    const state = this.enter(node, cause);
    try {
      this.kernel.leave(state, this);
    } catch (error) {
      throw this.located(error);
    }
    this.drain();
  }

  /** Ends the boot: frames to nodes that had not started yet arrive now. */
  endBoot(): void {
    const early = this.early;
    this.early = NO_HOPS;
    for (const hop of early) this.hops.push(hop);
    this.drain();
    this.booting = false;
  }

  /** True when the node runs: there, and not crashed. */
  isUp(node: NodeId): boolean {
    return this.world.nodes.has(node) && !this.world.down.has(node);
  }

  /** The run can't go on: says so once. */
  halt(limit: LimitName, at: PartId): void {
    if (this.world.halted !== '') return;
    this.record('limit.reached', at, 0, '', '', { limit, value: LIMITS[limit] }, this.cause);
    this.world.halted = limit;
  }

  /** A fact of the engine's own. */
  record(kind: string, at: PartId, message: MessageId, line: LineId, why: string, data: JsonObject | undefined, cause: number): number {
    const world = this.world;
    const seq = world.nextFact++;
    const fact: Fact = { seq, time: this.now, cause, kind, at, message, line, why, data };
    world.digest = this.digester.add(world.digest, fact);
    this.facts.push(fact);
    return seq;
  }

  /** A frame reached nobody. */
  lose(flight: { from: PartId; to: PartId; line: LineId; frame: Frame }, why: 'down' | 'cut' | 'gone', cause: number): void {
    const { message, messages, verb } = flight.frame;
    const lost = messages?.map(({ id }) => id) ?? [message?.id ?? 0];
    // Of a batch each message is told: each has a story of its own.
    for (const id of lost) this.record('frame.lost', flight.to, id, flight.line, why, { verb }, cause);
  }

  // What kernels see.

  get wiring(): Wiring {
    return this.wired;
  }

  config<C = Config>(id: PartId | LineId): C {
    return this.drawing.config(id) as C;
  }

  send(from: PartId, to: PartId, line: LineId, frame: Frame, notBefore?: Micros): Micros {
    const now = this.now;
    if (this.isDying) return now;
    const target = this.nodeOf(to);
    const isInside = target === this.node;
    const delay = this.booting ? 0 : isInside ? this.hop : this.latency;
    let arrivesAt = (now + delay) as Micros;
    if (notBefore !== undefined && notBefore > arrivesAt) arrivesAt = notBefore;
    if (arrivesAt === now && (isInside || this.booting)) this.hops.push({ type: 'frame', from, to, line, frame, cause: this.latest });
    else this.launch(from, to, line, frame, arrivesAt, target, this.latest);
    return arrivesAt;
  }

  wake(timer: Timer, after: Micros): number {
    const { world, node } = this;
    const id = world.nextSeq++;
    if (this.isDying) return id;
    if (!(after >= 0 && Number.isSafeInteger(after))) broken(`A timer after ${after} µs`);
    if (world.agenda.size >= LIMITS.agenda) this.halt('agenda', node);
    else
      world.agenda.push({
        at: (this.now + after) as Micros,
        seq: id,
        node,
        life: this.life(node),
        cause: this.latest,
        type: 'timer',
        timer,
      });
    return id;
  }

  end(): void {
    const { world, node, now } = this;
    world.agenda.push({ at: now, seq: world.nextSeq++, node, life: this.life(node), cause: this.latest, type: 'end' });
  }

  forget(timer: number): void {
    const { forgotten, agenda } = this.world;
    forgotten.add(timer);
    if (forgotten.size <= agenda.size + 64) return;
    // Some were forgotten after they had gone off; they would stay for ever.
    const pending = new Set<number>();
    for (const appointment of agenda) pending.add(appointment.seq);
    for (const id of forgotten) if (!pending.has(id)) forgotten.delete(id);
  }

  fact(kind: string, at: PartId, message = 0, line = '', why = '', data?: JsonObject, cause = this.cause): number {
    const world = this.world;
    if (world.nextFact >= this.factsUpTo) this.halt(world.nextFact >= LIMITS.facts ? 'facts' : 'factsPerStep', at);
    if (world.halted !== '') return this.latest;
    this.latest = this.record(kind, at, message, line, why, data, cause);
    return this.latest;
  }

  chance(perMille: number): boolean {
    return this.random(1_000) < perMille;
  }

  random(below: number): number {
    const { world, node } = this;
    let stream = world.random.get(node);
    if (stream === undefined) {
      stream = randomStream(this.program.run.seed, node);
      world.random.set(node, stream);
    }
    return nextBelow(stream, below);
  }

  mint(): MessageId {
    const world = this.world;
    if (world.nextMessage > LIMITS.messages) this.halt('messages', this.node);
    return world.nextMessage++;
  }

  // Inside.

  /** Puts a flight on its way; over a cut link it waits. */
  launch(from: PartId, to: PartId, line: LineId, frame: Frame, arrivesAt: Micros, target: NodeId, cause: number): void {
    const { world, now } = this;
    const id = world.nextFlight++;
    const flight: Flight = { type: 'frame', id, line, from, to, sentAt: now, arrivesAt, frame, cause };
    if (world.cut.size > 0 && this.isHeld(flight, target, cause)) return;
    if (world.flights.size >= LIMITS.flights || world.agenda.size >= LIMITS.agenda) {
      this.halt(world.flights.size >= LIMITS.flights ? 'flights' : 'agenda', from);
      return;
    }
    world.flights.set(id, flight);
    world.agenda.push({ at: arrivesAt, seq: world.nextSeq++, node: target, life: this.life(target), cause, type: 'arrival', flight });
  }

  life(node: NodeId): number {
    const { lives } = this.world;
    return lives.size === 0 ? 0 : (lives.get(node) ?? 0);
  }

  /** True when the link is cut: the flight is held, or lost when the cut has been noticed already. */
  private isHeld(flight: Flight, target: NodeId, cause: number): boolean {
    const { world } = this;
    const cutAt = world.cut.get(linkKey(this.nodeOf(flight.from), target));
    if (cutAt === undefined) return false;
    if (this.now >= cutAt + this.program.run.scenario.settings.detect) {
      this.lose(flight, 'cut', cause);
    } else if (world.flights.size >= LIMITS.flights) {
      this.halt('flights', flight.from);
    } else {
      world.flights.set(flight.id, flight);
      world.held.push(flight);
    }
    return true;
  }

  private enter(node: NodeId, cause: number): unknown {
    this.cause = cause;
    this.latest = cause;
    if (this.node !== node) {
      const wired = this.drawing.wiring(node);
      this.node = node;
      this.wired = wired;
      this.kernel = wired.kernel;
    }
    return this.world.nodes.get(node);
  }

  private drain(): void {
    const { hops } = this;
    // The list grows while it is walked.
    for (let i = 0; i < hops.length; i++) {
      if (++this.hopsDone > LIMITS.framesPerStep) {
        this.halt('framesPerStep', this.node);
        break;
      }
      this.arrive(hops[i] as Hop);
    }
    hops.length = 0;
  }

  private arrive(hop: Hop): void {
    const node = this.nodeOf(hop.to);
    const state = this.enter(node, hop.cause);
    if (state === undefined && this.booting && this.drawing.present.has(node)) {
      if (this.early === NO_HOPS) this.early = [];
      this.early.push(hop);
      return;
    }
    if (state === undefined || this.world.down.has(node)) {
      this.lose(hop, state === undefined ? 'gone' : 'down', hop.cause);
      return;
    }
    try {
      this.kernel.receive(state, hop, this);
    } catch (error) {
      throw this.located(error);
    }
  }

  private nodeOf(part: PartId): NodeId {
    const node = this.program.nodeOf.get(part);
    return node ?? broken(`No part ${part} in this program`);
  }

  /** A programmer's mistake, with what is needed to see it again. The hops of the broken step are dropped with it. */
  private located(error: unknown): AssertionError {
    this.hops.length = 0;
    if (error instanceof AssertionError && error.cause !== undefined) return error;
    const text = error instanceof Error ? error.message : String(error);
    const { run } = this.program;
    const where = `seed ${run.seed}, ${this.now} µs, step ${this.world.steps}, node ${this.node} (${this.kernel?.kind})`;
    return new AssertionError(`${text} [${where}]`, { cause: error });
  }
}

/** The program's context. One is enough: steps never overlap. */
export const contextOf = remembered((program: Program) => new StepContext(program));
