import { describe, expect, test } from 'vitest';
import type { CreateMode, SingleOp } from '../frames.ts';
import { answerOf, applyChange, freshTree, layer, prepare, prepareMulti, type Store, statOf, treeStore } from './index.ts';

const SESSION = 7;
let zxid = 100;

/** Does one op; returns the path of what was created, or the error. */
function act(store: Store, op: SingleOp): string {
  const change = prepare(store, op, SESSION);
  applyChange(store, change, ++zxid);
  const { err, path } = answerOf(store, change);
  return err || (path ?? 'ok');
}
const create = (path: string, mode: CreateMode = 'PERSISTENT'): SingleOp => ({ op: 'create', path, data: null, mode });
const remove = (path: string, version = -1): SingleOp => ({ op: 'delete', path, version });
const set = (path: string, version = -1): SingleOp => ({ op: 'set', path, data: 'x', version });

function filled(...ops: readonly SingleOp[]): Store {
  const store = treeStore(freshTree());
  for (const op of ops) act(store, op);
  return store;
}

describe('sequential nodes', () => {
  test('plain children use a number up, deletions give none back', () => {
    const store = filled(create('/s'));
    const next = () => act(store, create('/s/n-', 'PERSISTENT_SEQUENTIAL'));
    expect(next()).toBe('/s/n-0000000000');
    act(store, create('/s/plain'));
    expect(next()).toBe('/s/n-0000000002');
    act(store, remove('/s/plain'));
    act(store, remove('/s/n-0000000000'));
    expect(next()).toBe('/s/n-0000000003');
  });

  test('may have nothing but a number for a name', () => {
    expect(act(filled(create('/s')), create('/s/', 'PERSISTENT_SEQUENTIAL'))).toBe('/s/0000000000');
  });
});

test('the cversion that clients see counts children that came and children that went', () => {
  const store = filled(create('/p'), create('/p/a'), create('/p/b'), remove('/p/a'));
  expect(store.get('/p')).toMatchObject({ children: ['b'] });
  expect(statOf(store.get('/p') as never)).toMatchObject({ version: 0, cversion: 3, numChildren: 1 });
});

describe('what is refused', () => {
  const store = filled(create('/a'), create('/a/b'), create('/e', 'EPHEMERAL'), set('/a'));
  test.each<[string, SingleOp]>([
    ['NODE_EXISTS', create('/a')],
    ['NO_NODE', create('/x/y')],
    ['NO_CHILDREN_FOR_EPHEMERALS', create('/e/child')],
    ['BAD_ARGUMENTS', create('a')],
    ['BAD_ARGUMENTS', create('/a/')],
    ['BAD_ARGUMENTS', create('/a/.')],
    ['NO_NODE', set('/x')],
    ['BAD_VERSION', set('/a', 0)],
    ['NO_NODE', remove('/x')],
    ['NOT_EMPTY', remove('/a')],
    ['BAD_VERSION', remove('/a', 3)],
    ['BAD_ARGUMENTS', remove('/zookeeper')],
    ['BAD_VERSION', { op: 'check', path: '/a', version: 9 }],
  ])('%s', (err, op) => {
    expect(act(store, op)).toBe(err);
  });
});

describe('several ops at once', () => {
  test('see what those before them have done', () => {
    const store = filled(create('/q'));
    const change = prepareMulti(
      store,
      [create('/q/a'), set('/q/a', 0), remove('/q/a', 1), create('/q/', 'EPHEMERAL_SEQUENTIAL')],
      SESSION,
      9,
    );
    expect(change.type).toBe('multi');
    applyChange(store, change, 9);
    expect(store.get('/q')?.children).toEqual(['0000000001']);
    expect(store.get('/q/0000000001')?.ephemeralOwner).toBe(SESSION);
  });

  test('are done all or not at all', () => {
    const store = filled(create('/q'));
    const change = prepareMulti(store, [create('/q/a'), set('/nowhere'), create('/q/b')], SESSION, 9);
    applyChange(store, change, 9);
    expect(store.get('/q')?.children).toEqual([]);
    expect(answerOf(store, change)).toEqual({
      err: 'NO_NODE',
      results: [{ err: '' }, { err: 'NO_NODE' }, { err: 'RUNTIME_INCONSISTENCY' }],
    });
  });
});

test('what is only proposed counts for the next proposal, and leaves the tree alone', () => {
  const store = filled(create('/s'));
  const ahead = layer(store, new Map());
  expect(act(ahead, create('/s/n-', 'PERSISTENT_SEQUENTIAL'))).toBe('/s/n-0000000000');
  expect(act(ahead, create('/s/n-', 'PERSISTENT_SEQUENTIAL'))).toBe('/s/n-0000000001');
  expect(store.get('/s')?.children).toEqual([]);
});
