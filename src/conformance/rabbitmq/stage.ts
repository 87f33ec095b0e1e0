import type { Micros } from '../../base/index.ts';
import type { Catalogue, Kernel, Line, Part, Run } from '../../engine/index.ts';
import { ENGINE_VERSION, makeCatalogue } from '../../engine/index.ts';
import { brokerKernel } from '../../protocols/rabbitmq/broker/index.ts';
import { clientKernel } from '../../protocols/rabbitmq/client/index.ts';
import { BROKER, CLIENT, CLUSTER, CONNECTION, LINE_KINDS, PART_KINDS } from '../../protocols/rabbitmq/kinds.ts';
import { brokerId, clientId, LATENCY_MICROS, nodeOf, type Script } from './translate.ts';

/** The kernels that a simulation runs, without anything that is drawn; the client may be told what to do. */
export const stageCatalogue: Catalogue = makeCatalogue([
  {
    protocol: 'rabbitmq',
    kernels: new Map<string, Kernel>([
      [BROKER, brokerKernel as Kernel],
      [CLIENT, clientKernel as Kernel],
    ]),
    vocabulary: {
      parts: new Map([...PART_KINDS].map(([kind, part]) => [kind, kind === CLIENT ? { ...part, verbs: ['do'] } : part])),
      lines: LINE_KINDS,
      connect: () => ({ problem: { where: '', key: 'notDrawn' } }),
      mend: (scenario) => scenario,
      implied: () => [],
      check: () => [],
    },
    marks: {},
    messageFields: [],
  },
]);

function nodeNamed(id: string, kind: string, name: string): Part {
  return { id, kind, name, x: 0, y: 0, config: {} };
}

/** A run with the brokers of a cluster (or one) and one scripted client for each connection; hops inside a broker take no time. */
export function stage(script: Script): Run {
  const clients = script.clients.map((name) => nodeNamed(clientId(name), CLIENT, name));
  const lines = clients.map(
    (client, i): Line => ({ id: `line-${i}`, kind: CONNECTION, from: client.id, to: brokerId(nodeOf(client.name)), config: {} }),
  );
  const links = Array.from({ length: script.nodes }, (_, i) =>
    Array.from(
      { length: i },
      (__, j): Line => ({ id: `cluster-${j + 1}-${i + 1}`, kind: CLUSTER, from: brokerId(j + 1), to: brokerId(i + 1), config: {} }),
    ),
  ).flat();
  const brokers = Array.from({ length: script.nodes }, (_, i) => nodeNamed(brokerId(i + 1), BROKER, `rmq${i + 1}`));
  return {
    scenario: {
      from: '',
      title: '',
      intro: '',
      parts: [...brokers, ...clients],
      lines: [...links, ...lines],
      settings: { latency: LATENCY_MICROS as Micros, hop: 0 as Micros, until: script.until, detect: 60_000_000 as Micros, colourBy: 'key' },
    },
    seed: 1,
    engine: ENGINE_VERSION,
    interventions: script.interventions,
  };
}
