import { fromMillis, type Micros, nextBelow, randomStream } from '../../base/index.ts';
import { ENGINE_VERSION } from '../../engine/index.ts';
import type { Config, Intervention, Line, Part, Run } from '../../scenario/index.ts';
import type { ScriptDeed } from './client/index.ts';
import type { CreateMode, SingleOp } from './frames.ts';
import { CLIENT, CONNECTION, ENSEMBLE, SERVER } from './kinds.ts';

const UNTIL = 24_000;
const MODES: readonly CreateMode[] = ['PERSISTENT', 'PERSISTENT_SEQUENTIAL', 'EPHEMERAL', 'EPHEMERAL_SEQUENTIAL'];

interface Dice {
  readonly below: (n: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

/** An ensemble with clients that read, write and watch, while servers, clients and links come and go. The last part of it is quiet. */
export function randomEnsemble(seed: number): Run {
  const random = randomStream(seed, 'ensemble');
  const below = (n: number) => nextBelow(random, n);
  const dice: Dice = { below, pick: <T>(list: readonly T[]): T => list[below(list.length)] as T };
  const servers = Array.from({ length: dice.pick([1, 2, 3, 3, 5]) }, (_, i) => `s${i + 1}`);
  const clients = Array.from({ length: 1 + below(3) }, (_, i) => `c${i}`);
  const part = (id: string, kind: string, config: Config): Part => ({ id, kind, name: id, x: 0, y: 0, config });
  const lines: Line[] = [];
  const line = (kind: string, from: string, to: string) => lines.push({ id: `l${lines.length}`, kind, from, to, config: {} });
  // Lines that nobody has drawn can't be cut: with all of them drawn a server can be alone.
  const isMesh = below(2) === 0;
  servers.forEach((server, i) => {
    const others = isMesh ? servers.slice(0, i) : servers.slice(0, i).filter((_, j, all) => j === (i * 7) % all.length);
    for (const other of others) line(ENSEMBLE, other, server);
  });
  for (const client of clients) for (const server of servers) if (below(3) > 0 || server === servers[0]) line(CONNECTION, client, server);
  const settings = {
    latency: fromMillis(1 + below(60)) as Micros,
    hop: 0 as Micros,
    until: fromMillis(UNTIL) as Micros,
    detect: fromMillis(400) as Micros,
    colourBy: 'key' as const,
  };
  const parts = [
    ...servers.map((id) => part(id, SERVER, { tickMillis: dice.pick([200, 500]) })),
    ...clients.map((id) => part(id, CLIENT, {})),
  ];
  return {
    scenario: { from: '', title: '', intro: '', parts, lines, settings },
    seed,
    engine: ENGINE_VERSION,
    interventions: deeds(dice, servers, clients, lines),
  };
}

function deeds(dice: Dice, servers: readonly string[], clients: readonly string[], lines: readonly Line[]): readonly Intervention[] {
  const { below, pick } = dice;
  const times = Array.from({ length: 30 + below(60) }, () => 100 + below(14_000)).sort((a, b) => a - b);
  const links = lines.filter(({ kind }) => kind === ENSEMBLE);
  const found = times.flatMap((millis, step): readonly Intervention[] => {
    const at = fromMillis(millis) as Micros;
    if (below(12) === 0) {
      const alone = pick(servers);
      const verb = pick(['cut', 'cut', 'heal']);
      return links.filter(({ from, to }) => from === alone || to === alone).map(({ id }) => ({ at, verb, target: id, args: {} }));
    }
    const [verb, target, args] = pick([
      ...Array.from({ length: 20 }, () => () => ['do', pick(clients), asked(dice, step)] as const),
      () => ['crash', pick(servers), {}] as const,
      () => ['restart', pick(servers), {}] as const,
      () => ['restart', pick(servers), {}] as const,
      () => [pick(['cut', 'heal']), pick(lines).id, {}] as const,
      () => [pick(['crash', 'restart']), pick(clients), {}] as const,
    ])();
    return [{ at, verb, target, args }];
  });
  const end = fromMillis(15_000) as Micros;
  const mended = [
    ...lines.map(({ id }): Intervention => ({ at: end, verb: 'heal', target: id, args: {} })),
    ...servers.map((id): Intervention => ({ at: end, verb: 'restart', target: id, args: {} })),
  ];
  return [...found, ...mended];
}

function asked({ below, pick }: Dice, step: number): Config {
  const path = pick(['/a', '/b', '/a/x', '/a/y', '/b/n-', '/a/x/deep']);
  const version = pick([-1, -1, 0, 1]);
  const watch = below(2) === 0;
  const single = (): SingleOp =>
    pick<SingleOp>([
      { op: 'create', path, data: `${step}`, mode: pick(MODES) },
      { op: 'create', path: pick(['/a', '/b']), data: null, mode: 'PERSISTENT' },
      { op: 'set', path, data: `${step}`, version },
      { op: 'delete', path, version },
    ]);
  const check: SingleOp = { op: 'check', path, version };
  const request = pick<() => ScriptDeed['request']>([
    () => single() as ScriptDeed['request'],
    () => single() as ScriptDeed['request'],
    () => single() as ScriptDeed['request'],
    () => ({ op: 'multi', ops: [single(), check, single()] }),
    () => ({ op: 'get', path, watch }),
    () => ({ op: 'exists', path, watch }),
    () => ({ op: 'children', path: pick(['/', '/a', '/b']), watch }),
    () => (below(3) === 0 ? { op: 'close' } : { op: 'get', path: '/a', watch }),
  ])();
  return { step, timeoutMillis: 1_000 + below(2_000), request } as unknown as Config;
}
