import { fail, type JsonObject, ok, type Result } from '../../base/index.ts';
import { notModelled } from '../../protocols/rabbitmq/broker/arguments.ts';
import { PREDECLARED } from '../../protocols/rabbitmq/check.ts';
import { BROKER_FIELDS } from '../../protocols/rabbitmq/fields.ts';
import { BINDING, BROKER, EXCHANGE, QUEUE } from '../../protocols/rabbitmq/kinds.ts';
import {
  type Config,
  DEFAULT_SETTINGS,
  DOCUMENT_LIMITS,
  dropDefaults,
  type Line,
  type Part,
  type Problem,
  type Scenario,
} from '../../scenario/index.ts';
import { layOut } from '../../scenario/packing.ts';
import { entryPath, Notes, quoted } from './notes.ts';
import { policiesOf } from './policies.ts';
import { checkVhost, EXCHANGE_TYPES, omit, refusedArgument, typeOf } from './rules.ts';
import { queueConfig, tableOf } from './settings.ts';
import type {
  BindingDefinition,
  Definitions,
  ExchangeDefinition,
  NoteKey,
  NoteList,
  QueueDefinition,
  RuleKey,
  Version,
  VhostDefinitions,
} from './types.ts';

/** One virtual host as a drawing, and what there is to know about it. */
export interface Drawn {
  readonly scenario: Scenario;
  readonly notes: NoteList<NoteKey>;
  /** What a broker of the chosen version would refuse to import. */
  readonly refusals: NoteList<RuleKey>;
}

const X_MATCH: readonly unknown[] = ['all', 'any', 'all-with-x', 'any-with-x'];
/** The version that is simulated in place of each. */
const SIMULATED: { readonly [V in Version]: string } = { '3.13': '3.10', '4.2': '4.2', '4.3': '4.2' };
/** Stands before the virtual host's name in the name of its broker; the export takes it off again. */
export const VHOST_PREFIX = 'vhost ';

/** Draws a virtual host: one broker that holds its exchanges and queues, its bindings as lines. `name` is one of the definitions'. */
export function drawVhost(definitions: Definitions, name: string, version: Version, title = ''): Result<Drawn, Problem> {
  const vhost = definitions.vhosts.find((each) => each.name === name);
  if (!vhost) return fail({ where: '', key: 'edit.gone' });
  const notes = new Notes<NoteKey>();
  const refusals = new Notes<RuleKey>();
  notes.take(definitions.notes, name);
  refusals.take(definitions.refusals, name);
  checkVhost(vhost, version, refusals);
  const { parts, lines } = new Artist(vhost, version, notes).draw();
  for (const [key, value] of [
    ['parts', parts.length],
    ['lines', lines.length],
  ] as const) {
    const max = DOCUMENT_LIMITS[key];
    if (value > max) return fail({ where: '', key: `limit.${key}`, args: { max } });
  }
  const cut = title.slice(0, DOCUMENT_LIMITS.titleLength);
  const scenario = { from: '', title: cut, intro: '', parts, lines, settings: DEFAULT_SETTINGS };
  return ok({ scenario, notes: notes.all, refusals: refusals.all });
}

class Artist {
  private readonly vhost: VhostDefinitions;
  private readonly version: Version;
  private readonly notes: Notes<NoteKey>;
  private readonly exchanges = new Map<string, Part>();
  private readonly queues = new Map<string, Part>();
  private readonly broker: Part;
  private partCount = 0;

  constructor(vhost: VhostDefinitions, version: Version, notes: Notes<NoteKey>) {
    this.vhost = vhost;
    this.version = version;
    this.notes = notes;
    const label = `${VHOST_PREFIX}${vhost.name}`.slice(0, DOCUMENT_LIMITS.nameLength);
    this.broker = { id: this.fresh(), kind: BROKER, name: label, x: 0, y: 0, config: this.brokerConfig() };
  }

