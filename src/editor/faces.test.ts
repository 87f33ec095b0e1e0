import { expect, test } from 'vitest';
import type { Lane, PartView } from '../engine/index.ts';
import { dynamicText, type Language, text } from '../i18n/index.ts';
import { PART_KINDS as KAFKA_KINDS } from '../protocols/kafka/kinds.ts';
import { LINE_KINDS, PART_KINDS } from '../protocols/rabbitmq/kinds.ts';
import type { Config, Line, Part } from '../scenario/index.ts';
import type { Texts } from '../ui/index.ts';
import { faceLine, lineLabel, regionLine } from './faces.ts';
import { accessibleName, lineName } from './names.ts';

function texts(language: Language): Texts {
  const say: Texts = Object.assign((...[key, args]: Parameters<Texts>) => text(language, key, args), {
    dynamic: (key: string, args?: Parameters<Texts>[1]) => dynamicText(language, key, args),
  });
  return say;
}
const [en, zh] = [texts('en'), texts('zh-CN')];
const part = (what: string, config: Config = {}): Part => ({ id: 'p', kind: `rabbitmq/${what}`, name: 'work', x: 0, y: 0, config });
const kind = (what: string) => PART_KINDS.get(`rabbitmq/${what}`)!;
const up: PartView = { status: 'up', figures: [], details: [] };
const stored: PartView = { ...up, store: { ready: [], readyCount: 4, unacked: [], unackedCount: 2 } };
const face = (t: Texts, what: string, config: Config = {}, view: PartView = up) => faceLine(t, part(what, config), kind(what), view);

test('a queue tells how many messages are ready and how many unacknowledged', () => {
  expect(face(en, 'queue', {}, stored)).toBe('4 ready · 2 unacked');
  expect(face(zh, 'queue', { durable: false }, stored)).toBe('就绪 4 · 未确认 2 · 非持久');
});

test('a client tells what it is set to in a few words', () => {
  expect(face(en, 'producer', { everyMillis: 500 })).toBe('every 0.5 s');
  expect(face(zh, 'producer', { mode: 'burst', count: 20 })).toBe('一次发 20 条');
  expect(face(en, 'consumer', { workMillis: 4_000, ackMode: 'never' })).toBe('4 s each · never acks');
});

test('a limited window is shown, an unlimited one is not', () => {
  expect(face(en, 'consumer', {}, { ...up, window: { used: 1, limit: 1 } })).toBe('prefetch 1/1 · 1 s each');
  expect(face(en, 'consumer', {}, { ...up, window: { used: 3, limit: 0 } })).toBe('1 s each');
});

test('one that waits says what for, if it knows, and then nothing else', () => {
  const waits: PartView = { ...up, status: 'blocked' };
  expect(face(en, 'consumer', {}, waits)).toBe('blocked · 1 s each');
  const named: PartView = { ...waits, figures: [{ key: 'waitsFor', value: 'completing' }] };
  expect([face(en, 'consumer', {}, named), face(zh, 'consumer', {}, named)]).toEqual(['waiting for SyncGroup', '等待 SyncGroup']);
});

test('a crashed part says so and nothing else', () => {
  expect(face(zh, 'consumer', {}, { ...up, status: 'down' })).toBe('已崩溃');
});

const binding = LINE_KINDS.get('rabbitmq/binding')!;
const line = (config: Config): Line => ({ id: 'l', kind: 'rabbitmq/binding', from: 'a', to: 'b', config });

test('a binding shows its key, or what headers it asks for', () => {
  expect(lineLabel(en, line({ key: 'order.*' }), binding)).toBe('order.*');
  expect(lineLabel(en, line({ headers: { format: 'pdf', n: 3 }, xMatch: 'any' }), binding)).toBe('any: format=pdf, n=3');
  expect(lineLabel(en, line({}), binding)).toBe('');
});

test('a key that looks like a message pattern is shown as it is', () => {
  expect(lineLabel(en, line({ key: "{x} <b>'#" }), binding)).toBe("{x} <b>'#");
});

