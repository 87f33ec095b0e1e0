import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vocabulary } from '../../protocols/rabbitmq/vocabulary.ts';
import { anyRun } from '../random.testkit.ts';
import { decodeLink, encodeLink } from './link.ts';
import { shopOfTwenty, topicOfFive, workersOfFive } from './realistic.testkit.ts';

test.each([
  ['the topic exchange with five nodes in a broker', topicOfFive, 5, 320],
  ['three workers around a task queue', workersOfFive, 5, 320],
  ['a shop of twenty nodes', shopOfTwenty, 20, 850],
])('the link of %s is short and brings it back', (_, draw, nodes, characters) => {
  const run = draw(vocabulary);
  expect(run.scenario.parts.length).toBeGreaterThanOrEqual(nodes);
  expect(run.scenario.lines.length).toBeGreaterThanOrEqual(nodes - 2);
  expect(run.interventions.length).toBeGreaterThan(0);
  const link = encodeLink(run);
  expect(link.length).toBeLessThanOrEqual(characters);
  expect(decodeLink(link, vocabulary)).toEqual({ ok: true, value: { run } });
});

test('names in Chinese keep within the same size', () => {
  const run = topicOfFive(vocabulary);
  const names = ['消息服务器', '订单系统', '订单事件', '发货队列', '通知队列', '发货员'];
  const parts = run.scenario.parts.map((part, i) => ({ ...part, name: names[i] as string }));
  const chinese = { ...run, scenario: { ...run.scenario, title: '订单的去向', parts } };
  const link = encodeLink(chinese);
  expect(link.length).toBeLessThanOrEqual(320);
  expect(decodeLink(link, vocabulary)).toEqual({ ok: true, value: { run: chinese } });
});

test('any drawing of RabbitMQ comes back from its link as it was', () => {
  fc.assert(
    fc.property(anyRun(vocabulary), (run) => {
      expect(decodeLink(encodeLink(run), vocabulary)).toEqual({ ok: true, value: { run } });
    }),
    { numRuns: 100 },
  );
});
