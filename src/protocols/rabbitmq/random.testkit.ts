import { micros, nextBelow, type RandomState, randomStream } from '../../base/index.ts';
import { ENGINE_VERSION } from '../../engine/index.ts';
import type { Config, Intervention, Line, Part, Run } from '../../scenario/index.ts';

/*
 * Random RabbitMQ topologies with traffic, and random deeds done to them. From a seed rather than from arbitraries: what
 * is wanted is not the smallest example but many different busy runs, and a seed names each of them.
 */
const TYPES = ['direct', 'fanout', 'topic', 'headers', 'default'] as const;
const WORDS = ['a', 'b', 'a.b', 'b.a', 'a.b.c', ''];
const PATTERNS = ['a', 'b', '#', '*', 'a.*', '#.b', 'a.#.c'];

class Dice {
  private readonly random: RandomState;
  constructor(seed: number) {
    this.random = randomStream(seed, 'topology');
  }
  below(count: number): number {
    return nextBelow(this.random, count);
  }
  one<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
  oftenNot(): boolean {
    return this.below(4) === 0;
  }
}

function message(dice: Dice): Config {
  return {
    key: dice.one(WORDS),
    weight: 1 + dice.below(3),
    ...(dice.oftenNot() ? { headers: { h: dice.below(2) } } : {}),
    ...(dice.oftenNot() ? { mandatory: true } : {}),
    ...(dice.oftenNot() ? { persistent: true } : {}),
    ...(dice.oftenNot() ? { cc: dice.one(WORDS) } : {}),
    ...(dice.oftenNot() ? { bcc: dice.one(WORDS) } : {}),
    ...(dice.oftenNot() ? { priority: dice.below(6) } : {}),
    body: 'x'.repeat(dice.below(4)),
  };
}

function consumerConfig(dice: Dice): Config {
  return {
    prefetch: dice.below(4),
    ackMode: dice.one(['manual', 'manual', 'auto', 'never']),
    work: dice.one(['fixed', 'weight']),
    workMillis: 100 * (1 + dice.below(8)),
    failEvery: dice.below(4),
    requeue: dice.oftenNot(),
    priority: dice.below(2),
    prefetchGlobal: dice.oftenNot(),
    exclusive: dice.below(12) === 0,
  };
}

/** Some of what makes a queue forget, refuse or pass on messages. */
function queueArguments(exchanges: readonly string[], dice: Dice): Config {
  const isDeadLettered = dice.below(3) === 0;
  return {
    ...(dice.oftenNot() ? { 'x-single-active-consumer': true } : {}),
    ...(dice.oftenNot() ? { 'x-message-ttl': 100 * dice.below(12) } : {}),
    ...(dice.oftenNot()
      ? { 'x-max-length': dice.below(4), 'x-overflow': dice.one(['drop-head', 'reject-publish', 'reject-publish-dlx']) }
      : {}),
    ...(dice.oftenNot() ? { 'x-max-length-bytes': 4 } : {}),
    ...(dice.oftenNot() ? { 'x-max-priority': 1 + dice.below(4) } : {}),
    ...(dice.below(10) === 0 ? { 'x-expires': 1_000 + 500 * dice.below(4) } : {}),
    ...(isDeadLettered ? { 'x-dead-letter-exchange': dice.one([...exchanges, '', 'missing']) } : {}),
    ...(isDeadLettered && dice.oftenNot() ? { 'x-dead-letter-routing-key': dice.one([...WORDS, 'q0', 'q1']) } : {}),
  };
}

