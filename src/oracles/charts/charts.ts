import { initialTransition, type SnapshotFrom, transition } from 'xstate';
import type { PartId } from '../../base/index.ts';
import type { Fact, NodeId } from '../../engine/index.ts';
import { complaint, type NodeOf, type Watcher } from '../types.ts';
import { type ConsumerEvent, consumerChart } from './consumerChart.ts';
import { COPY_OUTCOMES, type CopyEvent, copyChart } from './copyChart.ts';

type CopySnapshot = SnapshotFrom<typeof copyChart>;
type ConsumerSnapshot = SnapshotFrom<typeof consumerChart>;

const COPY_KINDS: { readonly [kind: string]: CopyEvent } = {
  'message.delivered': { type: 'DELIVERED' },
  'message.requeued': { type: 'REQUEUED' },
};
const CONSUMER_KINDS: { readonly [kind: string]: ConsumerEvent } = {
  'message.received': { type: 'RECEIVED' },
  'message.acked': { type: 'ANSWERED' },
  'message.rejected': { type: 'ANSWERED' },
  'work.started': { type: 'WORK_STARTED' },
  'work.finished': { type: 'WORK_ENDED' },
  'work.failed': { type: 'WORK_ENDED' },
  'node.crashed': { type: 'CRASHED' },
  'node.restarted': { type: 'RESTARTED' },
};

/** Runs a chart for every copy and every consumer: a fact that its chart has no arrow for is a complaint. */
export class Charts implements Watcher {
  /** By place, then message. Copies at a node itself stand for several places that are not drawn, so they are left out. */
  private readonly copies = new Map<PartId, Map<number, readonly CopySnapshot[]>>();
  private readonly consumers = new Map<NodeId, ConsumerSnapshot>();

  constructor(private readonly nodeOf: NodeOf) {}

  watch(fact: Fact): string | undefined {
    if (fact.kind === 'node.crashed') this.crash(fact.at);
    const text = this.watchConsumer(fact) ?? this.watchCopy(fact);
    return text === undefined ? undefined : complaint(fact, text);
  }

  /** State of a consumer's chart, for those who draw it. */
  consumerState(node: NodeId): string {
    return String(this.consumers.get(node)?.value ?? 'idle');
  }

  /** State of a copy's chart; undefined when it was never stored there. */
  copyState(place: PartId, message: number): string | undefined {
    const value = this.copies.get(place)?.get(message)?.at(-1)?.value;
    return value === undefined ? undefined : String(value);
  }

  private watchConsumer(fact: Fact): string | undefined {
    if (fact.kind === 'part.left' && fact.line === '') this.consumers.delete(fact.at);
    const event = CONSUMER_KINDS[fact.kind];
    if (event === undefined) return undefined;
    const node = this.nodeOf.get(fact.at) ?? fact.at;
    const before = this.consumers.get(node) ?? initialTransition(consumerChart)[0];
    if (!before.can(event)) return `a consumer that is ${String(before.value)} can't do that`;
    this.consumers.set(node, transition(consumerChart, before, event)[0]);
    return undefined;
  }

  private watchCopy(fact: Fact): string | undefined {
    const { at, kind, message } = fact;
    const node = this.nodeOf.get(at);
    if (message === 0 || node === at) return undefined;
    if (kind === 'message.stored') {
      // Copies that died in several queues may meet again in one.
      const others = (this.copiesAt(at).get(message) ?? []).filter(({ status }) => status !== 'done');
      this.copiesAt(at).set(message, [...others, initialTransition(copyChart)[0]]);
      return undefined;
    }
    const event = kind === 'message.settled' ? COPY_OUTCOMES[String(fact.data?.['outcome'])] : COPY_KINDS[kind];
    if (event === undefined) return kind === 'message.settled' ? 'it ends in no known way' : undefined;
    const copies = this.copies.get(at)?.get(message);
    // What ends at an exchange, or before a full queue, was never stored.
    if (fact.data?.['stored'] === false) return undefined;
    if (copies === undefined) return kind === 'message.settled' ? undefined : 'it was never stored there';
    const index = meant(copies, event, fact);
    if (index < 0) return `a copy that is ${String(copies.at(-1)?.value)} can't do that`;
    const after = transition(copyChart, copies[index] as CopySnapshot, event)[0];
    this.copiesAt(at).set(message, copies.with(index, after));
    return undefined;
  }

  private crash(node: NodeId): void {
    for (const [place, copies] of this.copies) {
      if (this.nodeOf.get(place) !== node) continue;
      for (const [message, copy] of copies)
        copies.set(
          message,
          copy.map((one) => (one.status === 'done' ? one : transition(copyChart, one, { type: 'CRASHED' })[0])),
        );
    }
  }

  private copiesAt(place: PartId): Map<number, readonly CopySnapshot[]> {
    let copies = this.copies.get(place);
    if (copies === undefined) {
      copies = new Map();
      this.copies.set(place, copies);
    }
    return copies;
  }
}

/** Of several copies, which one a fact speaks of: what a client has settled had been handed out, what else ends stood there. */
function meant(copies: readonly CopySnapshot[], event: CopyEvent, { why }: Fact): number {
  const isClients = event.type === 'ACKED' || why === 'rejected';
  const first = copies.findIndex((copy) => copy.can(event) && (copy.value === 'handedOut') === isClients);
  return first >= 0 ? first : copies.findIndex((copy) => copy.can(event));
}