  draw(): { readonly parts: readonly Part[]; readonly lines: readonly Line[] } {
    for (const exchange of this.vhost.exchanges) this.exchange(exchange);
    for (const queue of this.vhost.queues) this.queue(queue);
    this.mentioned();
    const lines = this.lines();
    const inside = [...this.exchanges.values(), ...this.queues.values()];
    const ids = (parts: ReadonlyMap<string, Part>) => [...parts.values()].map((part) => part.id);
    const { at, width, height } = layOut(ids(this.exchanges), ids(this.queues), lines);
    const placed = inside.map((part): Part => ({ ...part, ...at.get(part.id) }));
    return { parts: [{ ...this.broker, x: width / 2, y: height / 2, width, height }, ...placed], lines };
  }

  private fresh(): string {
    this.partCount++;
    return `p${this.partCount}`;
  }

  private note(key: NoteKey, path: string, args: { readonly [name: string]: string | number } = {}): void {
    this.notes.add(key, path, args, this.vhost.name);
  }

  /** The broker has the chosen version, or the nearest to it that can be simulated. */
  private brokerConfig(): Config {
    const version = SIMULATED[this.version];
    if (version !== this.version) this.note('version', 'rabbitmq_version', { version: this.version, simulated: version });
    const policies = policiesOf(this.vhost, this.version, this.notes);
    return dropDefaults(BROKER_FIELDS, { version, policies });
  }

  private exchange(exchange: ExchangeDefinition): void {
    const { path, name, durable, autoDelete, internal } = exchange;
    if (this.isUnusable('exchange', exchange, this.exchanges)) return;
    const type = this.typeOfExchange(exchange);
    if (type === undefined) return;
    const { 'alternate-exchange': alternate, 'x-delayed-type': _, ...others } = exchange.arguments;
    const isAlternate = typeof alternate === 'string' && alternate.length <= DOCUMENT_LIMITS.nameLength;
    const left = alternate === undefined || isAlternate ? others : { ...others, 'alternate-exchange': alternate };
    for (const key of Object.keys(left)) this.note('exchangeArgument', entryPath(`${path}.arguments`, key), { name: quoted(name) });
    const config: Config = {
      ...(type === 'direct' ? {} : { type }),
      ...(durable ? {} : { durable }),
      ...(autoDelete ? { autoDelete } : {}),
      ...(internal ? { internal } : {}),
      ...(isAlternate && alternate !== '' ? { alternate } : {}),
    };
    this.exchanges.set(name, this.place(EXCHANGE, name, config));
  }

  private typeOfExchange({ path, name, type, arguments: args }: ExchangeDefinition): string | undefined {
    if (EXCHANGE_TYPES.has(type)) return type;
    const inner = args['x-delayed-type'];
    if (type === 'x-delayed-message' && typeof inner === 'string' && EXCHANGE_TYPES.has(inner)) {
      this.note('delayedExchange', `${path}.type`, { name: quoted(name), type: inner });
      return inner;
    }
    this.note('exchangeType', `${path}.type`, { name: quoted(name), type: quoted(type) });
    return undefined;
  }

  private queue(queue: QueueDefinition): void {
    const { path, name, durable, autoDelete } = queue;
    if (this.isUnusable('queue', queue, this.queues)) return;
    const type = typeOf(queue, this.vhost.defaultQueueType);
    const isDefault = queue.arguments['x-queue-type'] === undefined && type !== 'classic';
    if (isDefault) this.note('defaultQueueType', path, { name: quoted(name), type });
    const declared = isDefault ? { ...queue.arguments, 'x-queue-type': type } : queue.arguments;
    const args = this.accepted(queue, declared);
    for (const argument of notModelled(args)) this.note('notSimulated', entryPath(`${path}.arguments`, argument), { name: quoted(name) });
    const { config, left } = queueConfig({ durable, autoDelete }, args);
    for (const argument of left) this.note('queueArgument', entryPath(`${path}.arguments`, argument), { name: quoted(name) });
    this.queues.set(name, this.place(QUEUE, name, config));
  }