function topology(dice: Dice): { readonly parts: readonly Part[]; readonly lines: readonly Line[] } {
  const parts: Part[] = [];
  const lines: Line[] = [];
  const part = (id: string, kind: string, config: Config, parent?: string) =>
    parts.push({ id, kind: `rabbitmq/${kind}`, name: id, x: 0, y: 0, config, ...(parent === undefined ? {} : { parent }) });
  const line = (kind: string, from: string, to: string, config: Config = {}) =>
    lines.push({ id: `l${lines.length + 1}`, kind: `rabbitmq/${kind}`, from, to, config });
  part('b', 'broker', {});
  const exchanges = Array.from({ length: 1 + dice.below(3) }, (_, i) => `x${i}`);
  let hasDefault = false;
  const types = exchanges.map((id) => {
    const wanted = dice.one(TYPES);
    const type = wanted === 'default' && hasDefault ? 'fanout' : wanted;
    hasDefault ||= type === 'default';
    part(id, 'exchange', { type, ...(dice.oftenNot() && type !== 'default' ? { alternate: dice.one(exchanges) } : {}) }, 'b');
    return type;
  });
  const queues = Array.from({ length: 1 + dice.below(3) }, (_, i) => `q${i}`);
  for (const id of queues)
    part(
      id,
      'queue',
      {
        durable: !dice.oftenNot(),
        arguments: queueArguments(
          exchanges.filter((_, i) => types[i] !== 'default'),
          dice,
        ),
      },
      'b',
    );
  const named = exchanges.filter((_, i) => types[i] !== 'default');
  for (const from of named) {
    const isHeaders = types[exchanges.indexOf(from)] === 'headers';
    for (let i = dice.below(4); i > 0; i--) {
      const targets = [...queues, ...named.filter((to) => to !== from)];
      line('binding', from, dice.one(targets), isHeaders ? { headers: { h: dice.below(2) } } : { key: dice.one(PATTERNS) });
    }
  }
  for (let i = 1 + dice.below(2); i > 0; i--) {
    const id = `p${i}`;
    const templates = Array.from({ length: 1 + dice.below(3) }, () => message(dice));
    part(id, 'producer', dice.oftenNot() ? { mode: 'burst', count: 5, templates } : { everyMillis: 300 + 100 * dice.below(8), templates });
    line('publish', id, dice.one(exchanges));
  }
  for (let i = 1 + dice.below(3); i > 0; i--) {
    const id = `c${i}`;
    part(id, 'consumer', consumerConfig(dice));
    line('consume', dice.one(queues), id);
    if (dice.oftenNot()) line('publish', id, dice.one(exchanges), {});
  }
  return { parts, lines };
}

const DEEDS: { readonly [kind: string]: readonly string[] } = {
  producer: ['publish', 'pause', 'resume', 'crash', 'restart', 'leave', 'reconfigure'],
  consumer: ['pause', 'resume', 'crash', 'restart', 'leave', 'join', 'reconfigure'],
  broker: ['crash', 'restart'],
  exchange: ['publish', 'leave', 'join'],
  queue: ['purge', 'leave', 'join', 'reconfigure'],
};

function argsOf(verb: string, kind: string, dice: Dice): Config {
  if (verb === 'publish') return { ...message(dice), count: 1 + dice.below(4) };
  if (verb !== 'reconfigure') return {};
  if (kind === 'producer') return { everyMillis: 200 + dice.below(1_000) };
  return kind === 'consumer' ? { prefetch: dice.below(3), workMillis: 100 + dice.below(700) } : { durable: dice.below(2) === 0 };
}

function deeds(parts: readonly Part[], lines: readonly Line[], seconds: number, dice: Dice): readonly Intervention[] {
  const found: Intervention[] = [];
  for (let i = dice.below(9); i > 0; i--) {
    const at = micros(dice.below(seconds * 1_000) * 1_000);
    const line = dice.one(lines);
    if (dice.oftenNot() && line) {
      const isBinding = line.kind === 'rabbitmq/binding';
      found.push({
        at,
        verb: dice.one(isBinding ? ['leave', 'join'] : ['cut', 'heal', 'cut', 'leave', 'join']),
        target: line.id,
        args: {},
      });
      continue;
    }
    const part = dice.one(parts);
    const kind = part.kind.split('/')[1] as string;
    const verb = dice.one(DEEDS[kind] ?? []);
    found.push({ at, verb, target: part.id, args: argsOf(verb, kind, dice) });
  }
  return found.sort((a, b) => a.at - b.at);
}

/** The run of a seed. */
export function randomRun(seed: number): Run {
  const dice = new Dice(seed);
  const seconds = 8;
  const { parts, lines } = topology(dice);
  const settings = {
    latency: micros(dice.one([0, 1, 200_000, 400_000])),
    hop: micros(dice.one([0, 0, 300_000])),
    until: micros(seconds * 1_000_000),
    detect: micros(dice.one([500_000, 3_000_000])),
    colourBy: 'key' as const,
  };
  const scenario = { from: '', title: '', intro: '', parts, lines, settings };
  return { scenario, seed, engine: ENGINE_VERSION, interventions: deeds(parts, lines, seconds, dice) };
}
