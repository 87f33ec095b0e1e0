import { fail, ok, type Result } from '../../base/index.ts';
import { type Problem, readJson } from '../../scenario/index.ts';
import { DEFINITIONS_LIMITS } from './limits.ts';
import { Notes, quoted } from './notes.ts';
import { ItemReader, isRaw, memberOf, type Raw } from './raw.ts';
import type {
  BindingDefinition,
  Definitions,
  ExchangeDefinition,
  NoteKey,
  PolicyDefinition,
  QueueDefinition,
  RuleKey,
  Version,
  VhostDefinitions,
} from './types.ts';

const TOPOLOGY = ['exchanges', 'queues', 'bindings', 'policies', 'parameters'] as const;
/** Who may log in and do what: counted, and never looked into. */
const PEOPLE = ['users', 'permissions', 'topic_permissions'] as const;
const KNOWN: ReadonlySet<string> = new Set<string>([
  ...TOPOLOGY,
  ...PEOPLE,
  ...['rabbit_version', 'rabbitmq_version', 'product_name', 'product_version', 'rabbitmq_definition_format', 'explanation'],
  ...['original_cluster_name', 'original_vhost_name', 'vhosts', 'global_parameters'],
  ...['name', 'metadata', 'description', 'limits', 'tags', 'default_queue_type'],
]);

/** Whether a JSON value is what RabbitMQ exports: told by its lists, since older files say nothing else of themselves. */
export function isDefinitions(json: unknown): boolean {
  if (!isRaw(json)) return false;
  const lists = [...TOPOLOGY, ...PEOPLE, 'vhosts', 'global_parameters'].filter((name) => Array.isArray(memberOf(json, name)));
  const says = ['rabbit_version', 'rabbitmq_version', 'rabbitmq_definition_format'].some((name) => Object.hasOwn(json, name));
  return !Object.hasOwn(json, 'format') && (says || lists.length >= 2);
}

/**
 * A broker's definitions from a text that anyone may have written. Everything is bounded and rebuilt; what can't be used is
 * left out and noted with its JSON path. Fails only for what is no definitions file at all.
 */
export function parseDefinitions(text: string): Result<Definitions, Problem> {
  if (text.length > DEFINITIONS_LIMITS.fileBytes) return fail({ where: '', key: 'file.tooLarge', remedy: 'file.tooLarge' });
  const json = readJson(text.replace(/^\uFEFF/, ''));
  if (!json.ok || !isDefinitions(json.value)) return fail({ where: '', key: 'file.foreign', remedy: 'file.choose' });
  const file = json.value as Raw;
  const isTooLong = [...TOPOLOGY, 'vhosts'].some((name) => lengthOf(file, name) > DEFINITIONS_LIMITS.items);
  if (isTooLong) return fail({ where: '', key: 'file.tooLarge', remedy: 'file.tooLarge' });
  return ok(new FileReader(file).read());
}

function lengthOf(file: Raw, name: string): number {
  const value = memberOf(file, name);
  return Array.isArray(value) ? value.length : 0;
}

interface Lists {
  readonly name: string;
  defaultQueueType: string;
  readonly exchanges: ExchangeDefinition[];
  readonly queues: QueueDefinition[];
  readonly bindings: BindingDefinition[];
  readonly policies: PolicyDefinition[];
}

class FileReader {
  private readonly file: Raw;
  private readonly notes = new Notes<NoteKey>();
  private readonly refusals = new Notes<RuleKey>();
  private readonly vhosts = new Map<string, Lists>();
  private readonly scope: Definitions['scope'];

  constructor(file: Raw) {
    this.file = file;
    this.scope = scopeOf(file);
  }

