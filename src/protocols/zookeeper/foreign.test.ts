import { expect, test } from 'vitest';
import { fromMillis, type Micros } from '../../base/index.ts';
import { boot, compile, ENGINE_VERSION, type Fact, type Frame, type Kernel, makeCatalogue, type Pack, step } from '../../engine/index.ts';
import type { Line, Part, Run } from '../../scenario/index.ts';
import type { ServerFrame } from './frames.ts';
import { ENSEMBLE, SERVER } from './kinds.ts';
import { zookeeper } from './pack.ts';

/** A client of another pack: it connects as it starts, registers itself, and notes what it hears. */
const toyKernel: Kernel<{ heard: string[] }> = {
  kind: 'toy/broker',
  models: '',
  omits: [],
  start(x) {
    const [line] = x.wiring.lines;
    const frame = { verb: 'zk.connect', connection: 1, session: 0, timeoutMillis: 18_000, lastZxidSeen: 0 };
    x.send(x.wiring.self.id, line?.to ?? '', line?.id ?? '', frame);
    return { heard: [] };
  },
  receive(state, input, x) {
    if (input.type !== 'frame') return;
    const frame = input.frame as ServerFrame;
    state.heard.push(`${x.now} ${frame.verb}`);
    const create = { verb: 'zk.create', connection: 1, xid: 1, path: `/${x.wiring.self.id}`, data: null, mode: 'EPHEMERAL' };
    if (frame.verb === 'zk.connected') x.send(x.wiring.self.id, input.from, input.line, create as Frame);
    if (frame.verb === 'zk.reply') x.fact('toy.registered', x.wiring.self.id, 0, input.line, '', { path: frame.path ?? '' });
  },
  crash() {},
  leave() {},
  copy: ({ heard }) => ({ heard: heard.slice() }),
  describe: () => new Map(),
  invariants: () => undefined,
};

const toy: Pack = {
  protocol: 'toy',
  kernels: new Map([['toy/broker', toyKernel as Kernel]]),
  vocabulary: {
    parts: new Map([
      ['toy/broker', { kind: 'toy/broker', role: 'node', shape: 'circle', fields: [], palette: [], nameStem: 'broker', verbs: [] }],
    ]),
    lines: new Map([['toy/zookeeper', { kind: 'toy/zookeeper', from: ['toy/broker'], to: [SERVER], fields: [], cuttable: true }]]),
    connect: () => ({ problem: { where: '', key: 'no' } }),
    mend: (scenario) => scenario,
    implied: () => [],
    check: () => [],
  },
  marks: {},
  messageFields: [],
};

test('parts of another pack, drawn before the servers, are registered when the run begins', () => {
  const part = (id: string, kind: string): Part => ({ id, kind, name: id, x: 0, y: 0, config: {} });
  const line = (id: string, kind: string, from: string, to: string): Line => ({ id, kind, from, to, config: {} });
  const run: Run = {
    scenario: {
      from: '',
      title: '',
      intro: '',
      parts: [part('k1', 'toy/broker'), part('z1', SERVER), part('z2', SERVER), part('z3', SERVER), part('k2', 'toy/broker')],
      lines: [
        line('e1', ENSEMBLE, 'z1', 'z2'),
        line('e2', ENSEMBLE, 'z2', 'z3'),
        line('l1', 'toy/zookeeper', 'k1', 'z1'),
        line('l2', 'toy/zookeeper', 'k2', 'z2'),
      ],
      settings: {
        latency: fromMillis(400) as Micros,
        hop: 0 as Micros,
        until: fromMillis(60_000) as Micros,
        detect: 0 as Micros,
        colourBy: 'key',
      },
    },
    seed: 1,
    engine: ENGINE_VERSION,
    interventions: [],
  };
  const compiled = compile(run, makeCatalogue([zookeeper, toy]));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const facts: Fact[] = [];
  const world = boot(compiled.value, facts);
  const registered = facts.filter(({ kind }) => kind === 'toy.registered');
  // What was sent to servers that had not started yet arrives at the end of the boot.
  expect(registered.map(({ at, line: way, data }) => [at, way, data?.['path']]).sort()).toEqual([
    ['k1', 'l1', '/k1'],
    ['k2', 'l2', '/k2'],
  ]);
  // They say nothing more: after their time-out, which the ensemble counts in whole ticks, they are gone.
  while (step(compiled.value, world, facts));
  const expired = facts.filter(({ kind }) => kind === 'session.expired');
  expect(expired.map(({ data }) => data?.['client']).sort()).toEqual(['k1', 'k2']);
  for (const { time } of expired) expect(time).toBeGreaterThanOrEqual(18_000_000);
});
