import type { PartId } from '../base/index.ts';
import type { Fact, NodeId } from '../engine/index.ts';

/** Watches facts from outside, one after the other. The first sentence about what is broken is the last word. */
export interface Watcher {
  watch(fact: Fact): string | undefined;
}

/** The one thing that facts do not tell: which node a part belongs to. `program.nodeOf` is one. */
export type NodeOf = { get(part: PartId): NodeId | undefined };

/** A sentence that leads to the fact. */
export function complaint(fact: Fact, text: string): string {
  return `Fact ${fact.seq} at ${fact.time} µs (${fact.kind} of m${fact.message} at ${fact.at}): ${text}`;
}