  read(): Definitions {
    this.readVhosts();
    this.readPeople();
    this.each('exchanges', (item, vhost) => push(vhost.exchanges, readExchange(item)));
    this.each('queues', (item, vhost) => push(vhost.queues, readQueue(item)));
    this.each('bindings', (item, vhost) => push(vhost.bindings, readBinding(item)));
    this.each('policies', (item, vhost) => push(vhost.policies, readPolicy(item)));
    this.each('parameters', readParameter);
    for (const name of Object.keys(this.file)) if (!KNOWN.has(name)) this.notes.add('unknownKey', quoted(name), { name: quoted(name) });
    if (lengthOf(this.file, 'global_parameters') > 0) this.notes.add('globalParameters', 'global_parameters');
    // One parameter alone makes a file, too: then there is an empty broker to look at.
    if (this.vhosts.size === 0) this.open('/');
    const vhosts: readonly VhostDefinitions[] = [...this.vhosts.values()];
    return { scope: this.scope, version: versionOf(this.file), vhosts, notes: this.notes.all, refusals: this.refusals.all };
  }

  private readVhosts(): void {
    if (this.scope === 'vhost') {
      const name = memberOf(this.file, 'original_vhost_name') ?? memberOf(this.file, 'name');
      const own = this.open(typeof name === 'string' && name !== '' ? name.slice(0, DEFINITIONS_LIMITS.nameBytes) : '/');
      if (own) own.defaultQueueType = defaultQueueType(this.file);
      return;
    }
    this.items('vhosts', (raw, path) => {
      const name = new ItemReader(raw, path, undefined, this.notes, this.refusals).name('name');
      const lists = name === undefined ? undefined : this.open(name);
      if (lists) lists.defaultQueueType = defaultQueueType(raw);
    });
  }

  private open(name: string): Lists | undefined {
    const known = this.vhosts.get(name);
    if (known || this.vhosts.size >= DEFINITIONS_LIMITS.vhosts) return known;
    const lists: Lists = { name, defaultQueueType: '', exchanges: [], queues: [], bindings: [], policies: [] };
    this.vhosts.set(name, lists);
    return lists;
  }

  private readPeople(): void {
    const users = lengthOf(this.file, 'users');
    if (users > 0) this.notes.add('users', 'users', { count: users });
    for (const name of PEOPLE.slice(1)) {
      const count = lengthOf(this.file, name);
      if (count > 0) this.notes.add('permissions', name, { count });
    }
  }

  /** Every record of a list; what is none is noted. */
  private items(name: string, use: (raw: Raw, path: string) => void): void {
    const list = memberOf(this.file, name);
    if (list === undefined) return;
    if (!Array.isArray(list)) {
      this.notes.add('wrongType', name, { wanted: 'array' });
      return;
    }
    list.forEach((raw: unknown, index) => {
      if (isRaw(raw)) use(raw, `${name}[${index}]`);
      else this.notes.add('wrongType', `${name}[${index}]`, { wanted: 'object' });
    });
  }

  private each(list: (typeof TOPOLOGY)[number], use: (item: ItemReader, vhost: Lists) => void): void {
    this.items(list, (raw, path) => {
      const vhost = this.vhostOf(raw, path);
      if (vhost) use(new ItemReader(raw, path, vhost.name, this.notes, this.refusals), vhost);
    });
  }

  private vhostOf(raw: Raw, path: string): Lists | undefined {
    if (this.scope === 'vhost') return [...this.vhosts.values()][0];
    if (memberOf(raw, 'vhost') === undefined) {
      this.refusals.add('noVhost', path);
      return undefined;
    }
    const name = new ItemReader(raw, path, undefined, this.notes, this.refusals).name('vhost');
    if (name === undefined) return undefined;
    if (!this.vhosts.has(name)) this.notes.add('vhostNotListed', `${path}.vhost`, { name: quoted(name) }, name);
    return this.open(name);
  }
}

function versionOf(file: Raw): Version {
  const value = memberOf(file, 'rabbitmq_version') ?? memberOf(file, 'rabbit_version');
  const [, major, minor] = (typeof value === 'string' ? /^(\d{1,3})\.(\d{1,3})/.exec(value) : null) ?? [];
  if (major === undefined) return '4.2';
  if (Number(major) < 4) return '3.13';
  return Number(major) > 4 || Number(minor) >= 3 ? '4.3' : '4.2';
}

