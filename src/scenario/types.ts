import type { ColourBy, JsonObject, LineId, Micros, PartId } from '../base/index.ts';

/** Settings of one part, line or intervention: what its field table describes. Defaults are left out. */
export type Config = JsonObject;

/** Something drawn: a node (can crash alone) or a place inside a node. `kind` is `protocol/what`. */
export interface Part {
  readonly id: PartId;
  readonly kind: string;
  /** What people read, and the name that the simulated system knows it by. Text, never markup. */
  readonly name: string;
  /** Middle of the shape in canvas pixels, whole numbers; absolute, also inside a region. */
  readonly x: number;
  readonly y: number;
  /** The node that holds this place (an exchange's broker). */
  readonly parent?: PartId;
  /** Regions only (a broker's box): size in canvas pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly config: Config;
}

export interface Line {
  readonly id: LineId;
  readonly kind: string;
  readonly from: PartId;
  readonly to: PartId;
  readonly config: Config;
}

/** Times that make the invisible visible, and where the run ends. Field table: `scenario/settings.ts`. */
export interface Settings {
  /** Teaching time of a frame between client and broker. */
  readonly latency: Micros;
  /** Teaching time of a hop inside a broker (exchange → queue); 0 keeps the real order. */
  readonly hop: Micros;
  /** Where the run ends, unless an intervention comes later. */
  readonly until: Micros;
  /** How long a cut line stays unnoticed: the heartbeat time-out of both ends. */
  readonly detect: Micros;
  readonly colourBy: ColourBy;
}

/** The document: what the author drew. */
export interface Scenario {
  /** Id of the gallery scenario that this began as, or ''. Its title and introduction stand in where these are ''. */
  readonly from: string;
  readonly title: string;
  readonly intro: string;
  readonly parts: readonly Part[];
  readonly lines: readonly Line[];
  readonly settings: Settings;
}

/**
 * Something a person did at a time of a run. The engine itself knows crash, restart, join, leave, cut, heal and
 * reconfigure; every other verb (publish, purge, pause, resume …) is handed to the kernel that owns the target.
 * At equal times an intervention comes after all that the run does by itself, and interventions come in array order.
 */
export interface Intervention {
  readonly at: Micros;
  readonly verb: string;
  /** A part or a line. */
  readonly target: PartId | LineId;
  /** reconfigure: the changed fields; publish: the message and how many; others: {}. */
  readonly args: Config;
}

/** The scenario beside the scenario, stored as its differences. `scenario/variant.ts` makes and applies it. */
export interface Variant {
  readonly title: string;
  /** Per part or line: changed fields of config; null puts a field back to its default. */
  readonly configs: { readonly [id: string]: Config };
  readonly without: readonly string[];
  readonly parts: readonly Part[];
  readonly lines: readonly Line[];
}

/** What a link shares: scenario + seed + interventions, and perhaps a variant to run beside it on the same clock. */
export interface Run {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Engine version that the run was made with. */
  readonly engine: number;
  /** In order of `at`. */
  readonly interventions: readonly Intervention[];
  readonly variant?: Variant;
}

/** An author's or a stranger's mistake: what is wrong, where, what to do. Keys are looked up in the i18n catalogue. */
export interface Problem {
  /** Part or line id, or a path such as `settings.latency`; '' = the whole. */
  readonly where: string;
  readonly field?: string;
  /** i18n key `problem.<key>`. */
  readonly key: string;
  /** i18n key `remedy.<remedy>`. */
  readonly remedy?: string;
  readonly args?: { readonly [name: string]: string | number };
}
