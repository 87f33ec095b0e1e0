import type { LineId, PartId } from '../../../base/index.ts';
import type { NodeId } from '../../../engine/index.ts';
import type { AmqpMessage, Table } from '../amqp/index.ts';
import type { Policy } from '../policy/policies.ts';
import type { AwayConsumer } from './cluster/frames.ts';
import type { Unwritten } from './disk.ts';
import type { HeadersPattern } from './headers.ts';
import type { PermissionConfig } from './permissions.ts';
import type { Publisher, RouteHop, RoutePlan } from './plan.ts';
import type { QueueRequest } from './queues.ts';
import type { QueueRules } from './rules.ts';
import type { Settlement } from './settle.ts';
import type { Transaction } from './transactions.ts';

/*
 * What a broker node holds. Plain data without closures; `copy.ts` copies the containers and shares what never changes
 * (entries, bindings, unacked records, messages). Names follow the broker's own words.
 */

/** A message at its position in a queue. Shared by checkpoints: never changed. */
export interface Entry {
  /** Position: a requeued message goes back to where it was, by this number. */
  readonly seq: number;
  readonly message: AmqpMessage;
  readonly redelivered: boolean;
  /** When it expires, in µs; 0 = never. */
  readonly expiry: number;
  /** Its priority in this queue: higher ones stand before it, whenever they came. */
  readonly rank: number;
  /** How often it has come back from a consumer; quorum queues count. */
  readonly returns: number;
}

/** A delivery that waits for its acknowledgement, in its channel. Never changed. */
export interface Unacked {
  readonly tag: number;
  readonly entry: Entry;
  readonly queue: number;
  /** Undefined for basic.get, which belongs to no consumer. */
  readonly consumerTag: string | undefined;
  /** The tag that the queue's home knows it by, when the queue is away; 0 = it is here. */
  readonly remoteTag: number;
  /** When it was delivered, in µs. */
  readonly since: number;
}

export type ExchangeType = 'direct' | 'fanout' | 'topic' | 'headers';

/** One binding. Never changed: rebinding makes a new one. */
export interface Binding {
  readonly source: string;
  readonly destination: string;
  readonly toExchange: boolean;
  readonly key: string;
  readonly arguments: Table;
  /** What makes it the same binding when it is bound again: arguments in order of their names, with types. */
  readonly identity: string;
  /** Drawn lines that stand for it; none when a client made it and nothing is drawn. */
  readonly lines: readonly LineId[];
  /** Words of the key, for topic exchanges. */
  readonly words: readonly string[];
  /** Conditions, for headers exchanges. */
  readonly pattern: HeadersPattern | undefined;
}

export interface Exchange {
  readonly name: string;
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: Table;
  /** Where goes what no binding matches: its argument or a policy says so. */
  alternate: string | undefined;
  /** The drawn part, or ''. */
  part: PartId;
  /** Bindings that begin here, in order of binding. */
  bindings: Binding[];
  /** Messages published here, and those that reached no queue: figures for its view. */
  published: number;
  unroutable: number;
}

export type QueueType = 'classic' | 'quorum' | 'stream';
export type GroupKind = 'quorum' | 'mirror';

/** A message that a leader has taken, and that too few members have. Never changed. */
export interface Pending {
  readonly index: number;
  readonly entry: Entry;
  readonly line: LineId;
  readonly publisher: Publisher | undefined;
  readonly front: NodeId;
  readonly number: number;
  readonly sender: string;
}

/** What the leader of a replicated queue knows of its members. */
export interface Group {
  readonly kind: GroupKind;
  /** All members in their order, this one included. */
  members: readonly NodeId[];
  /** Members within reach that follow, and those of them that have everything. */
  following: readonly NodeId[];
  synced: readonly NodeId[];
  term: number;
  /** Number of the last change. */
  index: number;
  /** How far each follower has come. */
  matched: ReadonlyMap<NodeId, number>;
  /** From which message on each has all that came. */
  joined: ReadonlyMap<NodeId, number>;
  pending: readonly Pending[];
  /** The last number taken from each sender. */
  enqueued: ReadonlyMap<string, number>;
  /** Messages that somebody held when the leader before was lost; their fronts will say so. */
  limbo: readonly { readonly entry: Entry; readonly front: NodeId }[];
}

