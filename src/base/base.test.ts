import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AssertionError,
  assert,
  fail,
  fromMillis,
  fromSeconds,
  HASH_START,
  Heap,
  hashHex,
  hashInteger,
  hashText,
  type Micros,
  micros,
  nextBelow,
  nextInteger,
  ok,
  RisingMap,
  randomStream,
  toSeconds,
} from './index.ts';

describe('heap', () => {
  const entry = (at: number, seq: number) => ({ at: at as Micros, seq });

  test('gives by time, and among equal times by number', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const heap = new Heap<{ at: Micros; seq: number }>();
        for (const [seq, at] of times.entries()) heap.push(entry(at, seq));
        const given: { at: number; seq: number }[] = [];
        for (let top = heap.pop(); top; top = heap.pop()) given.push(top);
        expect(given).toEqual(times.map(entry).sort((a, b) => a.at - b.at || a.seq - b.seq));
      }),
    );
  });

  test('a copy goes its own way', () => {
    const heap = new Heap([entry(1, 1)]);
    const copy = heap.copy();
    copy.push(entry(0, 2));
    expect([heap.size, copy.size, heap.peek()?.at, copy.peek()?.at]).toEqual([1, 2, 1, 0]);
    expect([...copy].length).toBe(2);
  });

  test('an empty heap has nothing to give', () => {
    expect([new Heap().pop(), new Heap().peek()]).toEqual([undefined, undefined]);
  });
});

describe('rising map', () => {
  test('is a map, whatever leaves in between', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(60)), { maxLength: 120 }), (deeds) => {
        let map = new RisingMap<string>();
        const known = new Map<number, string>();
        let key = 0;
        for (const [isNew, at] of deeds) {
          if (isNew) {
            key += 1 + (at % 3);
            map.set(key, `item ${key}`);
            known.set(key, `item ${key}`);
          } else expect(map.delete(at)).toBe(known.delete(at));
          expect([map.size, map.get(at)]).toEqual([known.size, known.get(at)]);
          if (at % 7 > 0) continue;
          const before = map;
          map = before.copy();
          before.clear();
        }
        expect([...map.values()]).toEqual([...known.values()]);
      }),
    );
  });

  test('refuses a key that does not rise', () => {
    const map = new RisingMap<string>();
    map.set(2, 'two');
    expect(() => map.set(2, 'again')).toThrow(AssertionError);
    map.clear();
    expect(() => map.copy().set(1, 'late')).toThrow(AssertionError);
  });
});

describe('random streams', () => {
  test('are the same in every engine: these numbers never change', () => {
    const stream = randomStream(42, 'q1');
    expect(Array.from({ length: 4 }, () => nextInteger(stream))).toMatchInlineSnapshot(`
      [
        3553778038,
        181010279,
        4163470600,
        1616412621,
      ]
    `);
  });

  test('differ by seed and by name', () => {
    const first = (seed: number, name: string) => nextInteger(randomStream(seed, name));
    expect(new Set([first(1, 'a'), first(2, 'a'), first(1, 'b'), first(1, 'ab'), first(1, 'ba')]).size).toBe(5);
  });

  test('spread evenly enough to teach with', () => {
    const stream = randomStream(7, 'dice');
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) {
      const side = nextBelow(stream, 6);
      counts[side] = (counts[side] as number) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe('hash', () => {
  test('these values never change: links and recordings carry digests', () => {
    expect(hashHex(hashText(HASH_START, '消息 m1'))).toMatchInlineSnapshot(`"faedf34d"`);
    expect(hashHex(hashInteger(HASH_START, 86_400_000_000))).toMatchInlineSnapshot(`"ac258018"`);
    expect(hashHex(hashInteger(HASH_START, 5))).toMatchInlineSnapshot(`"536a9514"`);
  });

  test('tells neighbours apart, also beyond 32 bits', () => {
    const values = [0, 1, -1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 33, 2 ** 33 + 1];
    expect(new Set(values.map((v) => hashInteger(HASH_START, v))).size).toBe(values.length);
    expect(new Set(['', 'a', 'b', 'ab', 'ba', 'aa'].map((t) => hashText(HASH_START, t))).size).toBe(6);
  });

  test('hexadecimal has eight digits', () => {
    expect([hashHex(0), hashHex(-1), hashHex(255)]).toEqual(['00000000', 'ffffffff', '000000ff']);
  });
});

test('time is whole microseconds', () => {
  expect([micros(1.4), fromMillis(0.4), fromSeconds(1.5), toSeconds(2_500_000 as Micros)]).toEqual([1, 400, 1_500_000, 2.5]);
});

test('an assertion that fails says so in its own kind of error', () => {
  expect(() => assert(false, 'never')).toThrow(AssertionError);
  expect(() => assert(1, 'fine')).not.toThrow();
});

test('results are values', () => {
  expect([ok(1), fail('no')]).toEqual([
    { ok: true, value: 1 },
    { ok: false, error: 'no' },
  ]);
});
