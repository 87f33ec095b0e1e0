import type { Micros } from '../../base/index.ts';
import type { Line, Part, Run } from '../../engine/index.ts';
import { ENGINE_VERSION, makeCatalogue } from '../../engine/index.ts';
import { CLIENT, CONNECTION, ENSEMBLE, SERVER } from '../../protocols/zookeeper/kinds.ts';
import { zookeeper } from '../../protocols/zookeeper/pack.ts';
import { clientId, LATENCY_MICROS, type Script, serverIds } from './translate.ts';

/** The very pack that a simulation runs. */
export const stageCatalogue = makeCatalogue([zookeeper]);

/** As the recorder's servers were configured: sessions of 2 s must be allowed. */
const TICK_MILLIS = 1_000;

function nodeNamed(id: string, kind: string, name: string, config: Part['config'] = {}): Part {
  return { id, kind, name, x: 0, y: 0, config };
}

/** A run with the servers of an ensemble (or one), and scripted clients that may connect with each of them. */
export function stage(script: Script): Run {
  const ids = serverIds(script.nodes);
  const servers = ids.map((id, i) => nodeNamed(id, SERVER, `zookeeper-${i + 1}`, { tickMillis: TICK_MILLIS }));
  const clients = script.clients.map((name) => nodeNamed(clientId(name), CLIENT, name));
  const links = ids.flatMap((to, i) =>
    ids.slice(0, i).map((from): Line => ({ id: `link-${from}-${to}`, kind: ENSEMBLE, from, to, config: {} })),
  );
  const lines = clients.flatMap(({ id }) =>
    ids.map((to): Line => ({ id: `line-${id}-${to}`, kind: CONNECTION, from: id, to, config: {} })),
  );
  return {
    scenario: {
      from: '',
      title: '',
      intro: '',
      parts: [...servers, ...clients],
      lines: [...links, ...lines],
      settings: { latency: LATENCY_MICROS as Micros, hop: 0 as Micros, until: script.until, detect: 60_000_000 as Micros, colourBy: 'key' },
    },
    seed: 1,
    engine: ENGINE_VERSION,
    interventions: script.interventions,
  };
}
