import type { PartId } from '../../base/index.ts';
import type { Fact, NodeId } from '../../engine/index.ts';
import type { Drawing } from '../types.ts';
import { Life, type OnMove } from './life.ts';
import { leadsLife } from './registry.ts';

/** What a broker and a client have in common at a time. */
interface Connection {
  readonly broker: NodeId;
  readonly client: PartId;
  opened: Fact;
  /** By number, with the fact that opened the connection of its life. */
  readonly channels: Map<number, { readonly life: Life; since: number }>;
}

/** Follows the channels of each client with each broker, by their numbers. */
export class Channels {
  private readonly connections = new Map<string, Connection>();

  constructor(
    private readonly drawing: Drawing,
    private readonly onMove?: OnMove,
  ) {}

  watch(fact: Fact): string | undefined {
    switch (fact.kind) {
      case 'connection.opened':
        return this.connect(fact);
      case 'channel.opened':
        return this.open(fact);
      case 'channel.closed':
        return this.close(fact);
      case 'connection.closed':
        return this.end(fact);
      case 'node.crashed':
        return this.loseBroker(fact);
      case 'part.left':
        return fact.line === '' ? this.loseBroker(fact) : undefined;
      default:
        return undefined;
    }
  }

  private connect(fact: Fact): undefined {
    const client = clientOf(fact);
    const key = keyOf(fact);
    const known = this.connections.get(key);
    if (known) this.reconnect(known, fact);
    else this.connections.set(key, { broker: fact.at, client, opened: fact, channels: new Map() });
  }

  /** Numbers are given from the lowest on: that channel is opened next. */
  private reconnect(connection: Connection, fact: Fact): void {
    connection.opened = fact;
    const lowest = [...connection.channels].sort(([a], [b]) => a - b)[0]?.[1];
    if (lowest?.life.state === 'closed') lowest.life.take(fact.kind, fact);
  }

  private open(fact: Fact): string | undefined {
    const connection = this.connections.get(keyOf(fact));
    if (connection === undefined) return 'its connection was never opened';
    const number = Number(fact.data?.['channel']);
    const known = connection.channels.get(number);
    // Opened twice is a mistake; a number that is used again on the same connection is another channel.
    if (known && (known.life.state === 'open' || known.since !== connection.opened.seq)) {
      if (known.life.state === 'closed') known.life.take('connection.opened', connection.opened);
      known.since = connection.opened.seq;
      return known.life.take(fact.kind, fact);
    }
    if (!leadsLife(this.drawing.parts.get(connection.client)?.kind ?? '', 'channel')) return undefined;
    const life = new Life('channel', connection.client, `${connection.broker} ${number}`, this.onMove);
    connection.channels.set(number, { life, since: connection.opened.seq });
    life.begin(connection.opened);
    return life.take(fact.kind, fact);
  }

  private close(fact: Fact): string | undefined {
    const channel = this.connections.get(keyOf(fact))?.channels.get(Number(fact.data?.['channel']));
    return channel?.life.take(fact.why === 'error' ? `${fact.kind}.error` : fact.kind, fact);
  }

  /** A connection goes, and all its channels that are not closed yet. */
  private end(fact: Fact): string | undefined {
    let text: string | undefined;
    for (const channel of this.connections.get(keyOf(fact))?.channels.values() ?? [])
      if (channel.life.state !== 'closed') text ??= channel.life.take(fact.kind, fact);
    return text;
  }

  private loseBroker(fact: Fact): string | undefined {
    let text: string | undefined;
    for (const { broker, channels } of this.connections.values()) {
      if (broker !== fact.at) continue;
      for (const { life } of channels.values()) if (life.state !== 'closed') text ??= life.take(fact.kind, fact);
    }
    return text;
  }
}

function clientOf({ data }: Fact): PartId {
  return String(data?.['client'] ?? '');
}

function keyOf(fact: Fact): string {
  return `${fact.at} ${clientOf(fact)}`;
}
