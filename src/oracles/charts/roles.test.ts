import { expect, test } from 'vitest';
import type { JsonObject, Micros } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';
import type { Drawing } from '../types.ts';
import { Roles } from './roles.ts';

const drawing = {
  parts: new Map([['b', { id: 'b', kind: 'kafka/broker', name: 'b' }]]),
  nodeOf: new Map([['b', 'b']]),
} as unknown as Drawing;

/** A fact of the broker; it is numbered by its place in the list. */
type Telling = readonly [kind: string, data?: JsonObject, why?: string, cause?: number];

/** The first complaint, with the number of the fact. All facts are of one moment: what caused them tells them apart. */
function complaint(...tellings: readonly Telling[]): string | undefined {
  const roles = new Roles(drawing);
  for (const [seq, [kind, data = {}, why = '', cause = -1]] of tellings.entries()) {
    const fact: Fact = { seq, time: 0 as Micros, kind, at: 'b', message: 0, line: '', why, data, cause };
    const text = roles.watch(fact);
    if (text !== undefined) return `${seq}: ${text}`;
  }
  return undefined;
}

const LEADS: Telling = ['quorum.role', { role: 'leader' }];
const ACTIVE: Telling = ['controller.role', { role: 'active' }];
const STOPPING: Telling = ['broker.stopping'];
const ENDED: Telling = ['node.crashed', {}, 'stopped'];

test('a broker in controlled shutdown acts in the quorum until it ends, and resigns with its last words', () => {
  const farewell: readonly Telling[] = [
    ['quorum.role', { role: 'resigned' }, '', 3],
    ['controller.role', { role: 'standby' }, 'resigned', 3],
  ];
  expect(complaint(STOPPING, LEADS, ACTIVE, ENDED, ...farewell, ['node.restarted'], LEADS)).toBeUndefined();
});

test('after its end it does nothing, not even in the same moment', () => {
  expect(complaint(LEADS, STOPPING, ENDED, LEADS)).toBe("3: a quorum that is stopped can't do that");
  expect(complaint(ACTIVE, STOPPING, ENDED, ACTIVE)).toBe("3: a controller that is stopped can't do that");
});

test('one that crashes has no last words', () => {
  expect(complaint(LEADS, ['node.crashed'], ['quorum.role', { role: 'resigned' }, '', 1])).toBe(
    "2: a quorum that is stopped can't do that",
  );
});

test('only one that was asked to stop ends in good order', () => {
  expect(complaint(ENDED)).toBe("0: a broker that is running can't do that");
  expect(complaint(STOPPING, STOPPING)).toBe("1: a broker that is stopping can't do that");
  expect(complaint(STOPPING, ['node.crashed'], ['node.restarted'], STOPPING, ENDED)).toBeUndefined();
});
