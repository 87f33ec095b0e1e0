import { expect, test } from 'vitest';
import { micros } from '../base/index.ts';
import { compile, createTimeline, type Timeline } from '../engine/index.ts';
import type { Language } from '../i18n/index.ts';
import { GALLERY } from '../lessons/gallery/index.ts';
import type { Playback } from '../playback/index.ts';
import { catalogue } from '../protocols/catalogue.ts';
import { findFrame, frameAt, framesAround, frameWords } from './frames.ts';
import { pickMessage } from './pick.ts';
import { sceneOf } from './scene.ts';
import { EVERYWHERE } from './token.ts';
import { Tokens } from './tokens.ts';

function opened(id: string, seconds: number): Timeline {
  const run = GALLERY.find((entry) => entry.id === id)?.run;
  const program = run && compile(run, catalogue);
  if (!program?.ok) throw new Error(id);
  const timeline = createTimeline(program.value);
  timeline.seek(micros(seconds * 1e6));
  return timeline;
}

/** Tokens of a verb as they are painted. */
function painted(timeline: Timeline, verb: string) {
  const tokens = new Tokens();
  tokens.collect(timeline, sceneOf(timeline.program), EVERYWHERE, undefined, []);
  return Array.from({ length: tokens.count }, (_, i) => tokens.at(i)).filter((token) => token.verb === verb);
}

/** What is said beside a pointer over the first frame of a verb. */
function saidOf(timeline: Timeline, verb: string, language: Language = 'en', hidden: readonly string[] = []) {
  const [token] = painted(timeline, verb);
  if (!token) throw new Error(`No ${verb}`);
  const frame = frameAt(timeline, token.x + 3, token.y - 3, hidden);
  return frame && frameWords(timeline, frame, language);
}

test('a frame without messages is named as its system names it, and says who sends it to whom', () => {
  expect(saidOf(opened('rebalance-eager', 2.5), 'SyncGroup')).toEqual(['SyncGroup: anna → kafka-1']);
  expect(saidOf(opened('log-not-queue', 3.2), 'ListOffsetsResponse')).toEqual(['ListOffsets response: kafka-1 → billing-1']);
  expect(saidOf(opened('log-not-queue', 3.2), 'ListOffsetsResponse', 'zh-CN')).toEqual(['ListOffsets 响应：kafka-1 → billing-1']);
});

test('a request that waits says so, and which broker’s copy it waits at', () => {
  expect(saidOf(opened('rebalance-eager', 1.7), 'JoinGroup')).toEqual(['JoinGroup: anna → kafka-1', 'waits until it is answered']);
  expect(saidOf(opened('replication', 4.3), 'Produce')?.[0]).toBe('Produce: shop → orders (kafka-1)');
});

test('where nothing is painted, where a message is, and of hidden traffic nothing is said', () => {
  const timeline = opened('log-not-queue', 5.2);
  expect(frameAt(timeline, -500, -500, [])).toBeUndefined();
  expect(saidOf(timeline, 'Produce')).toBeUndefined();
  expect(saidOf(opened('rebalance-eager', 1.7), 'JoinGroup', 'en', ['control'])).toBeUndefined();
});

test('a click takes a message, unless another frame is nearer', () => {
  const timeline = opened('log-not-queue', 5.2);
  const playback = { snapshot: () => ({ sides: [{ name: 'a', timeline }], speed: 1 }) } as unknown as Playback;
  const [produce] = painted(timeline, 'Produce');
  expect(pickMessage(playback, 'a', produce?.x ?? 0, produce?.y ?? 0)).toBe(produce?.message);
  timeline.seek(micros(6_400_000));
  const [fetch] = painted(timeline, 'Fetch');
  expect(fetch?.isWaiting).toBe(true);
  expect(pickMessage(playback, 'a', fetch?.x ?? 0, fetch?.y ?? 0)).toBeUndefined();
});

test('a frame is found again on its way and while it waits, not when it is answered', () => {
  const timeline = opened('log-not-queue', 6.2);
  const [flying] = painted(timeline, 'Fetch');
  if (!flying) throw new Error('No Fetch');
  const at = (seconds: number) => {
    timeline.seek(micros(seconds * 1e6));
    return findFrame(timeline, flying, []);
  };
  expect(at(6.3)).toMatchObject({ isWaiting: false });
  expect(at(6.4)).toMatchObject({ isWaiting: true });
  expect(at(7)).toBeUndefined();
  expect(at(6.2)).toMatchObject({ isWaiting: false, x: flying.x, y: flying.y });
});

test('around a part is what comes, goes and waits there, in the places inside it as well', () => {
  const timeline = opened('rebalance-eager', 1.7);
  const verbs = (name: string) => {
    const part = [...timeline.program.parts.values()].find((one) => one.name === name);
    return framesAround(timeline, part?.id ?? '', []).map(({ verb }) => verb);
  };
  expect(verbs('kafka-1').toSorted()).toEqual(['JoinGroup', 'JoinGroup', 'ProduceResponse']);
  expect(verbs('anna')).toEqual(['JoinGroup']);
});
