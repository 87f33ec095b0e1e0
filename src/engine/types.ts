import type { JsonObject, LineId, MessageId, Micros, PartId, RandomState, RisingMap } from '../base/index.ts';
import type { Config, FieldTable, Intervention, Line, Part, Problem, Run, Scenario, Trait, Vocabulary } from '../scenario/index.ts';
import type { Agenda } from './agenda.ts';
import type { Description } from './viewTypes.ts';

export * from './viewTypes.ts';

export type NodeId = PartId;

/** What every system's message has; packs extend it. Frozen: copies and checkpoints share it. */
export interface Message {
  readonly id: MessageId;
  /** Routing key, partition key, subject: what colours it. */
  readonly key: string;
  /** The node that published it. */
  readonly producer: PartId;
  readonly body: string;
  /** Work that a consumer has with it, in its own unit (see the consumer's fields). */
  readonly weight: number;
}

/** One protocol verb on its way (`basic.publish`, `basic.ack` …). Plain frozen data. */
export interface Frame {
  readonly verb: string;
  readonly message?: Message;
  /** Several at once: shown as a stack. */
  readonly messages?: readonly Message[];
}

/** A frame between `sentAt` and `arrivesAt`: what the stage paints, and what its receiver is handed. Immutable. */
export interface Flight {
  readonly type: 'frame';
  readonly id: number;
  /** The drawn line it travels, or '' when there is none (conformance clients). */
  readonly line: LineId;
  readonly from: PartId;
  readonly to: PartId;
  readonly sentAt: Micros;
  readonly arrivesAt: Micros;
  readonly frame: Frame;
  /** Seq of the fact that sent it. */
  readonly cause: number;
}

/** Something that happened. All facts have this one shape, so that a million of them stay cheap. */
export interface Fact {
  /** 0, 1, 2 … without gaps. */
  readonly seq: number;
  readonly time: Micros;
  /** Seq of the fact that led to this one, or -1. */
  readonly cause: number;
  readonly kind: string;
  /** The part where it happened. */
  readonly at: PartId;
  readonly message: MessageId;
  readonly line: LineId;
  /** Reason key (`why.<key>` in the catalogues), or ''. */
  readonly why: string;
  readonly data: JsonObject | undefined;
}

export type Input =
  /** `from` and `to` are parts: a client, an exchange, a queue. Inside one node both belong to it. */
  | { readonly type: 'frame'; readonly line: LineId; readonly from: PartId; readonly to: PartId; readonly frame: Frame }
  | { readonly type: 'timer'; readonly timer: Timer }
  /** A person's deed on a part or line of this node: publish, purge, pause, resume … A line's deeds go to the node it begins at. */
  | { readonly type: 'command'; readonly verb: string; readonly target: PartId | LineId; readonly args: Config }
  /**
   * A place or line of this node joined, left or was reconfigured; `x.wiring` already shows the new state. A place
   * comes before its lines, so a line may leave whose place is gone already. A node that is down hears nothing of it:
   * it finds the new wiring at `restarted`.
   */
  | {
      readonly type: 'wiring';
      readonly change: 'joined' | 'left' | 'reconfigured';
      readonly id: PartId | LineId;
      /** Reconfigured: what was set. */
      readonly fields?: readonly string[];
    }
  /**
   * The connection with another node broke (`closed`: its end went away; `heartbeat`: a cut was noticed) or can be made
   * again. A node may be told twice that a peer is away (it crashed, then the link was cut as well).
   */
  | { readonly type: 'peer'; readonly node: NodeId; readonly up: boolean; readonly why: 'closed' | 'heartbeat' | 'back' }
  /** This node runs again after a crash; `crash` has left what the disk keeps. */
  | { readonly type: 'restarted' };

export type Timer = JsonObject & { readonly name: string };

/** The present drawing as one node sees it. Shared and read-only. */
export interface Wiring {
  /** This node's own part. */
  readonly self: Part;
  /** Places inside this node, in document order. */
  readonly places: readonly Part[];
  /** Lines that begin or end at this node or its places, implied ones included, in document order. */
  readonly lines: readonly Line[];
  /** Any present part of the scenario. */
  part(id: PartId): Part | undefined;
  line(id: LineId): Line | undefined;
  /** Lines of a kind that begin at this node's own part. */
  linesOut(kind: string): readonly Line[];
  /** Lines that lead to a part, whoever's they are: what a client declares along with its queue. */
  linesTo(id: PartId): readonly Line[];
  /** Nodes inside a container, in document order. */
  nodesIn(id: PartId): readonly Part[];
  /** Every present part of a kind, in document order. */
  partsOf(kind: string): readonly Part[];
  /** The node that a part belongs to (itself, for a node or a container). */
  nodeOf(id: PartId): NodeId;
}

