import { expect, test } from 'vitest';
import { micros } from '../base/index.ts';
import type { Flight, Frame, Mark, Timeline } from '../engine/index.ts';
import { directCurve } from '../scenario/index.ts';
import { makeRoute } from './routes.ts';
import type { Scene } from './scene.ts';
import { EVERYWHERE, Tokens } from './tokens.ts';

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
