import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../base/index.ts';
import { ASSIGN_PLAYERS } from './assign.ts';

const FOLDER = `${import.meta.dirname}/../../recordings/vectors`;

describe('assignors do what the real ones did', () => {
  for (const [file, play] of Object.entries(ASSIGN_PLAYERS))
    test(file, () => {
      const { cases } = JSON.parse(readFileSync(`${FOLDER}/${file}.json`, 'utf8')) as { cases: readonly JsonObject[] };
      const failed = cases.map((data) => ({ id: data.id, why: play(data) })).filter(({ why }) => why !== undefined);
      expect(failed).toEqual([]);
      expect(cases.length).toBeGreaterThan(0);
    });
});
