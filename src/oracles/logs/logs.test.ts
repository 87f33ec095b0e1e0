import { describe, expect, test } from 'vitest';
import type { JsonObject, Micros } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';
import { checkOracles } from '../index.ts';

const KINDS: readonly (readonly [part: string, kind: string, parent?: string])[] = [
  ['b1', 'kafka/broker'],
  ['b2', 'kafka/broker'],
  ['p', 'kafka/producer'],
  ['g', 'kafka/group'],
  ['c1', 'kafka/consumer', 'g'],
  ['c2', 'kafka/consumer', 'g'],
];
const DRAWING = {
  nodeOf: new Map(KINDS.map(([part]) => [part, part])),
  parts: new Map(KINDS.map(([part, kind, parent]) => [part, { kind, ...(parent === undefined ? {} : { parent }) }])),
};

type Line = readonly [kind: string, at: string, message: number, data?: JsonObject, why?: string];

function complaintOf(...lines: readonly Line[]): string | undefined {
  const facts = lines.map(
    ([kind, at, message, data, why = ''], seq): Fact => ({ seq, time: seq as Micros, cause: -1, kind, at, message, line: '', why, data }),
  );
  return checkOracles(facts, DRAWING);
}

const LANE = { topic: 't', partition: 0 };
const role = (at: string, name: string, term: number, more: JsonObject = {}): Line => [
  'replica.role',
  at,
  0,
  { ...LANE, queue: 't-0', place: at, role: name, term, leader: 1, node: Number(at.slice(1)), isr: [1, 2], isUnclean: false, ...more },
];
const LEADS = [role('b1', 'leader', 0), role('b2', 'follower', 0)] as const;
const published = (message: number): Line => ['message.published', 'p', message, LANE];
const appended = (message: number, index: number, at = 'b1'): Line => ['message.appended', at, message, { ...LANE, index }];
const replicated = (message: number, index: number): Line => ['message.replicated', 'b2', message, { ...LANE, index }];
const risen = (offset: number, end = offset): Line => ['watermark.advanced', 'b1', 0, { ...LANE, offset, end }];
const confirmed = (message: number, offset: number, acks = 'all'): Line => ['message.confirmed', 'p', message, { ...LANE, offset, acks }];
const WRITTEN = [...LEADS, published(1), appended(1, 0), replicated(1, 0), risen(1)] as const;

const joined = (client: string, why = 'dynamic'): Line => ['member.joined', 'g', 0, { group: 'g', member: `${client}-1`, client }, why];
const assigned = (client: string): Line => ['partition.assigned', client, 0, { partitions: ['t-0'] }];
const received = (message: number, offset: number): Line => ['message.received', 'c1', message, { ...LANE, offset }];
const generation = (number: number): Line => ['group.generation', 'g', 0, { group: 'g', generation: number, coordinator: 1, members: [] }];

describe('a log as it should be is no complaint', () => {
  test.each<readonly [string, readonly Line[]]>([
    ['written, copied, confirmed', [...WRITTEN, confirmed(1, 0)]],
    ['a clean election', [...WRITTEN, confirmed(1, 0), role('b2', 'leader', 1)]],
    ['an unclean election loses', [...LEADS, published(1), appended(1, 0), role('b2', 'leader', 1, { isUnclean: true })]],
    ['a leader of an older epoch that has not heard yet', [...WRITTEN, role('b2', 'leader', 1), role('b1', 'leader', 0)]],
    ['read in order, and again from the beginning', [...WRITTEN, assigned('c1'), received(1, 0), ...assignedAnew('c1'), received(1, 0)]],
    ['handed over', [joined('c1'), joined('c2'), assigned('c1'), ['partition.revoked', 'c1', 0, { partitions: ['t-0'] }], assigned('c2')]],
    [
      'a member that was removed has it still',
      [joined('c1'), joined('c2'), assigned('c1'), ['member.left', 'g', 0, { member: 'c1-1' }], assigned('c2')],
    ],
    ['not waited for', [...LEADS, published(1), confirmed(1, -1, '0'), appended(1, 0)]],
  ])('%s', (_, lines) => {
    expect(complaintOf(...lines)).toBeUndefined();
  });
});

function assignedAnew(client: string): readonly Line[] {
  return [['partition.revoked', client, 0, { partitions: ['t-0'] }], assigned(client)];
}

describe('what can not be is a complaint', () => {
  test.each<readonly [string, readonly Line[], string]>([
    ['a number given twice', [...WRITTEN, published(2), appended(2, 0)], 'given already'],
    ['a follower that appends', [...LEADS, published(1), appended(1, 0, 'b2')], 'only a leader appends'],
    ['a copy of what no leader wrote', [...LEADS, published(1), replicated(1, 0)], 'no leader has given it'],
    ['a watermark above a copy in sync', [...LEADS, published(1), appended(1, 0), risen(1)], 'lacks number 0'],
    ['a watermark that falls', [...WRITTEN, risen(1)], 'was 1 already'],
    ['two leaders in one epoch', [...LEADS, role('b2', 'leader', 0)], 'leads in epoch 0, too'],
    [
      'a clean election that loses',
      [role('b1', 'leader', 0, { isr: [1] }), role('b2', 'follower', 0), published(1), appended(1, 0), risen(1), role('b2', 'leader', 1)],
      'the new leader lacks it',
    ],
    ['confirmed above the watermark', [...LEADS, published(1), appended(1, 0), confirmed(1, 0)], 'above the high watermark'],
    ['confirmed with the number of another', [...WRITTEN, published(2), confirmed(2, 0)], 'is not this record'],
    ['confirmed twice', [...WRITTEN, confirmed(1, 0), confirmed(1, 0)], 'confirmed before'],
    ['one partition at two members', [joined('c1'), joined('c2'), assigned('c1'), assigned('c2')], 'c1 has t-0, too'],
    ['read backwards', [...WRITTEN, assigned('c1'), received(1, 0), received(1, 0)], 'comes after number 0'],
    [
      'committed beyond the end',
      [...WRITTEN, ['offset.committed', 'g', 0, { group: 'g', partition: 't-0', offset: 2 }]],
      'which ends at 1',
    ],
    ['a generation that comes twice', [generation(1), generation(1)], 'comes after 1'],
  ])('%s', (_, lines, text) => {
    expect(complaintOf(...lines)).toContain(text);
  });
});
