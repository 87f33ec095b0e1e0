import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { playFolders } from './files.ts';

const played = playFolders([join(import.meta.dirname, 'recordings')]);
const cases = played.ok ? played.value : [];

describe('the recordings and vectors that come with the project', () => {
  test('none fails', () => {
    expect(cases.filter(({ status }) => status === 'failed')).toEqual([]);
  });

  test('all pass of the systems that are modelled whole', () => {
    const whole = cases.filter(({ system }) => /^(rabbitmq|zookeeper)/.test(system));
    expect(whole.length).toBeGreaterThanOrEqual(200);
    expect(whole.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  test('what is not modelled says why', () => {
    expect(cases.filter(({ status, why }) => status === 'not-modelled' && (why ?? '') === '')).toEqual([]);
  });
});
