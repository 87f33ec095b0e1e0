import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../engine/index.ts';
import { hasText } from '../../i18n/index.ts';
import { catalogue } from '../../protocols/catalogue.ts';
import { emptyRun, type Part, parseFile, type Scenario, serializeFile } from '../../scenario/index.ts';
import {
  type Definitions,
  type Drawn,
  drawVhost,
  exportDefinitions,
  isDefinitions,
  NOTE_KEYS,
  parseDefinitions,
  RULE_KEYS,
  type Version,
} from './index.ts';
import { anyDefinitions, largeDefinitions } from './random.testkit.ts';

function parsed(file: object | string): Definitions {
  const result = parseDefinitions(typeof file === 'string' ? file : JSON.stringify(file));
  if (!result.ok) throw new Error(result.error.key);
  return result.value;
}

function drawn(file: object | string, vhost = '/', version: Version = '4.2'): Drawn {
  const result = drawVhost(parsed(file), vhost, version);
  if (!result.ok) throw new Error(result.error.key);
  return result.value;
}

const brokerId = (scenario: Scenario) => scenario.parts[0]?.id ?? '';
const names = ({ scenario }: Drawn) => scenario.parts.slice(1).map((part) => part.name);
const keys = ({ list }: Drawn['notes'] | Drawn['refusals']) => list.map(({ key, path }) => `${key} ${path}`);
const queue = (more: object = {}) => ({ vhost: '/', name: 'q', durable: true, auto_delete: false, arguments: {}, ...more });
const file = (more: object) => ({ rabbit_version: '3.13.0', vhosts: [{ name: '/' }], ...more });

describe('what is drawn', () => {
  test('exchanges, queues and bindings of the chosen virtual host, in one broker', () => {
    const definitions = file({
      vhosts: [{ name: '/' }, { name: 'shop' }],
      exchanges: [
        { vhost: '/', name: 'orders', type: 'topic', durable: true, auto_delete: false, arguments: { 'alternate-exchange': 'rest' } },
        { vhost: 'shop', name: 'other', type: 'fanout', durable: false, auto_delete: true, internal: true, arguments: {} },
      ],
      queues: [queue({ arguments: { 'x-message-ttl': 5, 'x-dead-letter-exchange': '', 'x-single-active-consumer': true } })],
      bindings: [
        { vhost: '/', source: 'orders', destination: 'q', destination_type: 'queue', routing_key: 'a.*', arguments: {} },
        {
          vhost: '/',
          source: 'amq.headers',
          destination: 'q',
          destination_type: 'queue',
          routing_key: '',
          arguments: { 'x-match': 'any', a: 1 },
        },
      ],
    });
    const { scenario } = drawn(definitions);
    expect(scenario.parts.map(({ kind, name, config }) => [kind, name, config])).toEqual([
      ['rabbitmq/broker', 'vhost /', { version: '4.2' }],
      ['rabbitmq/exchange', 'orders', { type: 'topic', alternate: 'rest' }],
      ['rabbitmq/exchange', 'amq.headers', { type: 'headers' }],
      ['rabbitmq/queue', 'q', { messageTtl: 5, isDeadLettered: true, singleActive: true }],
    ]);
    expect(scenario.lines.map(({ config }) => config)).toEqual([{ key: 'a.*' }, { headers: { a: 1 }, xMatch: 'any' }]);
    expect(names(drawn(definitions, 'shop'))).toEqual(['other']);
  });

  test('a file of a single virtual host has none on its items', () => {
    const single = {
      rabbitmq_definition_format: 'single_virtual_host',
      original_vhost_name: 'shop',
      queues: [{ name: 'q' }],
      bindings: [],
    };
    expect(parsed(single).scope).toBe('vhost');
    expect(names(drawn(single, 'shop'))).toEqual(['q']);
    expect(names(drawn({ queues: [{ name: 'q' }], exchanges: [] }))).toEqual(['q']);
  });

  test('a name that no client could say is left out', () => {
    const { scenario, notes } = drawn(file({ queues: [queue({ name: 'é'.repeat(128) })] }));
    expect(scenario.parts).toHaveLength(1);
    expect(keys(notes)).toContain('nameTooLong queues[0].name');
  });

  test('a queue without a type gets that of its virtual host, if it can be of that', () => {
    const vhosts = [{ name: '/', metadata: { default_queue_type: 'quorum' } }];
    const { scenario, notes } = drawn(file({ vhosts, queues: [queue(), queue({ name: 't', durable: false })] }));
    expect(scenario.parts.slice(1).map(({ config }) => config)).toEqual([{ queueType: 'quorum' }, { durable: false }]);
    expect(keys(notes)).toContain('defaultQueueType queues[0]');
  });

  test.each([
    ['two thousand queues', largeDefinitions(2_000, 6_000)],
    ['one exchange with all queues', largeDefinitions(3_000, 3_000, 1)],
    ['an exchange for every queue', largeDefinitions(1_900, 1_900, 1_900)],
    ['no exchange at all', { ...largeDefinitions(3_900, 0, 0), exchanges: [] }],
  ])('stands apart, within its broker, about as wide as a screen: %s', (_, large) => {
    const { scenario } = drawn(large);
    const run = { ...emptyRun(), scenario };
    expect(parseFile(serializeFile(run), catalogue)).toMatchObject({ ok: true });
    const [broker, ...inside] = scenario.parts;
    const { width = 0, height = 0 } = broker ?? {};
    expect(new Set(inside.map(({ x, y }) => `${x} ${y}`)).size).toBe(inside.length);
    expect(inside.every(({ x, y }) => x >= 40 && y >= 40 && x <= width - 100 && y <= height - 60)).toBe(true);
    expect(width / height).toBeGreaterThan(0.8);
    expect(width / height).toBeLessThan(2);
  });
});

