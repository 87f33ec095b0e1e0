import { fromMillis, type Micros, nextBelow, randomStream } from '../../base/index.ts';
import { ENGINE_VERSION } from '../../engine/index.ts';
import type { Config, Intervention, Line, Part, Run } from '../../scenario/index.ts';
import { BINDING, BROKER, CLUSTER, CONSUME_VIA, CONSUMER, EXCHANGE, PRODUCER, PUBLISH_VIA, QUEUE } from './kinds.ts';

const UNTIL = 20_000;

/** A random cluster with queues of all kinds, clients of every node, and nodes and links that come and go. */
export function randomCluster(seed: number): Run {
  const random = randomStream(seed, 'cluster');
  const below = (n: number) => nextBelow(random, n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const parts: Part[] = [];
  const lines: Line[] = [];
  const part = (id: string, kind: string, config: Config = {}, parent?: string): void => {
    parts.push({ id, kind, name: id, x: 0, y: 0, config, ...(parent === undefined ? {} : { parent }) });
  };
  const line = (kind: string, from: string, to: string, config: Config = {}): void => {
    lines.push({ id: `l${lines.length}`, kind, from, to, config });
  };
  const nodes = Array.from({ length: 2 + below(3) }, (_, i) => `b${i}`);
  const mirror = { name: 'ha', pattern: '^m', definition: { 'ha-mode': 'all', 'ha-sync-mode': pick(['automatic', 'manual']) } };
  nodes.forEach((id, i) => {
    part(id, BROKER, i === 0 ? { policies: [mirror] } : {});
  });
  for (let i = 1; i < nodes.length; i++) line(CLUSTER, nodes[below(i)] as string, nodes[i] as string);
  part('x', EXCHANGE, { type: 'topic' }, pick(nodes));
  const queues = Array.from({ length: 1 + below(4) }, (_, i) => {
    const queueType = pick(['classic', 'classic', 'quorum', 'quorum', 'stream']);
    const id = queueType === 'classic' && below(2) === 0 ? `m${i}` : `q${i}`;
    const isDurable = queueType !== 'classic' || below(4) > 0;
    part(id, QUEUE, { queueType, durable: isDurable, ...(below(4) === 0 && queueType !== 'stream' ? { maxLength: 3 } : {}) }, pick(nodes));
    line(BINDING, 'x', id, { key: pick(['#', 'a', 'b']) });
    return id;
  });
  for (let i = 0; i < 1 + below(2); i++) {
    const guarantee = pick(['none', 'confirms', 'transactions']);
    const templates = [{ key: pick(['a', 'b']), persistent: below(2) === 0, mandatory: below(3) === 0 }];
    part(`p${i}`, PRODUCER, { everyMillis: 300 + below(900), guarantee, batch: 1 + below(3), limit: 18, templates });
    line(PUBLISH_VIA, `p${i}`, pick(nodes), { exchange: 'x' });
  }
  for (let i = 0; i < below(4); i++) {
    const ackMode = pick(['manual', 'manual', 'auto']);
    part(`c${i}`, CONSUMER, { prefetch: 1 + below(3), ackMode, workMillis: 50 + below(900), failEvery: pick([0, 0, 3]) });
    line(CONSUME_VIA, pick(nodes), `c${i}`, { queue: pick(queues) });
  }
  return {
    scenario: {
      from: '',
      title: '',
      intro: '',
      parts,
      lines,
      settings: {
        latency: fromMillis(1 + below(60)) as Micros,
        hop: fromMillis(pick([0, 0, 7])) as Micros,
        until: fromMillis(UNTIL) as Micros,
        detect: fromMillis(400) as Micros,
        colourBy: 'key',
      },
    },
    seed,
    engine: ENGINE_VERSION,
    interventions: deeds(below, pick, nodes, parts, lines),
  };
}

function deeds(
  below: (n: number) => number,
  pick: <T>(list: readonly T[]) => T,
  nodes: readonly string[],
  parts: readonly Part[],
  lines: readonly Line[],
): readonly Intervention[] {
  // A mirrored queue that a cut leaves on both sides has two masters, as in the real broker, and no single truth.
  const isMirrored = parts.some(({ id }) => id.startsWith('m'));
  const links = lines
    .filter(({ kind }) => (kind === CLUSTER && !isMirrored) || kind === PUBLISH_VIA || kind === CONSUME_VIA)
    .map(({ id }) => id);
  const clients = parts.filter(({ kind }) => kind === PRODUCER || kind === CONSUMER).map(({ id }) => id);
  const times = Array.from({ length: below(9) }, () => 500 + below(UNTIL - 1_000)).sort((a, b) => a - b);
  return times.map((millis): Intervention => {
    const [verb, target] = pick([
      () => [pick(['crash', 'stop']), pick(nodes)] as const,
      () => ['restart', pick(nodes)] as const,
      () => ['restart', pick(nodes)] as const,
      () => [pick(['cut', 'heal']), pick(links)] as const,
      () => [pick(['crash', 'restart']), pick(clients)] as const,
    ])();
    return { at: fromMillis(millis) as Micros, verb, target, args: {} };
  });
}
