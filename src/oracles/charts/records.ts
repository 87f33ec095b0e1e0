import type { MessageId, PartId } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';
import { laneKey, numberIn } from '../logs/lane.ts';
import type { Drawing } from '../types.ts';
import { Life, type OnMove } from './life.ts';
import { leadsLife } from './registry.ts';

/** A record at a number of a lane, and the places that have it. */
interface Entry {
  readonly life: Life;
  readonly index: number;
  readonly lane: string;
  readonly message: MessageId;
  readonly holders: Set<PartId>;
}

interface Account {
  readonly published: Fact;
  publication: Life | undefined;
  entries: readonly Entry[];
}

/** Follows the records of logs, each from its publication on: one life for every time that it was appended. */
export class Records {
  private readonly accounts = new Map<MessageId, Account>();
  /** By lane: what is there and not over, by number. Several at one number: one of them will be cut off. */
  private readonly lanes = new Map<string, Set<Entry>>();

  constructor(
    private readonly drawing: Drawing,
    private readonly onMove?: OnMove,
  ) {}

  watch(fact: Fact): string | undefined {
    if (fact.message === 0) return this.watchLane(fact);
    if (fact.kind === 'message.published') return this.publish(fact);
    const account = this.accounts.get(fact.message);
    return account && this.watchKnown(account, fact);
  }

  private publish(fact: Fact): undefined {
    if (!leadsLife(this.drawing.parts.get(fact.at)?.kind ?? '', 'record')) return;
    const publication = new Life('record', '', '', this.onMove);
    publication.begin(fact);
    this.accounts.set(fact.message, { published: fact, publication, entries: [] });
  }

  private watchKnown(account: Account, fact: Fact): string | undefined {
    switch (fact.kind) {
      case 'message.appended':
        return this.append(account, fact);
      case 'message.replicated':
        entryAt(account, fact)?.holders.add(fact.at);
        return undefined;
      case 'message.removed':
        return this.remove(account, fact);
      case 'message.received':
        return entryAt(account, fact, 'offset')?.life.take(fact.kind, fact);
      case 'message.duplicate':
        return entryAt(account, fact)?.life.take(fact.kind, fact);
      case 'message.confirmed':
      case 'message.refused':
        // Sent again after a new leader has cut it off, it is the later one that is meant.
        return (account.publication ?? account.entries.find(({ life }) => !life.isOver)?.life)?.take(fact.kind, fact);
      default:
        return undefined;
    }
  }

  private append(account: Account, fact: Fact): string | undefined {
    const lane = laneKey(fact);
    if (lane === undefined) return undefined;
    const { publication } = account;
    // One that was cut off, or that only others have and will lose, is no second one.
    const isThere = account.entries.some((entry) => entry.lane === lane && entry.holders.has(fact.at) && !entry.life.isOver);
    const life = new Life('record', fact.at, '', this.onMove);
    life.begin(account.published);
    const text = life.take(isThere ? `${fact.kind}.again` : fact.kind, fact);
    publication?.take(fact.kind, fact);
    account.publication = undefined;
    const entry: Entry = { life, lane, index: numberIn(fact.data, 'index'), message: fact.message, holders: new Set([fact.at]) };
    account.entries = [...account.entries, entry];
    const known = this.lanes.get(lane);
    if (known) known.add(entry);
    else this.lanes.set(lane, new Set([entry]));
    return text;
  }

  private remove(account: Account, fact: Fact): string | undefined {
    const entry = entryAt(account, fact);
    if (entry === undefined) return undefined;
    entry.holders.delete(fact.at);
    // A copy's end is no record's end, unless it was the last.
    if (fact.data?.['isCopy'] === true && entry.holders.size > 0) return undefined;
    this.lanes.get(entry.lane)?.delete(entry);
    return entry.life.take(fact.why === 'truncated' ? `${fact.kind}.truncated` : fact.kind, fact);
  }

  private watchLane(fact: Fact): string | undefined {
    const { kind, at, data } = fact;
    switch (kind) {
      case 'watermark.advanced':
        return this.tell(fact, laneKey(fact), numberIn(data, 'offset'), ({ life, holders }) => holders.has(at) && WAITS.has(life.state));
      case 'offset.committed':
        return this.tell(fact, String(data?.['partition']), numberIn(data, 'offset'), ({ life }) => life.state === 'read');
      default:
        return undefined;
    }
  }

  /** Something holds for all records before a number. */
  private tell(fact: Fact, lane: string | undefined, end: number, isMeant: (entry: Entry) => boolean): string | undefined {
    let text: string | undefined;
    for (const entry of this.lanes.get(lane ?? '') ?? [])
      if (entry.index < end && isMeant(entry)) text ??= entry.life.take(fact.kind, fact);
    return text;
  }
}

/** Those that wait for everybody in sync. */
const WAITS: ReadonlySet<string> = new Set(['appended', 'duplicate']);

function entryAt({ entries }: Account, fact: Fact, name = 'index'): Entry | undefined {
  const lane = laneKey(fact);
  const index = numberIn(fact.data, name);
  return entries.find((entry) => entry.index === index && entry.lane === lane && !entry.life.isOver);
}