/** A follower's copy of a queue. */
export interface Replica {
  readonly kind: GroupKind;
  role: 'follower' | 'candidate' | 'stopped';
  members: readonly NodeId[];
  leader: NodeId;
  term: number;
  /** In which term it gave its vote last. */
  votedIn: number;
  votes: number;
  index: number;
  /** How long a frame to the leader takes, in µs. */
  lag: number;
  synced: readonly NodeId[];
  entries: Map<number, Entry>;
  out: Map<number, NodeId>;
  enqueued: Map<string, number>;
}

/** A durable queue whose home is down. Never changed. */
export interface AbsentQueue {
  readonly request: QueueRequest;
  readonly drawn: PartId;
  readonly home: NodeId;
  readonly why: 'down' | 'timeout';
}

export interface Queue {
  /** Number of this very queue: one deleted and declared again is another. */
  readonly id: number;
  readonly name: string;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  /** The connection that owns an exclusive queue, or ''. */
  readonly owner: PartId;
  readonly arguments: Table;
  readonly type: QueueType;
  readonly singleActive: boolean;
  /** From its arguments and the policy that holds for it. */
  rules: QueueRules;
  /** Timer of the head's expiry and when it goes off; 0 = none. */
  ttlTimer: number;
  ttlAt: number;
  /** Timer of an unused queue's own end; 0 = none. */
  expiresTimer: number;
  /** This node's own part that shows it, or ''. */
  part: PartId;
  /** The part it was drawn as, on whatever node, or ''. */
  drawn: PartId;
  /** The node that has its messages; '' = this one. */
  home: NodeId;
  /** At a front: copies that a quorum queue's leader may not have got yet, and the number of the next. Replaced, never changed. */
  kept: readonly RouteHop[];
  nextHop: number;
  /** Set where a replicated queue is led. */
  group: Group | undefined;
  /** Ready messages from `head` on, in order of `seq`; what is before `head` has been taken. */
  ready: Entry[];
  head: number;
  nextSeq: number;
  unacked: number;
  /** Consumers that may take a message, in their order: highest priority first, then by turn. */
  active: Consumer[];
  /** The single active consumer, or the exclusive one. */
  holder: Consumer | undefined;
  /** One record for each channel that consumes or gets from here. */
  desks: Desk[];
  consumers: number;
  hadConsumers: boolean;
  /** A copy decided now must not be stored before this: earlier ones are still on longer ways. */
  slotAt: number;
  delivered: number;
  /** Messages that died here: expired, rejected for good, too many or refused. */
  discarded: number;
  /** A quorum queue that refuses publications was too full, and has not emptied enough since. */
  isRefusing: boolean;
}

/** What a queue knows of a channel, and the queue's half of that channel's limiter. */
export interface Desk {
  readonly queue: Queue;
  readonly channel: Channel;
  /** Dormant: no channel-wide limit. Suspended: the limit was hit; its consumers wait for a resume. */
  limiter: 'dormant' | 'active' | 'suspended';
  /** The channel-wide limiter has turned this queue away and owes it a notice. */
  limited: boolean;
  consumers: number;
  /** Consumers that had no credit or a suspended channel when it was their turn, in their order. */
  blocked: Consumer[];
  unacked: number;
  /** Deliveries modulo 50: the broker forgets an idle channel only when its writer has reported them all. */
  unsent: number;
}

export interface Consumer {
  readonly tag: string;
  readonly queue: Queue;
  readonly channel: Channel;
  readonly desk: Desk;
  readonly part: PartId;
  readonly line: LineId;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly priority: number;
  /** Per-consumer prefetch at the time of consuming; 0 = none. */
  readonly prefetch: number;
  /** Deliveries it may still get; -1 = no limit of its own. */
  credit: number;
  /** Of a stream: the offset it reads next. */
  offset: number;
  /** In its desk's `blocked`. */
  blocked: boolean;
}

export interface ReplyConsumer {
  readonly tag: string;
  /** What follows `amq.rabbitmq.reply-to.` in the name that answers are sent to. */
  readonly suffix: string;
  readonly line: LineId;
  readonly part: PartId;
}

