import {
  type ControlRequest,
  handleZkEvent,
  newZkController,
  PERSISTENT_ZNODES,
  type ZkAnswer,
  type ZkController,
  type ZkEffect,
  type ZkEvent,
  type ZkOp,
  type ZkSettings,
  type ZkWatchEvent,
  zkAnswered,
  zkSessionExpired,
  zkWatchFired,
} from '../index.ts';
import { decodeState, encodeTopic, statePath, topicPath } from './zookeeper.ts';

interface Znode {
  data: string;
  version: number;
  readonly czxid: number;
  readonly owner: number;
}

/** Enough of ZooKeeper for a controller: versions, ephemerals, multi and one-shot watches. */
class FakeZooKeeper {
  readonly nodes = new Map<string, Znode>();
  private readonly watches: { readonly kind: 'data' | 'children'; readonly path: string; readonly session: number }[] = [];
  private zxid = 0;

  constructor(private readonly notify: (session: number, type: ZkWatchEvent, path: string) => void) {
    for (const path of PERSISTENT_ZNODES) this.nodes.set(path, { data: '', version: 0, czxid: 0, owner: 0 });
  }

  private fire(kind: 'data' | 'children', type: ZkWatchEvent, path: string): void {
    const due = this.watches.filter((watch) => watch.kind === kind && watch.path === path);
    this.watches.splice(0, this.watches.length, ...this.watches.filter((watch) => !due.includes(watch)));
    for (const session of new Set(due.map((watch) => watch.session))) this.notify(session, type, path);
  }

  private parent(path: string): string {
    return path.slice(0, path.lastIndexOf('/'));
  }

  /** The error that an op would end with. */
  private errorOf(op: ZkOp): string {
    if (op.op === 'multi') return op.ops.map((one) => this.errorOf(one)).find((err) => err !== '') ?? '';
    const node = this.nodes.get(op.path);
    if (op.op === 'create') {
      const parent = this.parent(op.path);
      return node ? 'NODE_EXISTS' : parent !== '' && !this.nodes.has(parent) ? 'NO_NODE' : '';
    }
    if ('watch' in op) return node ? '' : 'NO_NODE';
    if (!node) return 'NO_NODE';
    return op.version !== -1 && op.version !== node.version ? 'BAD_VERSION' : '';
  }

  apply(session: number, op: ZkOp): ZkAnswer {
    if (op.op === 'multi') {
      const err = this.errorOf(op);
      if (err === '') return { err: '', results: op.ops.map((one) => this.apply(session, one)) };
      const culprit = op.ops.findIndex((one) => this.errorOf(one) !== '');
      return { err, results: op.ops.map((_, i) => ({ err: i < culprit ? '' : i === culprit ? err : 'RUNTIME_INCONSISTENCY' })) };
    }
    if ('watch' in op && op.watch) this.watches.push({ kind: op.op === 'children' ? 'children' : 'data', path: op.path, session });
    const err = this.errorOf(op);
    return err === '' ? this.done(session, op) : { err };
  }

  private done(session: number, op: Exclude<ZkOp, { op: 'multi' }>): ZkAnswer {
    const node = this.nodes.get(op.path);
    if (op.op === 'create') {
      this.zxid += 1;
      this.nodes.set(op.path, { data: op.data, version: 0, czxid: this.zxid, owner: op.mode === 'EPHEMERAL' ? session : 0 });
      this.fire('data', 'NODE_CREATED', op.path);
      this.fire('children', 'NODE_CHILDREN_CHANGED', this.parent(op.path));
      return { err: '' };
    }
    if (op.op === 'delete') this.remove(op.path);
    if (op.op === 'set' && node) {
      node.data = op.data;
      node.version += 1;
      this.fire('data', 'NODE_DATA_CHANGED', op.path);
    }
    if (op.op === 'children') {
      const names = [...this.nodes.keys()].filter((path) => this.parent(path) === op.path).map((path) => path.slice(op.path.length + 1));
      return { err: '', children: names.sort() };
    }
    const stat = node ? { version: node.version, czxid: node.czxid, ephemeralOwner: node.owner } : undefined;
    return { err: '', ...(node && { data: node.data }), ...(stat && { stat }) };
  }

  private remove(path: string): void {
    this.nodes.delete(path);
    this.fire('data', 'NODE_DELETED', path);
    this.fire('children', 'NODE_CHILDREN_CHANGED', this.parent(path));
  }

