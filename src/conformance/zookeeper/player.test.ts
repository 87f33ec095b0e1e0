import { describe, expect, test } from 'vitest';
import type { Json } from '../../base/index.ts';
import { parseTruth, type Verdict } from '../format.ts';
import { playTrace } from './player.ts';

type RawStep = { readonly [key: string]: Json };

function play(steps: readonly RawStep[], topic = 'node'): Verdict {
  const json = { format: 'mq-truth/1', broker: 'zookeeper', version: '3.8.0', name: 'n', topic, title: 'x' };
  const parsed = parseTruth(JSON.stringify({ ...json, steps: steps.map((step, i) => ({ i, ...step })) }));
  if (!parsed.ok || parsed.value.kind !== 'trace') throw new Error('not a recording');
  return playTrace(parsed.value);
}

const CREATE = { op: 'create', client: 'A', path: '/x', result: '/x' };
const EVENT = { ev: 'watch', type: 'NODE_DATA_CHANGED', path: '/x' };

describe('playing a recording of ZooKeeper', () => {
  test('compares results', () => {
    expect(play([CREATE]).status).toBe('passed');
    expect(play([{ ...CREATE, result: '/y' }]).status).toBe('failed');
    expect(play([CREATE, { ...CREATE, result: { error: { name: 'NODE_EXISTS' } } }]).status).toBe('passed');
  });

  test('compares what each client saw, and what it did not see', () => {
    const watched = [CREATE, { op: 'get', client: 'B', path: '/x', watch: 1, result: { data: null, version: 0, cversion: 0 } }];
    const set = { op: 'set', client: 'A', path: '/x', data: 'd', result: { version: 1 } };
    expect(play([...watched, { ...set, seen: { B: [EVENT] } }]).status).toBe('passed');
    expect(play([...watched, set]).why).toContain('B saw');
    expect(play([CREATE, { ...set, seen: { B: [EVENT] } }]).why).toContain('B saw []');
  });

  test('a conditional change needs the version', () => {
    const change = (op: string, version: number, result: Json) => ({ op, client: 'A', path: '/x', version, result });
    const bad = { error: { name: 'BAD_VERSION' } };
    expect(play([CREATE, change('set', 3, bad), change('set', 0, { version: 1 }), change('remove', 0, bad)]).status).toBe('passed');
    expect(play([CREATE, { op: 'remove', client: 'A', path: '/x', version: 0 }]).status).toBe('passed');
  });

  test('finds out who leads when a step is about the leader, as often as it takes', () => {
    const kill = { op: 'node', do: 'kill', n: 'leader', settle: 4000 };
    const modes = (...result: readonly string[]) => ({ op: 'modes', result });
    const boot = (n: number) => ({ op: 'node', do: 'boot', n, settle: 4000 });
    const steps = [CREATE, kill, modes('down', 'follower', 'leader'), boot(3), kill, modes('down', 'follower', 'leader')];
    expect(play([...steps, { op: 'get', client: 'A', path: '/x', result: { data: null, version: 0, cversion: 0 } }], 'ensemble')).toEqual({
      status: 'passed',
    });
  });

  test('a client that is used again after a crash or a close has a new session', () => {
    const ephemeral = { ...CREATE, mode: 'EPHEMERAL' };
    expect(play([ephemeral, { op: 'close', client: 'A' }, ephemeral]).status).toBe('passed');
    const exists = { ...ephemeral, result: { error: { name: 'NODE_EXISTS' } } };
    expect(play([ephemeral, { op: 'crash', client: 'A' }, exists, { op: 'wait', ms: 4500 }, ephemeral]).status).toBe('passed');
  });

  test.each<[string, readonly RawStep[]]>([
    ['operation dance', [{ op: 'dance' }]],
    ['argument colour', [{ ...CREATE, colour: 'red' }]],
    ['create mode CONTAINER', [{ ...CREATE, mode: 'CONTAINER' }]],
    ['no answer', [{ op: 'node', do: 'kill', n: 1 }, { op: 'node', do: 'kill', n: 2 }, CREATE]],
  ])('what is not modelled says so: %s', (why, steps) => {
    expect(play(steps)).toMatchObject({ status: 'not-modelled', why: expect.stringContaining(why) });
  });
});