export interface Channel {
  readonly client: PartId;
  readonly number: number;
  /** Number of this very channel in its broker: a late confirm must not reach a later channel of the same number. */
  readonly id: number;
  closing: boolean;
  nextTag: number;
  /** From `head` on, in order of delivery tag. */
  unacked: Unacked[];
  head: number;
  consumers: Map<string, Consumer>;
  desks: Desk[];
  /** Per-consumer prefetch that the next consumer starts with. */
  prefetch: number;
  /** The channel-wide limiter (basic.qos global): whether it is on, its limit, and how many deliveries it counts. */
  limitOn: boolean;
  limit: number;
  volume: number;
  /** Name of the queue last declared here: what '' stands for. */
  lastQueue: string;
  confirming: boolean;
  nextSeqNo: number;
  /** Publications not yet confirmed: how many queues still have to take theirs. */
  unconfirmed: Map<number, number>;
  reply: ReplyConsumer | undefined;
  /** On a transactional channel: what waits for its commit. Replaced, never changed. */
  transaction: Transaction | undefined;
  /** Timer of the acknowledgement time-out; 0 = none. */
  ackTimer: number;
  /** Of a shadow at a queue's home: the node that the client is connected with; '' = it is connected here. */
  relay: NodeId;
  /** What was settled while a replicated queue had no leader: the next one hears of it. Replaced, never changed. */
  late: readonly { readonly unacked: Unacked; readonly how: Settlement }[];
  /** Consumers of queues that are away, and the homes that have a shadow of this channel. */
  away: Map<string, AwayConsumer>;
  homes: Set<NodeId>;
  /** Of publications that are not confirmed: homes that still have to take their copy. */
  awaited: Map<number, readonly NodeId[]>;
  /** Where returns and confirms go: part and line of the last publication. */
  publishedTo: PartId;
  publishedOn: LineId;
}

export interface Connection {
  readonly client: PartId;
  readonly line: LineId;
  readonly user: string;
  /** Order of opening. */
  readonly id: number;
  /** A connection error was sent; only its close-ok is awaited. */
  closing: boolean;
  channels: Map<number, Channel>;
}

/** One virtual host of a node. */
export interface Broker {
  readonly vhost: string;
  /** Of the default virtual host: the node's others. */
  others: Map<string, Broker>;
  permissions: readonly PermissionConfig[];
  /** Running number for queues, channels and connections. */
  nextId: number;
  exchanges: Map<string, Exchange>;
  queues: Map<string, Queue>;
  queueById: Map<number, Queue>;
  connections: Map<PartId, Connection>;
  /** '3.10' or '4.2': what it behaves like. */
  version: string;
  policies: readonly Policy[];
  /** Policies by the node they are configured on: they hold for the whole cluster. */
  policiesBy: ReadonlyMap<NodeId, readonly Policy[]>;
  /** The other nodes of the cluster; those within reach; those that said they stop in good order. */
  peers: readonly NodeId[];
  reachable: Set<NodeId>;
  stopping: Set<NodeId>;
  /** It came back and has not heard yet what the others know. */
  isJoining: boolean;
  /** Channels of other nodes' clients, by front and client. */
  shadows: Map<string, Connection>;
  absent: Map<string, AbsentQueue>;
  /** What waits for the disk. Replaced, never changed. */
  unwritten: readonly Unwritten[];
  replicas: Map<string, Replica>;
  /** Decisions for keys already seen, by exchange and key; emptied by any change of the topology. A cache, no state. */
  routes: Map<string, Map<string, RoutePlan>>;
}

export function emptyBroker(vhost: string): Broker {
  return {
    vhost,
    others: new Map(),
    permissions: [],
    nextId: 1,
    exchanges: new Map(),
    queues: new Map(),
    queueById: new Map(),
    connections: new Map(),
    version: '3.10',
    policies: [],
    policiesBy: new Map(),
    peers: [],
    reachable: new Set(),
    stopping: new Set(),
    isJoining: false,
    shadows: new Map(),
    absent: new Map(),
    unwritten: [],
    replicas: new Map(),
    routes: new Map(),
  };
}

/** Every change of exchanges, queues and bindings makes remembered decisions void. */
export function topologyChanged(broker: Broker): void {
  if (broker.routes.size > 0) broker.routes = new Map();
}

export function readyCount(queue: Queue): number {
  return queue.ready.length - queue.head;
}