  expire(session: number): void {
    for (const [path, { owner }] of [...this.nodes]) if (owner === session) this.remove(path);
  }
}

const SETTINGS: Omit<ZkSettings, 'brokerId' | 'rack'> = {
  uncleanLeaderElection: false,
  autoLeaderRebalance: false,
  rebalanceInterval: 300_000,
  firstRebalance: 5_000,
  imbalancePercent: 10,
  retiresAtFailover: true,
};

/** Brokers with one ZooKeeper: everything that is sent arrives at once, in order. */
export class ZkCluster {
  readonly zookeeper: FakeZooKeeper;
  readonly controllers = new Map<number, ZkController>();
  readonly sessions = new Map<number, number>();
  readonly requests: { readonly to: number; readonly request: ControlRequest }[] = [];
  readonly facts: { readonly broker: number; readonly effect: ZkEffect }[] = [];
  private readonly agenda: (() => void)[] = [];
  private lastSession = 0;

  constructor(readonly settings = SETTINGS) {
    this.zookeeper = new FakeZooKeeper((session, type, path) => {
      const broker = [...this.sessions].find(([, own]) => own === session)?.[0];
      if (broker === undefined) return;
      this.agenda.push(() => this.digest(broker, zkWatchFired(this.at(broker), type, path, 0)));
    });
  }

  at(broker: number): ZkController {
    const controller = this.controllers.get(broker);
    if (!controller) throw new Error('no such broker');
    return controller;
  }

  private digest(broker: number, effects: readonly ZkEffect[]): void {
    for (const effect of effects) {
      if (effect.type === 'request') this.requests.push(effect);
      else if (effect.type !== 'zookeeper') this.facts.push({ broker, effect });
      else this.agenda.push(() => this.serve(broker, effect.xid, effect.op));
    }
  }

  private serve(broker: number, xid: number, op: ZkOp): void {
    const session = this.sessions.get(broker);
    if (session === undefined) return;
    const answer = this.zookeeper.apply(session, op);
    this.agenda.push(() => this.digest(broker, zkAnswered(this.at(broker), xid, answer, 0)));
  }

  settle(): void {
    for (let job = this.agenda.shift(); job; job = this.agenda.shift()) job();
  }

  start(...brokers: readonly number[]): void {
    for (const brokerId of brokers) {
      this.lastSession += 1;
      this.sessions.set(brokerId, this.lastSession);
      this.controllers.set(brokerId, newZkController({ ...this.settings, brokerId, rack: undefined }));
      this.event(brokerId, { type: 'startup', session: this.lastSession });
    }
  }

  event(broker: number, event: ZkEvent): void {
    this.digest(broker, handleZkEvent(this.at(broker), event, 0));
    this.settle();
  }

  /** The process dies; its session ends when ZooKeeper notices. */
  kill(broker: number): void {
    const session = this.sessions.get(broker) ?? 0;
    this.sessions.delete(broker);
    this.controllers.delete(broker);
    this.zookeeper.expire(session);
    this.settle();
  }

  /** The process lives on, but its session ended while it was away. It has a new one now. */
  expire(broker: number, noticed: boolean): number {
    const session = this.sessions.get(broker) ?? 0;
    this.sessions.delete(broker);
    if (noticed) this.digest(broker, zkSessionExpired(this.at(broker), 0));
    this.zookeeper.expire(session);
    this.settle();
    this.lastSession += 1;
    this.sessions.set(broker, this.lastSession);
    return this.lastSession;
  }

  createTopic(topic: string, replicas: readonly (readonly number[])[]): void {
    const data = encodeTopic(replicas.map((list) => ({ replicas: list, addingReplicas: [], removingReplicas: [] })));
    this.zookeeper.apply(0, { op: 'create', path: topicPath(topic), data, mode: 'PERSISTENT' });
    this.settle();
  }

  state(topic = 't', partition = 0) {
    return decodeState(this.zookeeper.nodes.get(statePath(topic, partition))?.data ?? '{}');
  }

  active(): number {
    const [active] = [...this.controllers].filter(([id, { activeId }]) => activeId === id).map(([id]) => id);
    return active ?? -1;
  }

  /** Requests since the last look, as `type>to`. */
  sent(): readonly string[] {
    return this.requests.splice(0).map(({ to, request }) => `${request.type}>${to}`);
  }

  answers() {
    return this.facts.flatMap(({ effect }) => (effect.type === 'answer' ? [effect.answer] : []));
  }
}
