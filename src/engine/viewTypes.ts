import type { LineId, MessageId, Micros, PartId } from '../base/index.ts';

/** One message as shown in a place. */
export interface Cell {
  readonly message: MessageId;
  readonly key: string;
  readonly producer: PartId;
  readonly redelivered: boolean;
}

/** One numbered cell of a lane. Never changed: lanes, copies and checkpoints share it. */
export interface LaneCell extends Cell {
  /** Its number in the lane. */
  readonly at: number;
  /** Not a message: a mark that the system itself has written (a transaction's end). Its `message` is 0. */
  readonly isControl?: boolean;
  /** A message that says "this key is gone". */
  readonly isTombstone?: boolean;
}

/** Cells in ascending order, numbers may be missing; `first` is that of the first cell, or where the next one will go. */
export interface LaneChunk {
  readonly first: number;
  readonly cells: readonly LaneCell[];
}

/** A row of numbered cells that reading does not empty: a partition of a log. Only what is visible of it is drawn. */
export interface Lane {
  /** Unique in its part: '0', '1' … */
  readonly key: string;
  /** i18n key `value.<role>`: leader, follower, outOfSync, offline … */
  readonly role: string;
  /** It leads: pointers of readers are drawn on it. */
  readonly isLeader: boolean;
  /** Numbers [start, end) are kept. */
  readonly start: number;
  readonly end: number;
  readonly chunks: readonly LaneChunk[];
  /** How many cells that are: fewer than numbers when some have been taken out between others. See `keptIn`. */
  readonly kept: number;
  /** Marks between cells, before number `at`: i18n key `mark.<key>`. */
  readonly marks: readonly { readonly key: string; readonly at: number }[];
}

/** Where a reader stands in a lane; told by whoever knows it (a client its position, a coordinator what is committed). */
export interface Pointer {
  /** Name of the lanes' parts: the same in every node that holds a copy. */
  readonly store: string;
  readonly lane: string;
  /** The number that is next. */
  readonly at: number;
  readonly kind: 'position' | 'committed';
  /** The reader: a client's or a group's part. */
  readonly reader: PartId;
}

export interface Member {
  /** Its part; undefined when that is not drawn any more. */
  readonly part: PartId | undefined;
  /** What it is called in there. */
  readonly id: string;
  /** Assigned to it, `<store>-<lane>`. */
  readonly lanes: readonly string[];
}

/** A request that has come to a part and is kept back there until there is something to answer. */
export interface Waiting {
  readonly line: LineId;
  /** Who asked. */
  readonly from: PartId;
  readonly verb: string;
}

export interface Badge {
  /** i18n key `badge.<key>`. */
  readonly key: string;
  /** `office`: it holds it at this moment, another one may later. `kind`: says better than the name of its kind what it is. */
  readonly as: 'office' | 'kind';
}

/** What stage and inspector show of a part. No protocol words in its structure; those are in the keys. */
export interface PartView {
  /**
   * `paused`: a person holds it. `hung`: it does nothing more by itself. `blocked`: it waits for others. `failed`: it has come to
   * an end by an error. `unstarted`: its time has not come.
   */
  readonly status: 'up' | 'down' | 'paused' | 'hung' | 'blocked' | 'failed' | 'unstarted' | 'absent';
  /** What it is beyond its kind, to be seen at a glance. */
  readonly badges?: readonly Badge[];
  /** A store of messages in their order: head first. At most `CELLS_SHOWN` cells each; the counts are whole. */
  readonly store?: {
    readonly ready: readonly Cell[];
    readonly readyCount: number;
    readonly unacked: readonly Cell[];
    readonly unackedCount: number;
    /** These are copies of what another place holds (a follower, a disk): facts tell of that one. */
    readonly isCopy?: boolean;
    /** Not a queue but a buffer: what is in it is on its way. */
    readonly isBuffer?: boolean;
  };
  readonly lanes?: readonly Lane[];
  readonly pointers?: readonly Pointer[];
  /** Who is in a container, as it is known to whoever looks after it: one that has died may be in it for a while yet. */
  readonly members?: readonly Member[];
  /** Requests that are not answered yet, oldest first; those on their way are flights. */
  readonly waiting?: readonly Waiting[];
  /** Work in progress, oldest first. */
  readonly work?: readonly { readonly cell: Cell; readonly from: Micros; readonly until: Micros }[];
  /** Prefetch window; limit 0 = none. */
  readonly window?: { readonly used: number; readonly limit: number };
  /** Short figures for the node's face and the inspector: i18n key `figure.<key>`. `role`: what it is in charge of. `waitsFor`: why it is `blocked`. */
  readonly figures: readonly { readonly key: string; readonly value: number | string | boolean }[];
  /** Tables for the inspector: i18n keys `detail.<key>`, `column.<key>`. */
  readonly details: readonly {
    readonly key: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly (string | number | boolean)[])[];
  }[];
}
/** Parts of one node by id: the node itself and its places, and containers that it looks after (a coordinator its groups). */
export type Description = ReadonlyMap<PartId, PartView>;
export const CELLS_SHOWN = 24;