describe('policies', () => {
  const policy = (more: object) => ({
    vhost: '/',
    name: 'p',
    pattern: '^q',
    'apply-to': 'queues',
    priority: 0,
    definition: { expires: 5 },
    ...more,
  });
  const broker = (policies: readonly object[], version: Version = '4.2') => drawn(file({ policies, queues: [queue()] }), '/', version);
  const kept = ({ scenario }: Drawn) => scenario.parts[0]?.config['policies'];

  test('are the drawn broker’s own', () => {
    const { scenario, notes } = broker([policy({ definition: { 'message-ttl': 9, 'max-age': '1D' }, priority: 5 })]);
    expect(scenario.parts[0]?.config).toEqual({
      version: '4.2',
      policies: [{ name: 'p', pattern: '^q', applyTo: 'queues', priority: 5, definition: { 'message-ttl': 9, 'max-age': '1D' } }],
    });
    expect(keys(notes)).toEqual(['policyKey policies[0].definition["max-age"]']);
  });

  test('keys of mirrored queues are left to the versions that know them', () => {
    const mirrors = [policy({ definition: { 'ha-mode': 'all' } }), policy({ name: 'both', definition: { 'ha-mode': 'all', expires: 5 } })];
    expect(kept(broker(mirrors, '3.13'))).toHaveLength(2);
    const { notes, refusals, scenario } = broker(mirrors, '4.2');
    expect(scenario.parts[0]?.config['policies']).toMatchObject([{ name: 'both', definition: { expires: 5 } }]);
    expect(keys(notes)).toEqual(['haPolicy policies[0]', 'policyEmpty policies[0]', 'haPolicy policies[1]']);
    expect(keys(refusals)).toContain('policyKey policies[0].definition["ha-mode"]');
  });

  test('what the broker can’t match, or only in too long a time, is left out and said', () => {
    const hard = `^(${'a|'.repeat(400)}a)*$`;
    const many = Array.from({ length: 70 }, (_, i) => policy({ name: `p${i}` }));
    expect(keys(broker([policy({ pattern: '(?<=q)' })]).notes)).toEqual(['policyPattern policies[0].pattern']);
    expect(keys(broker([policy({ 'apply-to': 'things' })]).notes)).toEqual(['policyOther policies[0]']);
    expect(kept(broker(many))).toHaveLength(64);
    const queues = Array.from({ length: 3_000 }, (_, i) => queue({ name: 'a'.repeat(200) + i }));
    const { notes } = drawn(file({ queues, policies: [policy({ pattern: hard })] }));
    expect(keys(notes)).toEqual(['policyEffort policies[0].pattern']);
  });

  test('come back by way of an export', () => {
    const { scenario } = broker([policy({ 'apply-to': 'all', pattern: '.*' }), policy({ name: 'second', priority: 3 })]);
    const { text } = exportDefinitions(scenario, brokerId(scenario));
    expect(JSON.parse(text).policies).toEqual([policy({ 'apply-to': 'all', pattern: '.*' }), policy({ name: 'second', priority: 3 })]);
    expect(kept(drawn(text))).toEqual(scenario.parts[0]?.config['policies']);
  });
});

