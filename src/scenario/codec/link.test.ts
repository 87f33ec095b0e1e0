import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HASH_START, hashHex, hashText, type Micros } from '../../base/index.ts';
import { anyRun } from '../random.testkit.ts';
import { emptyRun } from '../run.ts';
import { sampleRun, sampleVocabulary as vocabulary } from '../sample.testkit.ts';
import { DICTIONARY_1, NAMES_1, SETTINGS_1 } from './frozen1.ts';
import { decodeLink, encodeLink } from './link.ts';
import { roundedView } from './view.ts';

/** Stands in for what was published: a change of it breaks every link there is. */
const FROZEN = '66a9b3b5';

test('the tables that published links rely on are as they were', () => {
  expect(hashHex(hashText(HASH_START, `${NAMES_1.join()}\n${DICTIONARY_1}\n${JSON.stringify(SETTINGS_1)}`))).toBe(FROZEN);
});

describe('a link', () => {
  test('brings back the very run', () => {
    fc.assert(
      fc.property(anyRun(vocabulary), (run) => {
        expect(decodeLink(encodeLink(run), vocabulary)).toEqual({ ok: true, value: { run } });
      }),
      { numRuns: 300 },
    );
  });

  test('of an empty document works, too', () => {
    expect(decodeLink(encodeLink(emptyRun()), vocabulary)).toEqual({ ok: true, value: { run: emptyRun() } });
  });

  test('writes the fields of what it brings back in the same order', () => {
    const decoded = decodeLink(encodeLink(sampleRun()), vocabulary);
    expect(decoded.ok && JSON.stringify(decoded.value.run)).toBe(JSON.stringify(sampleRun()));
  });

  test('can carry how the run was looked at', () => {
    const canvas = fc.record({
      x: fc.double({ min: -9_999, max: 9_999, noNaN: true }),
      y: fc.integer({ min: -9, max: 9 }),
      zoom: fc.double({ min: 0.1, max: 4, noNaN: true }),
    });
    const view = fc.record(
      {
        time: fc.nat(86_400_000_000),
        fact: fc.record({ side: fc.nat(1), seq: fc.nat() }, { noNullPrototype: true }),
        canvas,
        panel: fc.constantFrom('story', 'node'),
      },
      { requiredKeys: ['time'], noNullPrototype: true },
    );
    fc.assert(
      fc.property(view, (wanted) => {
        const shown = wanted as typeof wanted & { time: Micros };
        expect(decodeLink(encodeLink(sampleRun(), shown), vocabulary)).toEqual({
          ok: true,
          value: { run: sampleRun(), view: roundedView(shown) },
        });
      }),
    );
  });

  test('needs no escapes in a URL', () => {
    expect(encodeLink(sampleRun())).toMatch(/^[\w.-]+$/);
  });

  test('may begin with # and end with what a chat program hangs on', () => {
    const link = encodeLink(sampleRun());
    for (const text of [`#${link}`, `${link}.`, `${link})。`, `${link}%EF%BC%8C`, `${link}>,`])
      expect(decodeLink(text, vocabulary)).toEqual({ ok: true, value: { run: sampleRun() } });
  });

  test('made today is read for ever', () => {
    const published =
      '1.1.4k.y6Bkhs_.i46OVkoCloEg4ZLU4hJ9EAeYmEHMYmAdkgzKfGBeQSawdoTJAMtTsBagarAxEKWQGAaqg4gBFSFFISRkdU2A0QFCIL9CAgQUOBbwkAQnaxATlE-gAQG1FFjCwByQlgqsnSDBBgk0WAQl6gEzLlAbLJyVghNzC4DlWCwA';
    expect(decodeLink(published, vocabulary)).toEqual({ ok: true, value: { run: sampleRun() } });
  });
});
