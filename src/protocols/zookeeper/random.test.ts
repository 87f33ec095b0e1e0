import { expect, test } from 'vitest';
import { boot, compile, type Fact, step, type World } from '../../engine/index.ts';
import { checkLaws } from '../../engine/laws.testkit.ts';
import { catalogue } from '../catalogue.ts';
import { randomEnsemble } from './random.testkit.ts';
import type { Server } from './server/state.ts';

const seeds = Array.from({ length: 60 }, (_, i) => i + 1);

test.each(seeds)('the laws hold for random ensemble %i', (seed) => {
  checkLaws(randomEnsemble(seed), catalogue, { seeks: 3, sample: seed });
});

function play(seed: number, watch: (world: World, servers: readonly Server[]) => void): readonly Fact[] {
  const run = randomEnsemble(seed);
  const compiled = compile(run, catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const ids = run.scenario.parts.filter(({ kind }) => kind === 'zookeeper/server').map(({ id }) => id);
  const facts: Fact[] = [];
  const world = boot(compiled.value, facts);
  do
    watch(
      world,
      ids.map((id) => world.nodes.get(id) as Server),
    );
  while (step(compiled.value, world, facts));
  return facts;
}

test('what one server has committed no other one commits otherwise, and it is never lost', () => {
  for (const seed of seeds) {
    const committed = new Map<number, string>();
    const upTo = new Map<Server, number>();
    let last: readonly Server[] = [];
    play(seed, (_, servers) => {
      last = servers;
      for (const server of servers) {
        if (upTo.get(server) === server.zxid) continue;
        upTo.set(server, server.zxid);
        for (const { zxid, change, origin } of server.history.slice(-80)) {
          const text = JSON.stringify([change, origin]);
          expect(committed.get(zxid) ?? text, `seed ${seed}, transaction ${zxid.toString(16)}`).toBe(text);
          committed.set(zxid, text);
        }
      }
    });
    const zxids = [...committed.keys()].sort((a, b) => a - b);
    for (const { history, historyFrom } of last) {
      expect(historyFrom).toBe(0);
      expect(
        history.map(({ zxid }) => zxid),
        `seed ${seed}`,
      ).toEqual(zxids);
    }
  }
});

test('there are never two leaders who serve in one epoch', () => {
  for (const seed of seeds) {
    const leaders = new Map<number, string>();
    play(seed, (_, servers) => {
      for (const { leadership, leader } of servers) {
        if (!leadership?.isActive) continue;
        expect(leaders.get(leadership.epoch) ?? leader, `seed ${seed}`).toBe(leader);
        leaders.set(leadership.epoch, leader);
      }
    });
  }
});

test('when all is whole again all servers serve, and have the same tree', () => {
  for (const seed of seeds) {
    let last: readonly Server[] = [];
    play(seed, (_, servers) => {
      last = servers;
    });
    const trees = last.map(({ tree }) => JSON.stringify([[...tree.znodes].sort(), [...tree.sessions].sort()]));
    expect(new Set(trees).size, `seed ${seed}`).toBe(1);
    expect(
      last.map(({ isServing }) => isServing),
      `seed ${seed}`,
    ).toEqual(last.map(() => true));
    expect(last.filter(({ role }) => role === 'leading').length, `seed ${seed}`).toBe(1);
  }
});

test('random ensembles elect, lose their majority, expire and move sessions', () => {
  const seen = new Set<string>();
  for (const seed of seeds) for (const { kind, why } of play(seed, () => {})) seen.add(kind).add(why);
  const wanted = ['zk-elected', 'zk-no-leader', 'zk-no-quorum', 'session.moved', 'session.expired', 'session.closed', 'watch.fired'];
  for (const what of [...wanted, 'znode.changed', 'session-expired', 'session-closed']) expect(seen).toContain(what);
});
