import type { PartId } from '../base/index.ts';
import type { Fact, NodeId } from '../engine/index.ts';

/** Watches facts from outside, one after the other. The first sentence about what is broken is the last word. */
export interface Watcher {
  watch(fact: Fact): string | undefined;
}

/** What facts do not tell: which node a part belongs to. `program.nodeOf` is one. */
export type NodeOf = { get(part: PartId): NodeId | undefined };

/** What was drawn, as far as lives depend on it: whose parts are whose, and of which kind. A `Program` is one. */
export interface Drawing {
  readonly nodeOf: NodeOf;
  readonly parts: { get(part: PartId): { readonly kind: string; readonly parent?: PartId } | undefined };
}

/** A sentence that leads to the fact. */
export function complaint(fact: Fact, text: string): string {
  return `Fact ${fact.seq} at ${fact.time} µs (${fact.kind} of m${fact.message} at ${fact.at}): ${text}`;
}
