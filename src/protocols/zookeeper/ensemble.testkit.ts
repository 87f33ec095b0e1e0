import { fromMillis, type Micros } from '../../base/index.ts';
import { boot, compile, ENGINE_VERSION, type Fact, type PartView, type Program, step, viewOf, type World } from '../../engine/index.ts';
import type { Intervention, Line, Part, Run } from '../../scenario/index.ts';
import { catalogue } from '../catalogue.ts';
import type { ScriptDeed } from './client/index.ts';
import { CLIENT, CONNECTION, ENSEMBLE, SERVER } from './kinds.ts';

export type Deed = readonly [
  atMillis: number,
  target: string,
  what: ScriptDeed['request'] | 'crash' | 'restart' | 'cut' | 'heal' | 'leave',
];

export const TIMEOUT_MILLIS = 2_000;

/**
 * Servers s1, s2 … in a ring of lines that are all drawn (`s1-s2`), and clients: `a` is connected with s1 first, `b` with s2.
 * Frames take 10 ms, a tick is 1 s.
 */
export function ensemble(servers: number, deeds: readonly Deed[], untilMillis: number): Run {
  const ids = Array.from({ length: servers }, (_, i) => `s${i + 1}`);
  const part = (id: string, kind: string, config: Part['config'] = {}): Part => ({ id, kind, name: id, x: 0, y: 0, config });
  const line = (id: string, kind: string, from: string, to: string): Line => ({ id, kind, from, to, config: {} });
  const turned = (n: number) => [...ids.slice(n % servers), ...ids.slice(0, n % servers)];
  const clients = ['a', 'b'];
  return {
    scenario: {
      from: '',
      title: '',
      intro: '',
      parts: [...ids.map((id) => part(id, SERVER, { tickMillis: 1_000 })), ...clients.map((id) => part(id, CLIENT))],
      lines: [
        ...ids.flatMap((to, i) => ids.slice(0, i).map((from) => line(`${from}-${to}`, ENSEMBLE, from, to))),
        ...clients.flatMap((client, n) => turned(n).map((server) => line(`${client}-${server}`, CONNECTION, client, server))),
      ],
      settings: {
        latency: fromMillis(10) as Micros,
        hop: 0 as Micros,
        until: fromMillis(untilMillis) as Micros,
        detect: fromMillis(300) as Micros,
        colourBy: 'key',
      },
    },
    seed: 1,
    engine: ENGINE_VERSION,
    interventions: deeds.map(([millis, target, what], number): Intervention => {
      const at = fromMillis(millis) as Micros;
      if (typeof what === 'string') return { at, verb: what, target, args: {} };
      return { at, verb: 'do', target, args: { step: number, timeoutMillis: TIMEOUT_MILLIS, request: what } as never };
    }),
  };
}

export interface Played {
  readonly facts: readonly Fact[];
  readonly view: (part: string) => PartView;
  readonly figure: (server: string, key: string) => string | number | boolean | undefined;
  /** What the deed of this number came to: the reply or the error's name. */
  readonly answer: (deed: number) => { readonly [name: string]: unknown } | string | undefined;
  /** What a client was told, in its order: events as `type path`, answers as `#deed`. */
  readonly told: (client: string) => readonly string[];
}

export function play(run: Run): Played {
  const compiled = compile(run, catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const program: Program = compiled.value;
  const facts: Fact[] = [];
  const world: World = boot(program, facts);
  while (step(program, world, facts));
  const view = (part: string) => viewOf(program, world, part) as PartView;
  return {
    facts,
    view,
    figure: (server, key) => view(server).figures.find((one) => one.key === key)?.value,
    answer: (deed) => {
      const data = facts.find((fact) => fact.kind === 'client.replied' && fact.data?.['step'] === deed)?.data;
      if (!data) return undefined;
      return data['error'] ? (data['error'] as { name: string }).name : (data['reply'] as { readonly [name: string]: unknown });
    },
    told: (client) =>
      facts.flatMap(({ kind, at, data }) => {
        if (at !== client) return [];
        if (kind === 'client.saw') return [data?.['state'] ? String(data['state']) : `${data?.['type']} ${data?.['path']}`];
        return kind === 'client.replied' ? [`#${data?.['step']}`] : [];
      }),
  };
}
