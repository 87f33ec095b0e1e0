import fc from 'fast-check';

/** Definitions as a broker exports them, small and with the odd things that real ones hold. Names repeat, so that bindings meet. */
const name = fc.constantFrom('orders', 'audit', 'a', 'b', 'c', '队列', '<b>x</b>', '__proto__', 'constructor', 'amq.topic', '');
const scalar = fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.boolean(), fc.constantFrom<unknown>(null, 1.5, [], {}));
const queueArguments = fc.oneof(
  fc.constant([]),
  fc.record(
    {
      'x-message-ttl': fc.constantFrom<unknown>(0, 1_000, 86_400_001, 'soon', -1),
      'x-max-length': fc.constantFrom<unknown>(0, 10, 2_000_000),
      'x-max-priority': fc.constantFrom(0, 5, 300),
      'x-overflow': fc.constantFrom('drop-head', 'reject-publish', 'reject-publish-dlx', 'other'),
      'x-dead-letter-exchange': fc.constantFrom<unknown>('', 'orders', 5),
      'x-dead-letter-routing-key': fc.constantFrom('', 'dead'),
      'x-expires': fc.constantFrom(0, 60_000),
      'x-queue-type': fc.constantFrom('classic', 'quorum', 'stream', 'other'),
      'x-own': scalar,
    },
    { requiredKeys: [] },
  ),
);
const bindingArguments = fc.record(
  { 'x-match': fc.constantFrom('all', 'any', 'any-with-x', 'some'), kind: scalar, __proto__: scalar },
  { requiredKeys: [] },
);

const vhost = fc.constantFrom('/', 'shop');
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

export const anyDefinitions = fc.record({
  rabbit_version: fc.constantFrom('3.13.7', '4.2.0'),
  vhosts: fc.constant([
    { name: '/', metadata: { default_queue_type: 'undefined' } },
    { name: 'shop', metadata: { default_queue_type: 'quorum' } },
  ]),
  users: fc.constant([{ name: 'guest', password_hash: 'SECRET', tags: 'administrator' }]),
  policies: fc.array(
    fc.record({
      vhost,
      name: fc.constantFrom('p1', 'p2'),
      pattern: fc.constantFrom('.*', '^a', '(a+)+$', '[', '(?=x)', 'o.*s$'),
      'apply-to': fc.constantFrom('all', 'queues', 'exchanges', 'quorum_queues'),
      priority: fc.integer({ min: 0, max: 3 }),
      definition: fc.record(
        {
          'message-ttl': fc.constant(500),
          'ha-mode': fc.constant('all'),
          'alternate-exchange': fc.constant('audit'),
          'max-length': fc.constant(5),
        },
        { requiredKeys: [] },
      ),
    }),
    { maxLength: 3 },
  ),
  exchanges: fc.array(
    fc.record({
      vhost,
      name,
      type: fc.constantFrom('direct', 'fanout', 'topic', 'headers', 'x-delayed-message', 'odd'),
      durable: fc.boolean(),
      auto_delete: fc.boolean(),
      internal: optional(fc.boolean()),
      arguments: fc.constantFrom<unknown>({}, [], { 'alternate-exchange': 'audit' }, { 'x-delayed-type': 'topic' }, { 'x-own': 1 }),
    }),
    { maxLength: 8 },
  ),
  queues: fc.array(fc.record({ vhost, name, durable: fc.boolean(), auto_delete: fc.boolean(), arguments: queueArguments }), {
    maxLength: 10,
  }),
  bindings: fc.array(
    fc.record({
      vhost,
      source: name,
      destination: name,
      destination_type: fc.constantFrom('queue', 'exchange'),
      routing_key: fc.constantFrom('', 'a.b', '#', '*.x'),
      arguments: bindingArguments,
    }),
    { maxLength: 20 },
  ),
});

/** A broker as large as this, in the shape of a 3.13 export: every exchange binds some queues, every queue is bound several times. */
export function largeDefinitions(queues: number, bindings: number, exchanges = 40): object {
  const names = Array.from({ length: queues }, (_, i) => `service-${i % exchanges}.queue-${i}`);
  const sources = Array.from({ length: exchanges }, (_, i) => `exchange-${i}`);
  const vhostOf = { vhost: '/' };
  return {
    rabbit_version: '3.13.7',
    rabbitmq_version: '3.13.7',
    vhosts: [{ name: '/' }],
    exchanges: sources.map((source, i) => {
      const type = (['topic', 'direct', 'fanout'] as const)[i % 3];
      return { name: source, ...vhostOf, type, durable: true, auto_delete: false, internal: false, arguments: {} };
    }),
    queues: names.map((queue) => ({ name: queue, ...vhostOf, durable: true, auto_delete: false, arguments: {} })),
    bindings: Array.from({ length: bindings }, (_, i) => ({
      // The first round binds each queue where it belongs, the next ones a few steps away, the last anywhere.
      source: sources[(i + (i < queues ? 0 : i < 2 * queues ? 1 : Math.imul(i, 7_919) >>> 5)) % exchanges],
      ...vhostOf,
      destination: names[i % queues],
      destination_type: 'queue',
      routing_key: `key.${i % 97}.${i}`,
      arguments: {},
    })),
  };
}
