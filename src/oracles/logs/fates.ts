import type { MessageId } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';
import { type Lane, laneKey, numberIn } from './lane.ts';

/** One record: what its producer knows of it, and how often it was written. */
interface Account {
  readonly lane: string | undefined;
  /** '' as long as the producer does not know. */
  fate: '' | 'confirmed' | 'refused';
  written: number;
}

/**
 * Every record is published once and has at most one fate; what was confirmed with a number is what the log has at that
 * number; and what waited for all in sync lies below the high watermark when it is confirmed.
 */
export class Fates {
  private readonly accounts = new Map<MessageId, Account>();

  constructor(
    private readonly lanes: ReadonlyMap<string, Lane>,
    private readonly isFollowed: (fact: Fact) => boolean,
  ) {}

  watch(fact: Fact): string | undefined {
    const { kind, message } = fact;
    if (message === 0) return undefined;
    if (kind === 'message.published') return this.publish(fact);
    const account = this.accounts.get(message);
    if (account === undefined) return kind === 'message.replicated' ? 'a record that nobody has published' : undefined;
    switch (kind) {
      case 'message.appended':
        return append(account, fact);
      case 'message.refused':
        return refuse(account);
      case 'message.confirmed':
        return this.confirm(account, fact);
      case 'message.read':
      case 'message.received':
        return account.written === 0 ? 'it was never written' : undefined;
      default:
        return undefined;
    }
  }

  /** Records without any fate. */
  pending(): readonly MessageId[] {
    return [...this.accounts].filter(([, { fate }]) => fate === '').map(([message]) => message);
  }

  private publish(fact: Fact): string | undefined {
    if (!this.isFollowed(fact)) return undefined;
    if (this.accounts.has(fact.message)) return 'a record is published once';
    this.accounts.set(fact.message, { lane: laneKey(fact), fate: '', written: 0 });
    return undefined;
  }

  private confirm(account: Account, { message, data }: Fact): string | undefined {
    if (account.fate !== '') return `it was ${account.fate} before`;
    account.fate = 'confirmed';
    const offset = numberIn(data, 'offset');
    if (offset < 0) return data?.['acks'] === '0' ? undefined : 'it was confirmed without a number';
    const lane = this.lanes.get(account.lane ?? '');
    if (!lane?.written.get(offset)?.has(message)) return `number ${offset} is not this record`;
    if (data?.['acks'] === 'all' && lane.watermark <= offset) return `number ${offset} is above the high watermark ${lane.watermark}`;
    return undefined;
  }
}

function append(account: Account, fact: Fact): string | undefined {
  if (laneKey(fact) !== account.lane) return `it was published for ${account.lane ?? 'no partition'}`;
  account.written++;
  return undefined;
}

function refuse(account: Account): string | undefined {
  if (account.fate !== '') return `it was ${account.fate} before`;
  account.fate = 'refused';
  return undefined;
}
