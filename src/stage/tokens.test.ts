import { expect, test } from 'vitest';
import { micros } from '../base/index.ts';
import type { Flight, Frame, Mark, PartView, Timeline, Waiting } from '../engine/index.ts';
import { directCurve } from '../scenario/index.ts';
import { makeRoute } from './routes.ts';
import type { Scene, SceneLine, ScenePart } from './scene.ts';
import { EVERYWHERE } from './token.ts';
import { Tokens } from './tokens.ts';

const MARKS: { readonly [verb: string]: Mark } = { put: 'message', fetch: 'fetch', copy: 'replica', alive: 'heartbeat' };
const message = (id: number) => ({ id, key: 'k', producer: 'a', body: '', weight: 1 });

function collected(frames: readonly Frame[], hidden: readonly string[] = [], selected?: number) {
  const flights = new Map(
    frames.map((frame, id): [number, Flight] => [
      id,
      { type: 'frame', id, line: '', from: 'a', to: 'b', sentAt: micros(id), arrivesAt: micros(100), frame, cause: 0 },
    ]),
  );
  const route = makeRoute(directCurve({ x: 0, y: 0, width: 50, height: 50 }, { x: 300, y: 0, width: 50, height: 50 }));
  const scene = { parts: new Map(), lines: new Map(), between: () => ({ index: 0, from: 'a', to: 'b', route }) } as Scene;
  const settings = { colourBy: 'message' };
  const program = { catalogue: { marks: MARKS }, run: { scenario: { settings, parts: [] }, interventions: [] } };
  const timeline = { program, world: { flights, cut: new Map() }, time: 50 } as unknown as Timeline;
  const tokens = new Tokens();
  tokens.collect(timeline, scene, EVERYWHERE, selected, hidden);
  return Array.from({ length: tokens.count }, (_, i) => ({ ...tokens.at(i) }));
}

test('a batch is a stack of three discs at most, with a count', () => {
  const [batch] = collected([{ verb: 'put', messages: [1, 2, 3, 4, 5].map(message) }]);
  expect(batch).toMatchObject({ mark: 'message', count: 5, message: 1 });
  expect(batch?.stack).toHaveLength(3);
  expect(collected([{ verb: 'put', message: message(1) }])[0]).toMatchObject({ count: 1, stack: [] });
});

test('a message in a batch is found in its flight', () => {
  const [batch] = collected([{ verb: 'put', messages: [1, 2, 3].map(message) }], [], 3);
  expect(batch).toMatchObject({ isSelected: true, message: 3 });
});

test('a request without messages is a request, and its answer with some is a batch', () => {
  expect(collected([{ verb: 'fetch' }])[0]?.mark).toBe('fetch');
  expect(collected([{ verb: 'fetch', messages: [message(1)] }])[0]?.mark).toBe('message');
  expect(collected([{ verb: 'copy', messages: [message(1), message(2)] }])[0]).toMatchObject({ mark: 'replica', count: 2 });
  expect(collected([{ verb: 'put' }])[0]?.mark).toBe('control');
});

test('hidden traffic is not there', () => {
  const frames = [{ verb: 'put', message: message(1) }, { verb: 'copy', messages: [message(1)] }, { verb: 'alive' }, { verb: 'unknown' }];
  expect(collected(frames).map(({ mark }) => mark)).toEqual(['message', 'replica', 'heartbeat', 'control']);
  expect(collected(frames, ['replica', 'heartbeat', 'control']).map(({ mark }) => mark)).toEqual(['message']);
});

const B: ScenePart = { id: 'b', shape: 'lanes', rect: { x: 300, y: 0, width: 200, height: 100 }, x: 400, y: 50, isRightFree: true };

/** What waits at `b`, right of `a` and `c`; of `gone` nothing is drawn. */
function waitingAt(waiting: readonly Waiting[], { hidden = [], view = {}, parts = ['a', 'b', 'c'] }: Partial<WaitingAt> = {}) {
  const ways: SceneLine[] = ['a', 'c'].map((from, index) => {
    const rect = { x: 0, y: 20 * index, width: 50, height: 50 };
    return { index, from, to: 'b', route: makeRoute(directCurve(rect, B.rect)) };
  });
  const scene: Scene = { parts: new Map([['b', B]]), lines: new Map(), between: (from) => ways.find((way) => way.from === from) };
  const seen: PartView = { status: 'up', figures: [], details: [], waiting, ...view };
  const kernels = new Map([['b', { describe: () => new Map([['b', seen]]) }]]);
  const drawn = { id: 'b', kind: 'x/b', name: 'b', x: 0, y: 0, config: {} };
  const drawing = { scenario: { settings: {}, parts: [drawn], lines: [] }, interventions: [] };
  const program = {
    ...{ catalogue: { marks: MARKS, implied: () => [] }, kernels, nodeOf: new Map([['b', 'b']]), run: drawing, lines: [] },
    ...{ interventions: [], parts: new Map([['b', drawn]]) },
  };
  const world = { flights: new Map(), present: new Set(parts), nodes: new Map([['b', {}]]), down: new Set(), steps: 1, interventions: 0 };
  const tokens = new Tokens();
  tokens.collect({ program, world, time: 0 } as unknown as Timeline, scene, EVERYWHERE, undefined, hidden);
  return Array.from({ length: tokens.count }, (_, i) => ({ ...tokens.at(i) }));
}
interface WaitingAt {
  readonly hidden: readonly string[];
  readonly view: Partial<PartView>;
  readonly parts: readonly string[];
}
const asked = (from: string, verb = 'fetch'): Waiting => ({ line: '', from, verb });

test('a request that waits stands outside of the part that keeps it back', () => {
  const [token, ...others] = waitingAt([asked('a')]);
  expect(token).toMatchObject({ mark: 'fetch', isWaiting: true, message: 0, count: 1, from: 'a', to: 'b', verb: 'fetch' });
  expect(others).toEqual([]);
  expect(token?.x).toBeLessThanOrEqual(B.rect.x - 9);
  expect(token?.x).toBeGreaterThan(B.rect.x - 30);
});

test('of one line they are one with a count, of others they stand apart', () => {
  const tokens = waitingAt([asked('a'), asked('a'), asked('a', 'copy'), asked('c')]);
  expect(tokens.map(({ from, mark, count }) => [from, mark, count])).toEqual([
    ['a', 'fetch', 2],
    ['a', 'replica', 1],
    ['c', 'fetch', 1],
  ]);
  for (const [i, { x, y }] of tokens.entries())
    for (const other of tokens.slice(i + 1)) expect(Math.hypot(other.x - x, other.y - y)).toBeGreaterThan(12);
});

test('of a request whose messages are taken only the request waits', () => {
  expect(waitingAt([asked('a', 'put')])[0]).toMatchObject({ mark: 'fetch', verb: 'put' });
});

test('nothing waits in what is down, from whom is gone, or of traffic that is hidden', () => {
  expect(waitingAt([asked('a')], { view: { status: 'down' } })).toEqual([]);
  expect(waitingAt([asked('a'), asked('c')], { parts: ['b', 'c'] }).map(({ from }) => from)).toEqual(['c']);
  expect(waitingAt([asked('a', 'copy'), asked('c')], { hidden: ['replica'] }).map(({ from }) => from)).toEqual(['c']);
});
