import { describe, expect, test } from 'vitest';
import type { Json } from '../../base/index.ts';
import type { Verdict } from '../format.ts';
import { parseTruth } from '../format.ts';
import { playTrace } from './player.ts';

type RawStep = { readonly [key: string]: Json };

function play(steps: readonly RawStep[], more: RawStep = {}): Verdict {
  const json = { format: 'mq-truth/1', broker: 'rabbitmq', version: '3.10.8', name: 'n', topic: 't', title: 'x', ...more };
  const parsed = parseTruth(JSON.stringify({ ...json, steps: steps.map((step, i) => ({ i, ...step })) }));
  if (!parsed.ok || parsed.value.kind !== 'trace') throw new Error('not a recording');
  return playTrace(parsed.value);
}

const QUEUE = { op: 'queue', name: 'q' };
const delivery = (m: string, tag: number) => ({ ev: 'deliver', m, tag, redelivered: false, exchange: '', key: 'q' });
const consume = (n: number) => ({ op: 'consume', ch: `C${n}`, as: `c${n}`, queue: 'q' });
const publish = { op: 'publish', exchange: '', key: 'q' };

describe('playing a recording', () => {
  test('passes when every actor saw what is recorded', () => {
    const steps = [QUEUE, consume(1), { ...publish, m: 'm1', seen: { c1: [delivery('m1', 1)] } }];
    expect(play(steps)).toEqual({ status: 'passed' });
  });

  test('fails when somebody saw something that is not recorded', () => {
    const verdict = play([QUEUE, consume(1), { ...publish, m: 'm1' }]);
    expect(verdict).toMatchObject({ status: 'failed', why: expect.stringContaining('c1 saw') });
  });

  test('fails when somebody did not see what is recorded', () => {
    const verdict = play([QUEUE, { ...publish, m: 'm1', seen: { c1: [delivery('m1', 1)] } }]);
    expect(verdict.why).toContain('c1 saw [] instead of');
  });

  test.each<[string, RawStep]>([
    ['tag', { tag: 2 }],
    ['redelivered flag', { redelivered: true }],
    ['body', { m: 'm2' }],
    ['headers', { headers: { a: 1 } }],
  ])('fails on another %s', (_, changed) => {
    const verdict = play([QUEUE, consume(1), { ...publish, m: 'm1', seen: { c1: [{ ...delivery('m1', 1), ...changed }] } }]);
    expect(verdict.status).toBe('failed');
  });

  test('fails on another result', () => {
    expect(play([QUEUE, { op: 'depth', queue: 'q', result: { ready: 1, consumers: 0 } }]).why).toContain('result');
    expect(play([{ op: 'depth', queue: 'q' }]).status).toBe('failed');
  });

  test('order counts within an actor unless it is recorded as open', () => {
    const turned = [delivery('m2', 2), delivery('m1', 1)];
    const steps = (seen: RawStep) => [QUEUE, consume(1), { ...publish, msgs: ['m1', 'm2'], ...seen }];
    expect(play(steps({ seen: { c1: turned } })).status).toBe('failed');
    expect(play(steps({ seenAnyOrder: { c1: turned } })).status).toBe('passed');
  });

  test('a pool compares what several saw together, without tags', () => {
    const facts = [delivery('m2', 7), delivery('m1', 7)];
    const steps = (pooled: Json) => [QUEUE, consume(1), consume(2), { ...publish, msgs: ['m1', 'm2'], seenPool: pooled }];
    expect(play(steps({ actors: ['c1', 'c2'], facts })).status).toBe('passed');
    expect(play(steps({ actors: ['c1'], facts })).status).toBe('failed');
  });

  test('an error is recorded as code and text', () => {
    const error = { code: 404, text: "NOT_FOUND - no queue 'q' in vhost '/'" };
    const steps = (text: string) => [
      { op: 'depth', ch: 'E', queue: 'q', result: { error: { ...error, text } }, seen: { E: [{ ev: 'channel-closed', ...error, text }] } },
    ];
    expect(play(steps(error.text)).status).toBe('passed');
    expect(play(steps('NOT_FOUND')).status).toBe('failed');
  });

  test('a channel closed by an error is opened afresh at its next use', () => {
    const closed = { ev: 'channel-closed', code: 404, text: "NOT_FOUND - no exchange 'ghost' in vhost '/'" };
    const steps = [QUEUE, { op: 'publish', exchange: 'ghost', key: 'k', m: 'm1', seen: { P: [closed] } }, { ...publish, m: 'm2' }];
    expect(play([...steps, { op: 'depth', queue: 'q', result: { ready: 1, consumers: 0 } }]).status).toBe('passed');
  });

  test('closing a whole connection and using it again', () => {
    const steps = [
      QUEUE,
      { op: 'queue', ch: 'K.1', name: 'mine', exclusive: true },
      { op: 'consume', ch: 'K.2', as: 'c', queue: 'q' },
      { op: 'close', conn: 'K' },
      { op: 'depth', queue: 'q', result: { ready: 0, consumers: 0 } },
      { op: 'exists', queue: 'mine', result: { code: 404, text: "NOT_FOUND - no queue 'mine' in vhost '/'" } },
      { op: 'consume', ch: 'K.2', as: 'c', queue: 'q' },
      { op: 'crash', conn: 'K' },
      { op: 'depth', queue: 'q', result: { ready: 0, consumers: 0 } },
      { op: 'consume', ch: 'K.1', as: 'c', queue: 'q' },
      { op: 'depth', queue: 'q', result: { ready: 0, consumers: 1 } },
    ];
    expect(play(steps)).toEqual({ status: 'passed' });
  });
});

describe('what is not modelled', () => {
  test('is found by operation and argument, not by name', () => {
    expect(play([{ ...QUEUE, colour: 'red' }]).why).toContain('argument colour');
    expect(play([{ op: 'dance' }]).why).toContain('operation dance');
  });

  test('a stream that shall forget is not taken for one that does', () => {
    const queue = { ...QUEUE, durable: true, args: { 'x-queue-type': 'stream', 'x-max-length-bytes': 1 } };
    const steps = [queue, { ...publish, m: 'm1' }];
    expect(play([...steps, { op: 'depth', queue: 'q', result: { ready: 0, consumers: 0 } }])).toMatchObject({
      status: 'not-modelled',
      why: expect.stringContaining('stream'),
    });
  });

  test('a wrong fact before a feature acts is a failure all the same', () => {
    const steps = [
      { ...QUEUE, args: { 'x-max-length': 1 } },
      { op: 'depth', queue: 'q', result: { ready: 9, consumers: 0 } },
    ];
    expect(play(steps).status).toBe('failed');
  });
});