  /** What the simulated broker takes of them: a queue that it refuses would keep the whole drawing from running. */
  private accepted({ path, name }: QueueDefinition, args: JsonObject): JsonObject {
    let rest = args;
    for (let refused = refusedArgument(name, rest); refused; refused = refusedArgument(name, rest)) {
      this.note('queueArgument', entryPath(`${path}.arguments`, refused.name), { name: quoted(name) });
      rest = omit(rest, refused.name);
    }
    return rest;
  }

  /** Names that a broker keeps for itself it leaves out without a word; what is there already stays as it is. */
  private isUnusable(what: 'exchange' | 'queue', { path, name }: ExchangeDefinition | QueueDefinition, known: ReadonlyMap<string, Part>) {
    if (name === '') this.note('noName', path);
    else if (name.startsWith('amq.')) {
      // The predeclared exchanges are drawn where something leads to them.
      if (what === 'queue' || !Object.hasOwn(PREDECLARED, name)) this.note('reservedName', path, { name: quoted(name) });
    } else if (known.has(name)) this.note('duplicate', path, { name: quoted(name) });
    else return false;
    return true;
  }

  /** Predeclared exchanges that bindings or settings lead to or from. */
  private mentioned(): void {
    const places = [...this.exchanges.values(), ...this.queues.values()];
    const isExchange = (name: string) => this.exchanges.has(name) || Object.hasOwn(PREDECLARED, name);
    const names = [
      ...this.vhost.bindings.flatMap(({ source, destination, toExchange }) => {
        const isWhole = isExchange(source) && (toExchange ? isExchange(destination) : this.queues.has(destination));
        return isWhole ? [source, ...(toExchange ? [destination] : [])] : [];
      }),
      ...places.flatMap(({ config }) => [config['alternate'], config['deadLetterExchange']]),
    ];
    for (const name of new Set(names)) {
      if (typeof name !== 'string' || !Object.hasOwn(PREDECLARED, name)) continue;
      const type = PREDECLARED[name] as string;
      this.exchanges.set(name, this.place(EXCHANGE, name, type === 'direct' ? {} : { type }));
    }
  }

  private place(kind: string, name: string, config: Config): Part {
    return { id: this.fresh(), kind, name, x: 0, y: 0, parent: this.broker.id, config };
  }

  private lines(): readonly Line[] {
    const seen = new Set<string>();
    const lines: Line[] = [];
    for (const binding of this.vhost.bindings) {
      const line = this.line(binding, `l${lines.length + 1}`);
      if (!line) continue;
      const identity = JSON.stringify([line.from, line.to, line.config]);
      if (seen.has(identity)) this.note('duplicate', binding.path, { name: quoted(binding.key) });
      else lines.push(line);
      seen.add(identity);
    }
    return lines;
  }

  private line(binding: BindingDefinition, id: string): Line | undefined {
    const { path, source, destination, toExchange } = binding;
    const from = this.exchanges.get(source);
    const to = (toExchange ? this.exchanges : this.queues).get(destination);
    if (source === '') {
      this.note('defaultBinding', path);
      return undefined;
    }
    if (!from) this.note('noSource', `${path}.source`, { name: quoted(source) });
    else if (!to) this.note('noDestination', `${path}.destination`, { name: quoted(destination) });
    if (!from || !to) return undefined;
    return { id, kind: BINDING, from: from.id, to: to.id, config: this.bindingConfig(binding, from.config['type'] === 'headers') };
  }

  private bindingConfig({ path, key, arguments: args }: BindingDefinition, isHeaders: boolean): Config {
    const own = key === '' ? {} : { key };
    if (!isHeaders) {
      if (Object.keys(args).length > 0) this.note('bindingArguments', `${path}.arguments`);
      return own;
    }
    const { 'x-match': match = 'all', ...others } = args;
    const { table, left } = tableOf(others, 16);
    for (const name of left) this.note('queueArgument', entryPath(`${path}.arguments`, name), { name: quoted(key) });
    if (!X_MATCH.includes(match)) this.note('xMatch', entryPath(`${path}.arguments`, 'x-match'));
    const xMatch = X_MATCH.includes(match) && match !== 'all' ? { xMatch: match } : {};
    return { ...own, ...(Object.keys(table).length > 0 ? { headers: table } : {}), ...xMatch };
  }
}
