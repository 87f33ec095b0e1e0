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
  readonly channels: Map<number, Life>;
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
        return this.end(fact, fact.why === 'error' ? `${fact.kind}.error` : fact.kind);
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
    if (known) known.opened = fact;
    else this.connections.set(key, { broker: fact.at, client, opened: fact, channels: new Map() });
  }

  private open(fact: Fact): string | undefined {
    const connection = this.connections.get(keyOf(fact));
    if (connection === undefined) return 'its connection was never opened';
    const number = Number(fact.data?.['channel']);
    const known = connection.channels.get(number);
    const channel = known ?? new Life('channel', connection.client, `${connection.broker} ${number}`, this.onMove);
    if (known === undefined) {
      if (!leadsLife(this.drawing.parts.get(connection.client)?.kind ?? '', 'channel')) return undefined;
      connection.channels.set(number, channel);
      channel.begin(connection.opened);
    } else if (known.can('connection.opened')) known.take('connection.opened', connection.opened);
    return channel.take(fact.kind, fact);
  }

  private close(fact: Fact): string | undefined {
    const channel = this.connections.get(keyOf(fact))?.channels.get(Number(fact.data?.['channel']));
    return channel?.take(fact.why === 'error' ? `${fact.kind}.error` : fact.kind, fact);
  }

  /** A connection goes, and all its channels that are not closed yet. */
  private end(fact: Fact, event: string): string | undefined {
    let text: string | undefined;
    for (const channel of this.connections.get(keyOf(fact))?.channels.values() ?? [])
      if (channel.state !== 'closed') text ??= channel.take(event, fact);
    return text;
  }

  private loseBroker(fact: Fact): string | undefined {
    let text: string | undefined;
    for (const { broker, channels } of this.connections.values()) {
      if (broker !== fact.at) continue;
      for (const channel of channels.values()) if (channel.state !== 'closed') text ??= channel.take(fact.kind, fact);
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