export interface Context {
  readonly now: Micros;
  /** True inside `start` at time 0: sessions are set up in no time, the run begins when everyone is connected. */
  readonly booting: boolean;
  readonly wiring: Wiring;
  /** Configuration of a part or line with defaults filled in and reconfigurations applied. */
  config<C = Config>(id: PartId | LineId): C;
  /**
   * Sends a frame from a part of this node to a part of this or another node, along a drawn line ('' if none).
   * It takes the scenario's latency between nodes, its hop time inside one, nothing while booting. A hop of 0
   * arrives within the same step, after `receive` returns, in order of sending. `notBefore` keeps first-in-first-out
   * where paths differ in length. Returns the time of arrival.
   */
  send(from: PartId, to: PartId, line: LineId, frame: Frame, notBefore?: Micros): Micros;
  /** A timer of this node; it dies with a crash. Returns an id for `forget`. */
  wake(timer: Timer, after: Micros): number;
  forget(timer: number): void;
  /** This process ends in good order (`Kernel.stop`) when what it is just doing is done. */
  end(): void;
  /** Records a fact; returns its seq. Cause: what this node is just reacting to, unless given. */
  fact(kind: string, at: PartId, message?: MessageId, line?: LineId, why?: string, data?: JsonObject, cause?: number): number;
  /** True `perMille` times in a thousand, from this node's own stream. */
  chance(perMille: number): boolean;
  /** A whole number in [0, below), from this node's own stream. */
  random(below: number): number;
  mint(): MessageId;
}

/** The behaviour of one node kind. State is plain data without closures; only `receive` and its kin change it. */
export interface Kernel<State = unknown> {
  readonly kind: string;
  /** i18n keys of what is modelled and what is not; shown on screen. */
  readonly models: string;
  readonly omits: readonly string[];
  start(x: Context): State;
  receive(state: State, input: Input, x: Context): void;
  /** What memory loses; what is left is what the disk keeps. Facts may be made; a dying process sends nothing and sets no timer. */
  crash(state: State, x: Context): void;
  /** A clean stop (an intervention `stop`): as `crash`, but the process ends in good order. Without it nothing can be stopped cleanly. */
  stop?(state: State, x: Context): void;
  /** An intervention `stop` comes as a command of that name: the process goes on until it calls `Context.end`. */
  readonly endsItself?: boolean;
  /** Clean departure of this node (an intervention `leave`): may send farewells. Its peers see the connection closed after them. */
  leave(state: State, x: Context): void;
  /** Containers copied, frozen things shared. */
  copy(state: State): State;
  describe(state: State, wiring: Wiring): Description;
  /** A sentence about what is broken, or undefined. */
  invariants(state: State): string | undefined;
}

/** How a frame looks on the stage. */
export type Mark = 'message' | 'ack' | 'nack' | 'fetch' | 'control' | 'replica' | 'heartbeat';

/** A frame under the name that its protocol's own documents have for it. */
export interface FrameName {
  readonly name: string;
  /** '': neither, or the name says it. */
  readonly role: 'request' | 'response' | '';
}

export interface Pack {
  readonly protocol: string;
  readonly kernels: ReadonlyMap<string, Kernel>;
  readonly vocabulary: Vocabulary;
  readonly marks: { readonly [verb: string]: Mark };
  /** What its frames are called among people, where that is not their verb; undefined for what is not its own. */
  frameName?(verb: string): FrameName | undefined;
  /** Fields of the message that a person publishes by hand (verb `publish`). */
  readonly messageFields: FieldTable;
}

/** All packs as one: what `compile` and the editor see. Made in `protocols/catalogue.ts`. */
export interface Catalogue extends Vocabulary {
  readonly kernels: ReadonlyMap<string, Kernel>;
  readonly marks: { readonly [verb: string]: Mark };
  frameName(verb: string): FrameName;
  /** By kind of the target of `publish`. */
  messageFields(kind: string): FieldTable;
  check(scenario: Scenario): readonly Problem[];
  /** How the frames of a kind's system look. */
  marksOf(kind: string): ReadonlySet<Mark>;
  /** What the systems of these parts have; where no messages are drawn, what any has. */
  traitsOf(parts: Iterable<Pick<Part, 'kind'>>): ReadonlySet<Trait>;
  /** The system whose messages these parts have, so that its own words are the right ones; '' for none or several. */
  speaks(parts: Iterable<Pick<Part, 'kind'>>): string;
}