/** Newer files say what they are; in older ones of a single virtual host no item has one. */
function scopeOf(file: Raw): Definitions['scope'] {
  const format = memberOf(file, 'rabbitmq_definition_format');
  if (format === 'single_virtual_host') return 'vhost';
  if (format === 'cluster' || lengthOf(file, 'vhosts') > 0 || lengthOf(file, 'users') > 0) return 'cluster';
  const items = TOPOLOGY.flatMap((name) => {
    const list = memberOf(file, name);
    return Array.isArray(list) ? list.filter(isRaw) : [];
  });
  return items.some((item) => Object.hasOwn(item, 'vhost')) ? 'cluster' : 'vhost';
}

/** Files of 3.12 and later write the missing type as the text "undefined". */
function defaultQueueType(raw: Raw): string {
  const metadata = memberOf(raw, 'metadata');
  const value = (isRaw(metadata) ? memberOf(metadata, 'default_queue_type') : undefined) ?? memberOf(raw, 'default_queue_type');
  const known: readonly unknown[] = ['classic', 'quorum', 'stream'];
  return known.includes(value) ? (value as string) : '';
}

function push<T>(list: T[], item: T | undefined): void {
  if (item !== undefined) list.push(item);
}

function readExchange(item: ItemReader): ExchangeDefinition | undefined {
  item.noteUnknown(['vhost', 'name', 'type', 'durable', 'auto_delete', 'internal', 'arguments']);
  const name = item.name('name');
  const type = item.name('type', 'direct');
  if (name === undefined || type === undefined) return undefined;
  const flags = {
    durable: item.flag('durable', true),
    autoDelete: item.flag('auto_delete', false),
    internal: item.flag('internal', false),
  };
  return { path: item.path, name, type, ...flags, arguments: item.table('arguments') };
}

/** Its `type` says nothing: only the argument x-queue-type counts. */
function readQueue(item: ItemReader): QueueDefinition | undefined {
  item.noteUnknown(['vhost', 'name', 'type', 'durable', 'auto_delete', 'arguments']);
  const name = item.name('name');
  if (name === undefined) return undefined;
  const flags = { durable: item.flag('durable', true), autoDelete: item.flag('auto_delete', false) };
  return { path: item.path, name, ...flags, arguments: item.table('arguments') };
}

function readBinding(item: ItemReader): BindingDefinition | undefined {
  item.noteUnknown(['vhost', 'source', 'destination', 'destination_type', 'routing_key', 'arguments', 'properties_key']);
  const source = item.name('source');
  const destination = item.name('destination');
  const type = item.name('destination_type', 'queue');
  const key = item.name('routing_key', '');
  if (source === undefined || destination === undefined || key === undefined || type === undefined) return undefined;
  if (type !== 'queue' && type !== 'exchange') {
    item.refuse('wrongType', `${item.path}.destination_type`, { wanted: 'queue, exchange' });
    return undefined;
  }
  return { path: item.path, source, destination, toExchange: type === 'exchange', key, arguments: item.table('arguments') };
}

function readPolicy(item: ItemReader): PolicyDefinition | undefined {
  item.noteUnknown(['vhost', 'name', 'pattern', 'apply-to', 'priority', 'definition']);
  const name = item.has('name') ? item.name('name') : '';
  const applyTo = item.name('apply-to', 'all');
  const priority = item.integer('priority', 0);
  const definition = item.table('definition');
  const pattern = item.pattern('pattern');
  if (name === undefined || applyTo === undefined || pattern === undefined) return undefined;
  return { path: item.path, name, pattern, applyTo, priority, definition };
}

function readParameter(item: ItemReader): void {
  const component = item.name('component', '');
  if (component === 'operator_policy') item.note('operatorPolicy', item.path);
  else item.note('parameter', item.path, { component: quoted(component ?? '') });
}