test('the nodes of a cluster are exported as one broker', () => {
  const part = (id: string, kind: string, parent?: string) => {
    return { id, kind: `rabbitmq/${kind}`, name: id, x: 0, y: 0, config: {}, ...(parent === undefined ? {} : { parent }) };
  };
  const parts = [
    part('one', 'broker'),
    part('two', 'broker'),
    part('x', 'exchange', 'one'),
    part('q', 'queue', 'two'),
    part('d', 'disk', 'two'),
  ];
  const lines = [
    { id: 'l1', kind: 'rabbitmq/cluster', from: 'one', to: 'two', config: {} },
    { id: 'l2', kind: 'rabbitmq/binding', from: 'x', to: 'q', config: { key: 'k' } },
  ];
  const { text } = exportDefinitions({ ...emptyRun().scenario, parts, lines }, 'one');
  expect(JSON.parse(text)).toMatchObject({
    exchanges: [{ name: 'x' }],
    queues: [{ name: 'q' }],
    bindings: [{ source: 'x', destination: 'q' }],
  });
});

describe('what a broker refuses', () => {
  const transient = file({ queues: [queue({ durable: false, arguments: { 'x-queue-mode': 'lazy', 'x-queue-version': 1 } })] });
  test.each<[Version, readonly string[]]>([
    ['3.13', []],
    ['4.2', []],
    [
      '4.3',
      [
        'transientQueue queues[0].durable',
        'queueMode queues[0].arguments["x-queue-mode"]',
        'queueVersion queues[0].arguments["x-queue-version"]',
      ],
    ],
  ])('%s and transient queues, lazy ones and old ones', (version, expected) => {
    expect(keys(drawn(transient, '/', version).refusals)).toEqual(expected);
  });

  test.each<[string, object, string]>([
    ['null anywhere in arguments', { queues: [queue({ arguments: { a: [null] } })] }, 'nullArgument queues[0].arguments["a"]'],
    [
      'a text where an integer is due',
      { queues: [queue({ arguments: { 'x-message-ttl': '5' } })] },
      'queueArgument queues[0].arguments["x-message-ttl"]',
    ],
    ['an expiry of 0', { queues: [queue({ arguments: { 'x-expires': 0 } })] }, 'queueArgument queues[0].arguments["x-expires"]'],
    [
      'a dead letter key without an exchange',
      { queues: [queue({ arguments: { 'x-dead-letter-routing-key': 'k' } })] },
      'queueArgument queues[0].arguments["x-dead-letter-routing-key"]',
    ],
    ['an item without a virtual host', { queues: [{ name: 'q' }] }, 'noVhost queues[0]'],
    ['an unknown exchange type', { exchanges: [{ vhost: '/', name: 'e', type: 'odd' }] }, 'exchangeType exchanges[0].type'],
    ['a name that is none', { queues: [{ vhost: '/', name: 5 }] }, 'wrongType queues[0].name'],
    [
      'a quorum queue that is not durable',
      { queues: [queue({ durable: false, arguments: { 'x-queue-type': 'quorum' } })] },
      'notDurable queues[0].durable',
    ],
    [
      'a quorum queue with priorities',
      { queues: [queue({ arguments: { 'x-queue-type': 'quorum', 'x-max-priority': 5 } })] },
      'queueArgument queues[0].arguments["x-max-priority"]',
    ],
    [
      'a pattern too long',
      { policies: [{ vhost: '/', name: 'p', pattern: 'x'.repeat(1_025), definition: { expires: 1 } }] },
      'patternTooLong policies[0].pattern',
    ],
    [
      'a pattern that is none',
      { policies: [{ vhost: '/', name: 'p', pattern: '(', definition: { expires: 1 } }] },
      'patternInvalid policies[0].pattern',
    ],
  ])('%s', (_, more, expected) => {
    expect(keys(drawn(file(more)).refusals)).toContain(expected);
  });
});