test('what is read aloud says kind, name and state', () => {
  expect(accessibleName(en, part('queue'), kind('queue'), stored, true)).toBe('queue work, 4 ready, 2 unacknowledged');
  expect(accessibleName(en, part('exchange', { type: 'topic' }), kind('exchange'), up, true)).toBe('topic exchange work');
  expect(accessibleName(zh, part('queue'), kind('queue'), stored, false)).toBe('队列 work，此刻不在场');
  const state = { isCut: false, isPresent: true, routed: 'matched' } as const;
  expect(lineName(en, line({ key: 'a.#' }), binding, { from: 'logs', to: 'work' }, state)).toBe('binding from logs to work, a.#, matched');
});

test('requests that wait are counted, those of traffic that is not shown left out', () => {
  const ask = (verb: string) => ({ line: 'l', from: 'c', verb });
  const waited: PartView = { ...up, waiting: [ask('Fetch'), ask('Fetch'), ask('Fetch.replica')] };
  const name = (t: Texts, isShown?: (verb: string) => boolean) =>
    accessibleName(t, part('exchange'), kind('exchange'), waited, true, isShown);
  expect(name(en)).toMatch(/ work, 3 requests wait$/);
  expect(name(zh, (verb) => verb !== 'Fetch.replica')).toMatch(/ work，2 个请求在等$/);
  expect(name(en, () => false)).not.toContain('wait');
});

const broker: Part = { id: 'b', kind: 'kafka/broker', name: 'kafka-1', x: 0, y: 0, config: {} };

test('what does nothing says why, and nothing else', () => {
  expect(face(en, 'consumer', { workMillis: 4_000 }, { ...up, status: 'hung' })).toBe('hangs');
  expect(face(en, 'consumer', {}, { ...up, status: 'failed' })).toBe('ended by an error');
  expect(face(zh, 'consumer', {}, { ...up, status: 'unstarted' })).toBe('尚未启动');
  expect(accessibleName(en, part('consumer'), kind('consumer'), { ...up, status: 'hung' }, true)).toBe('consumer work, hangs');
});

test('a box tells its office and what it is better than its kind does, and both are read aloud', () => {
  const controller = KAFKA_KINDS.get('kafka/broker')!;
  const office: PartView = { ...up, badges: [{ key: 'activeController', as: 'office' }] };
  expect(accessibleName(en, broker, controller, office, true)).toMatch(/^Kafka broker kafka-1, active controller/);
  const only: PartView = { ...up, badges: [{ key: 'controllerOnly', as: 'kind' }, ...(office.badges ?? [])] };
  expect(accessibleName(en, broker, controller, only, true)).toMatch(/^KRaft controller kafka-1, active controller/);
  expect(accessibleName(zh, broker, controller, only, true)).toMatch(/^KRaft 控制器 kafka-1，活跃控制器/);
  // Its status has a badge of its own, so the line beside the name does without.
  expect(regionLine(en, broker, controller, { ...up, status: 'down' })).toBe(regionLine(en, broker, controller, up));
  expect(accessibleName(en, broker, controller, { ...only, status: 'down' }, true)).toContain('down');
});

const cells = (numbers: readonly number[]) => numbers.map((at) => ({ at, message: at + 1, key: '', producer: 'p', redelivered: false }));
const lane = (end: number, kept: readonly number[]): Lane => ({
  ...{ key: '0', role: 'leader', isLeader: true, start: 0, end, kept: kept.length, marks: [] },
  chunks: [{ first: kept[0] ?? end, cells: cells(kept) }],
});
const lanes = (...all: readonly Lane[]): PartView => ({ ...up, lanes: all });

test('lanes tell how many records there are, and how many gaps compaction has left', () => {
  expect(face(en, 'queue', {}, lanes(lane(3, [0, 1, 2])))).toBe('1 partition · 3 records');
  expect(face(en, 'queue', {}, lanes(lane(13, [9, 10, 11, 12])))).toBe('1 partition · 4 records, 9 gaps');
  expect(face(zh, 'queue', {}, lanes(lane(2, [1]), lane(0, [])))).toBe('2 个分区 · 1 条记录，1 个空位');
  expect(accessibleName(en, part('queue'), kind('queue'), lanes(lane(13, [9, 10, 11, 12])), true)).toContain('0 to 13, 9 gaps');
});
