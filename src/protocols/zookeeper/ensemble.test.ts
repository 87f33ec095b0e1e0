import { describe, expect, test } from 'vitest';
import { checkLaws } from '../../engine/laws.testkit.ts';
import { catalogue } from '../catalogue.ts';
import { type Deed, ensemble, play } from './ensemble.testkit.ts';
import type { CreateMode, ReadOp, WriteOp } from './frames.ts';

const create = (path: string, mode: CreateMode = 'PERSISTENT'): WriteOp => ({ op: 'create', path, data: 'd', mode });
const set = (path: string, data = 'x', version = -1): WriteOp => ({ op: 'set', path, data, version });
const get = (path: string, watch = false): ReadOp => ({ op: 'get', path, watch });
const children = (path: string, watch = false): ReadOp => ({ op: 'children', path, watch });

describe('an ensemble of three', () => {
  test('is led by the highest id at first, and every server has what is written anywhere', () => {
    const { figure, view } = play(ensemble(3, [[100, 'a', create('/x')]], 2_000));
    expect(['s1', 's2', 's3'].map((id) => figure(id, 'role'))).toEqual(['follower', 'follower', 'leader']);
    for (const id of ['s1', 's2', 's3']) {
      expect(figure(id, 'zxid')).toBe('0x100000002');
      expect(view(id).details.find(({ key }) => key === 'znodes')?.rows).toEqual([['/x', 'd', 0, '']]);
    }
  });

  test('keeps sessions, ephemerals and watches when the leader is killed, and has another leader in a later epoch', () => {
    const deeds: readonly Deed[] = [
      [100, 'a', create('/lock', 'EPHEMERAL')],
      [200, 'b', { op: 'exists', path: '/lock', watch: true }],
      [500, 's3', 'crash'],
      [3_000, 'b', get('/lock')],
      [3_500, 'a', { op: 'delete', path: '/lock', version: -1 }],
    ];
    const { figure, told, facts } = play(ensemble(3, deeds, 5_000));
    expect([figure('s1', 'role'), figure('s2', 'role')]).toEqual(['follower', 'leader']);
    expect(figure('s2', 'zxid')).toMatch(/^0x2/);
    expect(told('b')).toEqual(['#1', '#3', 'NODE_DELETED /lock']);
    expect(facts.filter(({ kind }) => kind === 'session.moved').map(({ data }) => data?.['client'])).toEqual(
      expect.arrayContaining(['a', 'b']),
    );
    expect(facts.some(({ kind }) => kind === 'session.expired')).toBe(false);
  });

  test('without a majority serves nobody, not even reads; with one again it goes on', () => {
    const deeds: readonly Deed[] = [
      [100, 'a', create('/x')],
      [500, 's2', 'crash'],
      [500, 's3', 'crash'],
      [2_000, 'a', get('/x')],
      [4_000, 's2', 'restart'],
      [9_000, 'a', get('/x')],
    ];
    const { facts, answer, figure } = play(ensemble(3, deeds, 10_000));
    const read = facts.find(({ kind, data }) => kind === 'client.replied' && data?.['step'] === 3);
    expect(read?.time).toBeGreaterThan(4_000_000);
    expect(answer(5)).toMatchObject({ data: 'd' });
    expect([figure('s1', 'serving'), figure('s2', 'serving'), figure('s2', 'role')]).toEqual([true, true, 'leader']);
  });

  test('a leader cut off from the others steps down, and what it could not commit is undone', () => {
    const links = ['s1-s3', 's2-s3'];
    const deeds: readonly Deed[] = [
      [50, 'b', create('/x')],
      ...links.map((link): Deed => [1_000, link, 'cut']),
      ...['a-s1', 'a-s2'].map((link): Deed => [1_000, link, 'cut']),
      [1_010, 's1', 'crash'],
      [1_020, 's1', 'restart'],
      [4_000, 'b', set('/x', 'new')],
      ...links.map((link): Deed => [6_000, link, 'heal']),
    ];
    const { figure, view, facts } = play(ensemble(3, deeds, 9_000));
    expect(facts.find(({ kind, at, why }) => kind === 'replica.role' && at === 's3' && why === 'zk-no-quorum')).toBeDefined();
    expect(figure('s2', 'role')).toBe('leader');
    expect(figure('s3', 'role')).toBe('follower');
    expect(view('s3').details.find(({ key }) => key === 'znodes')?.rows).toEqual([['/x', 'new', 1, '']]);
  });

  test('a server that was away for long gets what it missed', () => {
    const deeds: readonly Deed[] = [
      [100, 's1', 'crash'],
      ...Array.from({ length: 12 }, (_, i): Deed => [200 + i * 100, 'b', create(`/n${i}`)]),
      [3_000, 's1', 'restart'],
    ];
    const { figure } = play(ensemble(3, deeds, 5_000));
    expect(figure('s1', 'zxid')).toBe(figure('s3', 'zxid'));
    expect(figure('s1', 'serving')).toBe(true);
  });

  test('a server that has missed more than the others remember gets the whole tree', () => {
    const deeds: readonly Deed[] = [
      [100, 's1', 'crash'],
      ...Array.from({ length: 700 }, (_, i): Deed => [200 + i * 5, 'b', i === 0 ? create('/n') : set('/n', `${i}`)]),
      [5_000, 's1', 'restart'],
    ];
    const { view } = play(ensemble(3, deeds, 7_000));
    expect(view('s1').details.find(({ key }) => key === 'znodes')?.rows).toEqual([['/n', '699', 699, '']]);
  });

  test('a server that leaves for good still counts: one of three is no majority', () => {
    const deeds: readonly Deed[] = [
      [100, 's3', 'leave'],
      [3_000, 's2', 'leave'],
    ];
    expect(play(ensemble(3, deeds.slice(0, 1), 2_900)).figure('s2', 'role')).toBe('leader');
    expect(play(ensemble(3, deeds, 6_000)).figure('s1', 'serving')).toBe(false);
  });
});

