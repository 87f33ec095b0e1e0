import { readFileSync } from 'node:fs';
import { brokersOf, drawVhost, exportDefinitions, parseDefinitions, VHOST_PREFIX } from '../formats/rabbitmq/index.ts';
import { GALLERY } from '../lessons/gallery/index.ts';
import { type Scenario, sameJson } from '../scenario/index.ts';
import { provideRabbitmq, type RealBroker, startBroker } from './ownRabbitmq.ts';

/*
 * npm run check:rabbitmq: gives exported definitions to a real RabbitMQ and asks it what it has understood. Where there is
 * none, and none can be had, it says so and is content.
 */

type Item = { readonly [name: string]: unknown };
interface File {
  readonly vhosts: readonly { readonly name: string }[];
  readonly exchanges: readonly Item[];
  readonly queues: readonly Item[];
  readonly bindings: readonly Item[];
}

/** What import must refuse, in every version: the same that the notes before an import say. */
const REFUSED: readonly (readonly [name: string, file: object])[] = [
  ['null in arguments', withQueue({ arguments: { a: [null] } })],
  ['a text as time to live', withQueue({ arguments: { 'x-message-ttl': '5' } })],
  ['an expiry of 0', withQueue({ arguments: { 'x-expires': 0 } })],
  ['a dead letter key without an exchange', withQueue({ arguments: { 'x-dead-letter-routing-key': 'k' } })],
  ['a quorum queue with priorities', withQueue({ arguments: { 'x-queue-type': 'quorum', 'x-max-priority': 5 } })],
  ['a stream with a time to live', withQueue({ arguments: { 'x-queue-type': 'stream', 'x-message-ttl': 5 } })],
  [
    'a queue without a virtual host',
    { vhosts: [{ name: '/' }], queues: [{ name: 'q', durable: true, auto_delete: false, arguments: {} }] },
  ],
  [
    'an unknown type of exchange',
    { exchanges: [{ vhost: '/', name: 'e', type: 'odd', durable: true, auto_delete: false, internal: false, arguments: {} }] },
  ],
  ['a policy without a name', withPolicy({ name: undefined })],
  ['an empty policy', withPolicy({ definition: {} })],
  ['a policy with an unknown key', withPolicy({ definition: { odd: 1 } })],
  ['a policy for nothing that is', withPolicy({ 'apply-to': 'things' })],
  ['a policy with a broken pattern', withPolicy({ pattern: '(' })],
];

function withQueue(more: object): object {
  return { vhosts: [{ name: '/' }], queues: [{ vhost: '/', name: 'q', durable: true, auto_delete: false, arguments: {}, ...more }] };
}

function withPolicy(more: object): object {
  const policy = { vhost: '/', name: 'p', pattern: '.*', 'apply-to': 'all', priority: 0, definition: { 'message-ttl': 5 }, ...more };
  return { vhosts: [{ name: '/' }], policies: [policy] };
}

/** Exports the first broker of a scenario under a virtual host of its own. */
function exported(scenario: Scenario, vhost: string): string | undefined {
  const [id] = brokersOf(scenario);
  if (id === undefined) return undefined;
  const parts = scenario.parts.map((part) => (part.id === id ? { ...part, name: `${VHOST_PREFIX}${vhost}` } : part));
  return exportDefinitions({ ...scenario, parts }, id).text;
}

/** Imports a file; what is different between it and what the broker has then. */
function difference(broker: RealBroker, text: string): string | undefined {
  const imported = broker.ctl('import_definitions', broker.file('given.json', text));
  if (!imported.isDone) return `refused: ${imported.output}`;
  const file = JSON.parse(text) as File;
  return file.vhosts.map(({ name }) => differenceIn(broker, text, name)).find((found) => found !== undefined);
}

function differenceIn(broker: RealBroker, text: string, vhost: string): string | undefined {
  const file = JSON.parse(text) as File;
  const own = (items: readonly Item[]) => items.filter((item) => item['vhost'] === vhost);
  const wanted = { queues: own(file.queues), bindings: own(file.bindings) };
  const list = (command: string, ...columns: readonly string[]): readonly Item[] =>
    JSON.parse(broker.ctl(command, '-p', vhost, '--formatter', 'json', ...columns).output);
  const queues = list('list_queues', 'name', 'durable', 'auto_delete').map((queue) => [
    queue['name'],
    queue['durable'],
    queue['auto_delete'],
  ]);
  const given = wanted.queues.map((queue) => [queue['name'], queue['durable'], queue['auto_delete']]);
  if (!sameJson(sorted(queues), sorted(given))) return `queues: ${JSON.stringify(queues)}`;
  const bindings = list('list_bindings').filter((binding) => binding['source_name'] !== '');
  const ends = bindings.map((b) => [b['source_name'], b['destination_kind'], b['destination_name'], b['routing_key']]);
  const lines = wanted.bindings.map((b) => [b['source'], b['destination_type'], b['destination'], b['routing_key']]);
  if (!sameJson(sorted(ends), sorted(lines))) return `bindings: ${JSON.stringify(ends)}`;
  return broker.ctl('export_definitions', broker.file('back.json')).isDone
    ? redrawn(text, readFileSync(broker.file('back.json'), 'utf8'), vhost)
    : 'it exports nothing';
}

/** The broker's own export must draw what ours draws. */
function redrawn(ours: string, theirs: string, vhost: string): string | undefined {
  const [one, other] = [topology(ours, vhost), topology(theirs, vhost)];
  return sameJson(one, other) ? undefined : `its own export differs: ${JSON.stringify(other)}`;
}

function topology(text: string, vhost: string): unknown {
  const parsed = parseDefinitions(text);
  const drawn = parsed.ok ? drawVhost(parsed.value, vhost, '3.13') : undefined;
  if (!drawn?.ok) return text;
  const { parts, lines } = drawn.value.scenario;
  const names = new Map(parts.map((part) => [part.id, `${part.kind} ${part.name}`]));
  return [
    sorted(parts.map(({ kind, name, config }) => [kind, name, inOrder(config)])),
    sorted(lines.map(({ from, to, config }) => [names.get(from), names.get(to), inOrder(config)])),
  ];
}

/** A broker writes the members of a table in an order of its own. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return sorted(value.map(inOrder));
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([name, member]) => [name, inOrder(member)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

function sorted(items: readonly unknown[]): readonly string[] {
  return items.map((item) => JSON.stringify(item)).sort();
}

async function main(): Promise<void> {
  if (!provideRabbitmq()) {
    console.log('Left out: there is no RabbitMQ here (Debian: apt-get install rabbitmq-server).');
    return;
  }
  const broker = await startBroker();
  const failed: string[] = [];
  let count = 0;
  const tell = (name: string, wrong: string | undefined) => {
    count++;
    if (wrong !== undefined) failed.push(name);
    console.log(wrong === undefined ? `✓ ${name}` : `✗ ${name}: ${wrong}`);
  };
  try {
    console.log(`RabbitMQ ${broker.version}`);
    for (const { id, run } of GALLERY) {
      const text = exported(run.scenario, id);
      if (text !== undefined) tell(`imports ${id}`, difference(broker, text));
    }
    for (const [name, file] of REFUSED) {
      const { isDone } = broker.ctl('import_definitions', broker.file('refused.json', JSON.stringify(file)));
      tell(`refuses ${name}`, isDone ? 'it was imported' : undefined);
    }
  } finally {
    await broker.stop();
  }
  console.log(`${count - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

await main();