describe('hostile files', () => {
  test('no credential of a file is kept anywhere', () => {
    const secret = 'HUSH-HUSH';
    const definitions = file({
      users: [{ name: `user-${secret}`, password_hash: secret, hashing_algorithm: 'x', tags: 'administrator' }],
      permissions: [{ user: secret, vhost: '/', configure: '.*' }],
      parameters: [{ vhost: '/', component: 'shovel', name: 's', value: { 'src-uri': `amqp://u:${secret}@host` } }],
      global_parameters: [{ name: 'x', value: secret }],
      queues: [queue()],
    });
    expect(JSON.stringify([parsed(definitions), drawn(definitions)])).not.toContain(secret);
  });

  test('names of what every object inherits are names like any other', () => {
    const text = `{"queues":[{"vhost":"/","name":"__proto__","arguments":{"__proto__":{"durable":false},"constructor":1}}],"vhosts":[{"name":"/"}],"__proto__":{"users":[]}}`;
    const { scenario } = drawn(text);
    expect(scenario.parts[1]).toMatchObject({ name: '__proto__', config: { arguments: { constructor: 1 } } });
    expect(Object.prototype).not.toHaveProperty('durable');
  });

  test.each([
    ['nesting', `{"queues":${'['.repeat(100_000)}`],
    ['no JSON', '{"queues":['],
    ['a list', '[]'],
    ['a run of our own', JSON.stringify({ format: 'queuescope/run', queues: [], exchanges: [] })],
  ])('what is no definitions file is refused: %s', (_, text) => {
    expect(parseDefinitions(text).ok).toBe(false);
  });

  test('anything in place of anything is noted or left out, and nothing breaks', () => {
    fc.assert(
      fc.property(
        fc.object({
          key: fc.constantFrom('queues', 'exchanges', 'bindings', 'vhosts', 'policies', 'name', 'vhost', 'arguments'),
          maxDepth: 4,
        }),
        (json) => {
          const result = parseDefinitions(JSON.stringify({ rabbit_version: '1', ...json }));
          if (!result.ok) return;
          for (const { name } of result.value.vhosts) expect(drawVhost(result.value, name, '4.3').ok).toBe(true);
        },
      ),
    );
  });
});

test('a broker of several virtual hosts is exported with all of them', () => {
  const part = (id: string, kind: string, config: object = {}) => {
    return { id, kind: `rabbitmq/${kind}`, name: id, x: 0, y: 0, parent: 'b', config: config as Part['config'] };
  };
  const broker = {
    id: 'b',
    kind: 'rabbitmq/broker',
    name: 'rabbit-1',
    x: 0,
    y: 0,
    config: { policies: [{ name: 'p', definition: { expires: 5 } }] },
  };
  const parts = [broker, part('x', 'exchange', { vhost: 'shop' }), part('q', 'queue', { vhost: 'shop' }), part('home', 'queue')];
  const lines = [{ id: 'l', kind: 'rabbitmq/binding', from: 'x', to: 'q', config: {} }];
  const { text } = exportDefinitions({ ...emptyRun().scenario, parts, lines }, 'b');
  expect(JSON.parse(text)).toMatchObject({
    vhosts: [{ name: '/' }, { name: 'shop' }],
    policies: [{ vhost: '/' }, { vhost: 'shop' }],
    exchanges: [{ name: 'x', vhost: 'shop' }],
    queues: [
      { name: 'q', vhost: 'shop' },
      { name: 'home', vhost: '/' },
    ],
    bindings: [{ vhost: 'shop', source: 'x', destination: 'q' }],
  });
});

test('what was drawn runs, is a file like any other, and comes back the same by way of an export', () => {
  fc.assert(
    fc.property(anyDefinitions, (definitions) => {
      for (const vhost of ['/', 'shop']) {
        const first = drawn(definitions, vhost);
        const run = { ...emptyRun(), scenario: first.scenario };
        expect(compile(run, catalogue)).toMatchObject({ ok: true });
        expect(parseFile(serializeFile(run), catalogue)).toEqual({ ok: true, value: run });
        const { text } = exportDefinitions(first.scenario, brokerId(first.scenario));
        const second = drawn(text, vhost);
        expect(topology(second.scenario)).toEqual(topology(first.scenario));
        expect(exportDefinitions(second.scenario, brokerId(second.scenario)).text).toBe(text);
        expect(second.refusals.list.filter(({ key }) => key !== 'notDurable')).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
});

/** Ids and places may differ; what is declared may not. */
function topology({ parts, lines }: Scenario) {
  const byId = new Map(parts.map((part) => [part.id, part.name]));
  const places = parts.map(({ kind, name, config }) => ({ kind, name, config }));
  return {
    places: places.sort((a, b) => (a.kind + a.name < b.kind + b.name ? -1 : 1)),
    lines: lines.map(({ kind, from, to, config }) => ({ kind, from: byId.get(from), to: byId.get(to), config })),
  };
}

test('a file is known by its content', () => {
  expect(isDefinitions({ rabbitmq_version: '4.2.0' })).toBe(true);
  expect(isDefinitions({ queues: [], bindings: [] })).toBe(true);
  expect(isDefinitions({ queues: [] })).toBe(false);
  expect(isDefinitions(null)).toBe(false);
});

test('every note and every rule has its words', () => {
  const all = [...NOTE_KEYS.map((key) => `definitions.note.${key}`), ...RULE_KEYS.map((key) => `definitions.rule.${key}`)];
  expect(all.filter((key) => !hasText(key))).toEqual([]);
});
