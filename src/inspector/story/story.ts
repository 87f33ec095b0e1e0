import type { PartId } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';

export type CopyState =
  | 'moving'
  | 'ready'
  | 'unacked'
  | 'working'
  | 'acked'
  | 'dropped'
  | 'returned'
  | 'expired'
  | 'dead-lettered'
  | 'lost';

/** One of the copies that a routing decision made: what has become of it. */
export interface Copy {
  /** The queue it is for: a part, or a name where the queue is not drawn. */
  readonly place: string;
  readonly state: CopyState;
  /** Who has it in hand. */
  readonly consumer: PartId | undefined;
  readonly redelivered: boolean;
}

/** A message at one moment of the run. */
export interface Present {
  /** Of the whole message; once there are copies, theirs tell more. */
  readonly state: 'unborn' | 'publishing' | 'logged' | 'removed' | 'refused' | CopyState;
  readonly copies: readonly Copy[];
}

/** What became of a message through the first `happened` facts of the run. */
export function presentOf(story: readonly Fact[], happened: number): Present {
  const copies = new Map<string, Copy>();
  const logs = new Set<PartId>();
  let state: Present['state'] = 'unborn';
  for (const fact of story) {
    if (fact.seq >= happened) break;
    state = logState(fact, logs, state) ?? wholeAfter(fact, copies, state);
    const place = placeOf(fact, copies);
    const copy = place === undefined ? undefined : copies.get(place);
    if (copy) copies.set(copy.place, copyAfter(fact, copy));
  }
  return { state, copies: [...copies.values()] };
}

const NEW = { state: 'moving', consumer: undefined, redelivered: false } as const;

/** The whole message's state; a decision and a storing make the copies that they speak of. */
function wholeAfter(fact: Fact, copies: Map<string, Copy>, before: Present['state']): Present['state'] {
  switch (fact.kind) {
    case 'message.published':
      return 'publishing';
    case 'message.routed':
      for (const place of queuesOf(fact)) if (!copies.has(place)) copies.set(place, { place, ...NEW });
      return copies.size > 0 ? 'moving' : before;
    case 'message.stored':
      if (!copies.has(fact.at)) copies.set(fact.at, { place: fact.at, ...NEW });
      return 'ready';
    case 'message.settled':
      return outcomeOf(fact);
    case 'frame.lost':
      return before === 'publishing' ? 'lost' : before;
    default:
      return before;
  }
}

/** What a log says of a message that it keeps, reads and copies of it notwithstanding; undefined where the fact is about something else. */
function logState({ kind, at }: Fact, logs: Set<PartId>, before: Present['state']): Present['state'] | undefined {
  if (kind === 'message.appended' || kind === 'message.replicated') logs.add(at);
  else if (kind === 'message.removed') logs.delete(at);
  // What a producer gives up later may be in the log all the same: its answer was lost.
  else return kind === 'message.refused' && before === 'publishing' ? 'refused' : undefined;
  return logs.size > 0 ? 'logged' : 'removed';
}

function queuesOf({ data }: Fact): readonly string[] {
  const queues = data?.['queues'];
  return Array.isArray(queues) ? queues.map(String) : [];
}

function outcomeOf({ data }: Fact): CopyState {
  const outcome = data?.['outcome'];
  return outcome === 'acked' || outcome === 'returned' || outcome === 'expired' || outcome === 'dead-lettered' ? outcome : 'dropped';
}

function copyAfter(fact: Fact, copy: Copy): Copy {
  switch (fact.kind) {
    case 'message.stored':
      return { ...copy, state: 'ready' };
    case 'message.delivered':
      return { ...copy, state: 'unacked', consumer: String(fact.data?.['consumer']), redelivered: fact.data?.['redelivered'] === true };
    case 'message.requeued':
      return { ...copy, state: 'ready', consumer: undefined, redelivered: true };
    case 'message.settled':
      return { ...copy, state: outcomeOf(fact) };
    case 'work.started':
      return copy.state === 'unacked' ? { ...copy, state: 'working' } : copy;
    case 'work.finished':
    case 'work.failed':
      return copy.state === 'working' ? { ...copy, state: 'unacked' } : copy;
    case 'frame.lost':
      return copy.state === 'moving' ? { ...copy, state: 'lost' } : copy;
    default:
      return copy;
  }
}

/** The copy that a fact speaks of, by its queue; undefined for facts of the whole message. */
function placeOf(fact: Fact, copies: ReadonlyMap<string, { readonly consumer: PartId | undefined }>): string | undefined {
  if (copies.has(fact.at)) return fact.at;
  // A client's fact belongs to the copy that was handed to this client last.
  let found: string | undefined;
  for (const [place, { consumer }] of copies) if (consumer === fact.at) found = place;
  return found;
}

/** The facts of one copy, and those of the whole message before it. */
export function factsOfCopy(story: readonly Fact[], place: string): readonly Fact[] {
  const copies = new Map<string, { consumer: PartId | undefined }>();
  return story.filter((fact) => {
    for (const queue of fact.kind === 'message.routed' ? queuesOf(fact) : fact.kind === 'message.stored' ? [fact.at] : [])
      if (!copies.has(queue)) copies.set(queue, { consumer: undefined });
    if (fact.kind === 'message.routed') return queuesOf(fact).includes(place);
    const own = placeOf(fact, copies);
    const copy = own === undefined ? undefined : copies.get(own);
    if (copy && fact.kind === 'message.delivered') copy.consumer = String(fact.data?.['consumer']);
    return own === undefined || own === place;
  });
}

export type Tone = 'plain' | 'bad' | 'warn' | 'good';

/** What a person must not miss, by its colour; the words say it, too. */
export function toneOf(fact: Fact): Tone {
  const { kind, data } = fact;
  if (kind === 'message.settled') return data?.['outcome'] === 'acked' ? 'good' : 'bad';
  if (kind === 'frame.lost' || kind === 'message.rejected' || kind === 'work.failed' || kind === 'node.crashed') return 'bad';
  if (kind === 'message.routed' && fact.why === 'unroutable') return 'bad';
  if (kind === 'message.requeued' || kind === 'message.returned' || (kind === 'message.delivered' && data?.['redelivered'] === true))
    return 'warn';
  return 'plain';
}
