import type { PartId } from '../../base/index.ts';
import type { Fact, NodeId } from '../../engine/index.ts';
import { complaint, type Drawing, type Watcher } from '../types.ts';
import { Channels } from './channels.ts';
import { Copies } from './copies.ts';
import { GroupMembers } from './groupMembers.ts';
import { Groups } from './groups.ts';
import type { OnMove } from './life.ts';
import { Members } from './members.ts';
import { Records } from './records.ts';
import { Roles } from './roles.ts';
import { Subscriptions } from './subscriptions.ts';
import { Workers } from './workers.ts';

/** Follows every life that has a chart: a fact that its chart has no arrow for is a complaint. */
export class Charts implements Watcher {
  private readonly copies: Copies;
  private readonly subscriptions: Subscriptions;
  private readonly channels: Channels;
  private readonly workers: Workers;
  private readonly members: Members;
  /** Lives of logs, their clusters and their readers. */
  private readonly others: readonly Watcher[];
  /** What a consumer has to complain of while a copy moves. */
  private aside: string | undefined;

  constructor(drawing: Drawing, onMove?: OnMove) {
    this.subscriptions = new Subscriptions(drawing, onMove);
    this.channels = new Channels(drawing, onMove);
    this.workers = new Workers(drawing, onMove);
    this.members = new Members(drawing, onMove);
    this.others = [Records, Roles, Groups, GroupMembers].map((Follower) => new Follower(drawing, onMove));
    this.copies = new Copies(drawing, (life, move, fact) => {
      onMove?.(life, move, fact);
      this.aside ??= this.subscriptions.watchCopy(life, move, fact);
    });
  }

  watch(fact: Fact): string | undefined {
    this.aside = undefined;
    const text =
      this.workers.watch(fact) ??
      this.copies.watch(fact) ??
      this.aside ??
      this.subscriptions.watch(fact) ??
      this.channels.watch(fact) ??
      this.members.watch(fact) ??
      this.watchOthers(fact);
    return text === undefined ? undefined : complaint(fact, text);
  }

  private watchOthers(fact: Fact): string | undefined {
    let text: string | undefined;
    for (const follower of this.others) text ??= follower.watch(fact);
    return text;
  }

  /** State of a node as one that works. */
  workerState(node: NodeId): string {
    return this.workers.stateOf(node);
  }

  /** State of a message in a place; undefined when it is not there (any more). */
  copyState(place: PartId, message: number): string | undefined {
    return this.copies.stateOf(message, place);
  }
}