describe('watches', () => {
  test('fire once, and before the client can read what has changed', () => {
    const deeds: readonly Deed[] = [
      [100, 'a', create('/x')],
      [200, 'b', get('/x', true)],
      [300, 'a', set('/x', 'one')],
      // Asked before the event can have come, answered after the change: the event takes until 360.
      [341, 'b', get('/x')],
      [500, 'a', set('/x', 'two')],
    ];
    const { told, answer } = play(ensemble(3, deeds, 1_000));
    expect(told('b')).toEqual(['#1', 'NODE_DATA_CHANGED /x', '#3']);
    expect(answer(3)).toMatchObject({ data: 'one' });
  });

  test('what was missed on the way to another server is told on arrival', () => {
    const deeds: readonly Deed[] = [
      [50, 'a', create('/d')],
      [150, 'b', children('/d', true)],
      [1_000, 's2', 'crash'],
      [1_001, 'a', create('/d/one')],
    ];
    const { told } = play(ensemble(3, deeds, 2_500));
    expect(told('b')).toEqual(['#1', 'NODE_CHILDREN_CHANGED /d']);
  });
});

describe('sessions', () => {
  test('a client that closes takes its ephemerals along at once', () => {
    const deeds: readonly Deed[] = [
      [100, 'a', create('/e', 'EPHEMERAL')],
      [200, 'a', { op: 'close' }],
      [300, 'b', { op: 'exists', path: '/e', watch: false }],
    ];
    expect(play(ensemble(1, deeds, 1_000)).answer(2)).toMatchObject({ err: 'NO_NODE' });
  });

  test('a client that crashes keeps them until its time-out is over', () => {
    const deeds: readonly Deed[] = [
      [100, 'a', create('/e', 'EPHEMERAL')],
      [200, 'b', { op: 'exists', path: '/e', watch: true }],
      [1_000, 'a', 'crash'],
    ];
    const { facts, told } = play(ensemble(3, deeds, 6_000));
    const gone = facts.find(({ kind }) => kind === 'znode.deleted');
    expect(gone?.why).toBe('session-expired');
    expect(gone?.time).toBeGreaterThanOrEqual(2_100_000);
    expect(gone?.time).toBeLessThanOrEqual(4_100_000);
    expect(told('b')).toEqual(['#1', 'NODE_DELETED /e']);
  });

  test('one that was cut off for too long learns that its session has expired', () => {
    const links = ['a-s1', 'a-s2', 'a-s3'];
    const deeds: readonly Deed[] = [
      [100, 'a', create('/e', 'EPHEMERAL')],
      ...links.map((link): Deed => [1_000, link, 'cut']),
      ...links.map((link): Deed => [7_000, link, 'heal']),
    ];
    const { told, facts } = play(ensemble(3, deeds, 10_000));
    expect(told('a')).toEqual(['#0', 'EXPIRED']);
    expect(facts.filter(({ kind }) => kind === 'session.expired')).toHaveLength(1);
  });

  test('a client that says nothing but pings keeps its session', () => {
    const { facts } = play(ensemble(3, [[100, 'a', create('/e', 'EPHEMERAL')]], 20_000));
    expect(facts.some(({ kind }) => kind === 'session.expired' || kind === 'znode.deleted')).toBe(false);
  });
});

test('a read waits for the writes of the same client before it', () => {
  const deeds: readonly Deed[] = [
    [100, 'a', create('/x')],
    [200, 'a', set('/x', 'mine')],
    [200, 'a', get('/x')],
  ];
  const { answer, told } = play(ensemble(3, deeds, 1_000));
  expect(answer(2)).toMatchObject({ data: 'mine' });
  expect(told('a')).toEqual(['#0', '#1', '#2']);
});

test('an error takes a number like any other transaction', () => {
  const deeds: readonly Deed[] = [
    [100, 'a', set('/nowhere')],
    [200, 'a', create('/x')],
  ];
  const { answer, figure } = play(ensemble(1, deeds, 1_000));
  expect(answer(0)).toBe('NO_NODE');
  expect(figure('s1', 'zxid')).toBe('0x100000003');
});

test('the laws hold while leaders come and go', () => {
  const deeds: readonly Deed[] = [
    [100, 'a', create('/e', 'EPHEMERAL_SEQUENTIAL')],
    [200, 'b', children('/', true)],
    [1_000, 's3', 'crash'],
    [3_000, 'b', create('/x')],
    [4_000, 's3', 'restart'],
    [5_000, 'a', 'crash'],
    [6_000, 's2', 'crash'],
  ];
  checkLaws(ensemble(3, deeds, 9_000), catalogue);
});
