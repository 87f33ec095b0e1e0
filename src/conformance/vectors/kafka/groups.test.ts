import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../base/index.ts';
import { GROUPS_PLAYERS } from './groups.ts';

const FOLDER = `${import.meta.dirname}/../../recordings/vectors`;

function casesOf(file: string): readonly JsonObject[] {
  return (JSON.parse(readFileSync(`${FOLDER}/${file}.json`, 'utf8')) as { cases: readonly JsonObject[] }).cases;
}

describe('the coordinator does what the real one did', () => {
  for (const [file, play] of Object.entries(GROUPS_PLAYERS))
    test(file, () => {
      const failed = casesOf(file)
        .map((data) => ({ id: data.id, why: play(data) }))
        .filter(({ why }) => why !== undefined);
      expect(failed).toEqual([]);
    });

  test('a trace whose answers, parked requests or group differ in one place is refused', () => {
    const changes: readonly (readonly [string, string, string])[] = [
      ['kafka-classic-group-traces', '"generation":1,"memberId"', '"generation":9,"memberId"'],
      ['kafka-classic-group-traces', '"stillParked":["JoinGroup:m1"]', '"stillParked":[]'],
      ['kafka-classic-group-traces', '"state":"CompletingRebalance"', '"state":"Stable"'],
      ['kafka-classic-group-traces', '"response":"REBALANCE_IN_PROGRESS"', '"response":"NONE"'],
      ['kafka-consumer-group-traces', '"previousMemberEpoch":0', '"previousMemberEpoch":1'],
      ['kafka-consumer-group-traces', '"assignment":null', '"assignment":[]'],
      ['kafka-offsets-topic-partition', '"offsetsTopicPartition_of_3":2', '"offsetsTopicPartition_of_3":1'],
    ];
    for (const [file, from, to] of changes) {
      const first = JSON.stringify(casesOf(file)[0]);
      expect(first).toContain(from);
      expect(GROUPS_PLAYERS[file]?.(JSON.parse(first.replace(from, to)) as JsonObject)).toBeDefined();
    }
  });
});
