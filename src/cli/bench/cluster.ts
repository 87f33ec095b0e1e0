import { fromMillis, type Micros } from '../../base/index.ts';
import { type Catalogue, ENGINE_VERSION } from '../../engine/index.ts';
import { catalogue as everyPack } from '../../protocols/catalogue.ts';
import { plainLine, plainPart } from '../../protocols/rabbitmq/plain.ts';
import { DEFAULT_SETTINGS, type Run } from '../../scenario/index.ts';
import { compiled, speedOf } from './engine.ts';
import type { BenchRow } from './row.ts';

const AFTER = 100_000;
const STEPS = 20_000;
const ROUNDS = 60;
const NODES = ['b1', 'b2', 'b3'] as const;
const CLIENTS = 9;

/** Three nodes: a queue that all of them replicate, and classic queues that clients of other nodes use. */
export function clusterRows(catalogue: Catalogue = everyPack): readonly BenchRow[] {
  const speed = (queueType: 'classic' | 'quorum') => {
    const program = compiled(clusterRun(queueType), catalogue);
    return speedOf(program, AFTER, STEPS, ROUNDS);
  };
  const classic = speed('classic');
  const quorum = speed('quorum');
  const reference = 'cluster of 3 nodes, classic queues';
  return [
    { name: `${reference}, consumed through other nodes`, value: classic, unit: 'appointments/s' },
    { name: 'quorum replication on 3 nodes', value: quorum, unit: 'appointments/s', reference, ratio: quorum / classic },
  ];
}

/** Every node has a queue, and its clients publish to and consume from the next node's. */
function clusterRun(queueType: 'classic' | 'quorum'): Run {
  const clients = Array.from({ length: CLIENTS }, (_, i) => ({
    own: NODES[i % 3] as string,
    queue: `q-${NODES[(i + 1) % 3]}`,
    producer: `p${i}`,
    consumer: `c${i}`,
  }));
  const parts = [
    ...NODES.map((id) => plainPart(id, 'broker')),
    ...NODES.map((id) => plainPart(`q-${id}`, 'queue', { queueType }, id)),
    ...clients.map(({ producer, queue }) =>
      plainPart(producer, 'producer', { everyMillis: 1, guarantee: 'confirms', batch: 50, templates: [{ key: queue }] }),
    ),
    ...clients.map(({ consumer }) => plainPart(consumer, 'consumer', { prefetch: 20, workMillis: 1 })),
  ];
  const lines = [
    plainLine('b1', 'cluster', 'b2'),
    plainLine('b1', 'cluster', 'b3'),
    plainLine('b2', 'cluster', 'b3'),
    ...clients.map(({ producer, own }) => plainLine(producer, 'publish-via', own)),
    ...clients.map(({ consumer, own, queue }) => plainLine(own, 'consume-via', consumer, { queue })),
  ];
  const settings = { ...DEFAULT_SETTINGS, latency: fromMillis(1), hop: 0 as Micros, until: fromMillis(60_000) };
  return { scenario: { from: '', title: '', intro: '', parts, lines, settings }, seed: 1, engine: ENGINE_VERSION, interventions: [] };
}
