import type { MessageId } from '../../base/index.ts';
import type { Fact, NodeId } from '../../engine/index.ts';
import { leadsLife } from '../charts/registry.ts';
import { complaint, type Drawing, type Watcher } from '../types.ts';
import { Fates } from './fates.ts';
import { Generations } from './generations.ts';
import { Readers } from './readers.ts';
import { Replication } from './replication.ts';

/** What holds for every system that keeps messages in logs which several nodes copy and groups of readers share. */
export class Logs implements Watcher {
  private readonly replication: Replication;
  private readonly watchers: readonly Watcher[];

  constructor(drawing: Drawing) {
    this.replication = new Replication(drawing.nodeOf);
    const { lanes } = this.replication;
    const isFollowed = ({ at }: Fact) => leadsLife(drawing.parts.get(at)?.kind ?? '', 'record');
    this.watchers = [this.replication, new Fates(lanes, isFollowed), new Readers(drawing, lanes), new Generations()];
  }

  watch(fact: Fact): string | undefined {
    for (const watcher of this.watchers) {
      const text = watcher.watch(fact);
      if (text !== undefined) return complaint(fact, text);
    }
    return undefined;
  }

  /** The messages of a lane in a node, by number, as facts tell them: what the place shows must agree. */
  recordsAt(node: NodeId, lane: string): ReadonlyMap<number, MessageId> | undefined {
    return this.replication.recordsAt(node, lane);
  }
}