export type Appointment = {
  readonly at: Micros;
  /** A timer is forgotten by it. */
  readonly seq: number;
  readonly node: NodeId;
  /** Incarnation of the node it was made for: a crash makes older timers void, and frames to an older life are lost. */
  readonly life: number;
  readonly cause: number;
} /** Void unless the flight is still under this id in `flights`. */ & (
  | { readonly type: 'arrival'; readonly flight: Flight }
  | { readonly type: 'timer'; readonly timer: Timer }
  | { readonly type: 'peer'; readonly peer: NodeId; readonly up: boolean; readonly why: 'closed' | 'heartbeat' | 'back' }
  | { readonly type: 'end' }
);

/** Mutable inside `step`, read-only outside. Keys are ids, so that a checkpoint outlives parts that join later. */
export interface World {
  now: Micros;
  /** Appointments and interventions taken so far. */
  steps: number;
  /** Number of the first fact of the last step: facts [stepFact, nextFact) happened in it. */
  stepFact: number;
  /** Steps taken at `now`: how a cycle that takes no time is noticed. */
  instantSteps: number;
  nextSeq: number;
  nextFact: number;
  nextFlight: number;
  nextMessage: MessageId;
  /** How many interventions have been applied. */
  interventions: number;
  /** Rolling hash of all facts so far. */
  digest: number;
  agenda: Agenda<Appointment>;
  /** By number. */
  flights: RisingMap<Flight>;
  nodes: Map<NodeId, unknown>;
  down: Set<NodeId>;
  /** Parts and lines that are there at this moment, implied lines included. Shared with copies: replaced, never changed. */
  present: ReadonlySet<PartId | LineId>;
  /** Links that are cut: `linkKey` of the two nodes → when. */
  cut: Map<string, Micros>;
  /** Flights that wait for a cut link to heal, in order. They are in `flights` as well; `progressOf` tells where they stand. */
  held: Flight[];
  /** News of crashes and returns that wait for a cut link to heal, in order. */
  heldNews: Appointment[];
  /** Fields changed by reconfigurations; null = back to the default. Shared with copies: replaced, never changed. */
  reconfigured: ReadonlyMap<PartId | LineId, Config>;
  lives: Map<NodeId, number>;
  random: Map<NodeId, RandomState>;
  forgotten: Set<number>;
  /** Set when a limit was reached and the run can't go on: the key of the limit. */
  halted: string;
}
export type ReadonlyWorld = Readonly<
  Omit<
    World,
    'agenda' | 'flights' | 'nodes' | 'down' | 'present' | 'cut' | 'held' | 'heldNews' | 'reconfigured' | 'lives' | 'random' | 'forgotten'
  >
> & {
  readonly agenda: { readonly size: number };
  readonly flights: Pick<RisingMap<Flight>, 'size' | 'values'>;
  readonly nodes: ReadonlyMap<NodeId, unknown>;
  readonly down: ReadonlySet<NodeId>;
  readonly present: ReadonlySet<PartId | LineId>;
  readonly cut: ReadonlyMap<string, Micros>;
};

/** A run made ready to execute: checked, defaults filled in, kernels looked up. Made by `compile`. */
export interface Program {
  readonly run: Run;
  readonly catalogue: Catalogue;
  /** Document's lines and the implied ones, also those that only a later reconfiguration implies. */
  readonly lines: readonly Line[];
  /** Where the run ends: `settings.until`, or later if an intervention is. Appointments at that very time still happen. */
  readonly end: Micros;
  /** The document's parts by id. */
  readonly parts: ReadonlyMap<PartId, Part>;
  /** The node that each part belongs to: a place's is its parent, anything else's is itself. */
  readonly nodeOf: ReadonlyMap<PartId, NodeId>;
  /** Nodes in the order in which they start: those that hold places first, each group in document order. */
  readonly nodes: readonly NodeId[];
  /** Kernel of each node. */
  readonly kernels: ReadonlyMap<NodeId, Kernel>;
  /** In order of time, without those that have no target on this side of a pair. */
  readonly interventions: readonly Intervention[];
}

export type { Config, Intervention, Line, Part, Problem, Run };
