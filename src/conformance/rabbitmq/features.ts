import type { JsonObject } from '../../base/index.ts';
import type { Step, Trace } from '../format.ts';

/*
 * What a recording uses that is not modelled, found by the features it uses. Features that only matter when they act (a
 * time-to-live, a maximum length) are found while playing: the broker says so in a fact `feature.omitted`.
 */

/** Operations that are played, with their arguments. */
const KNOWN: { readonly [op: string]: readonly string[] } = {
  exchange: ['ch', 'name', 'type', 'durable', 'autoDelete', 'internal', 'alternate', 'args'],
  queue: ['ch', 'name', 'durable', 'autoDelete', 'exclusive', 'args', 'show'],
  bind: ['ch', 'queue', 'exchange', 'key', 'args'],
  unbind: ['ch', 'queue', 'exchange', 'key', 'args'],
  bindx: ['ch', 'dest', 'source', 'key', 'args'],
  unbindx: ['ch', 'dest', 'source', 'key', 'args'],
  publish: [
    ...['ch', 'exchange', 'key', 'm', 'msgs', 'each', 'headers', 'CC', 'BCC', 'mandatory', 'persistent', 'priority', 'replyTo'],
    ...['correlationId', 'expiration', 'messageId', 'type', 'userId', 'appId', 'contentType'],
  ],
  qos: ['ch', 'count', 'global'],
  consume: ['ch', 'as', 'queue', 'noAck', 'exclusive', 'priority', 'args'],
  cancel: ['ch', 'as'],
  ack: ['ch', 'consumer', 'm', 'msgs', 'tag', 'multiple'],
  nack: ['ch', 'consumer', 'm', 'msgs', 'tag', 'multiple', 'requeue'],
  reject: ['ch', 'consumer', 'm', 'msgs', 'tag', 'requeue'],
  recover: ['ch', 'requeue'],
  get: ['ch', 'queue', 'count', 'noAck'],
  drain: ['ch', 'queue'],
  depth: ['ch', 'queue'],
  exists: ['ch', 'queue', 'exchange'],
  purge: ['ch', 'queue'],
  delete: ['ch', 'queue', 'exchange', 'ifUnused', 'ifEmpty'],
  close: ['ch', 'conn'],
  crash: ['conn'],
  wait: ['ms'],
  open: ['ch'],
  batch: ['steps'],
  tx: ['ch', 'do'],
  node: ['n', 'do'],
  policy: ['name', 'pattern', 'def', 'applyTo', 'priority'],
};

/** Why a recording can't be played at all, or undefined. */
export function notPlayable(trace: Trace): string | undefined {
  for (const { op, args } of everyStep(trace.steps)) {
    const known = KNOWN[op];
    if (!known) return `operation ${op} is not modelled`;
    const unknown = Object.keys(args).find((name) => !known.includes(name));
    if (unknown !== undefined) return `argument ${unknown} of operation ${op} is not modelled`;
  }
  return undefined;
}

function everyStep(steps: readonly Step[]): readonly { readonly op: string; readonly args: JsonObject }[] {
  return steps.flatMap(({ op, args }) => {
    if (op !== 'batch' || !Array.isArray(args['steps'])) return [{ op, args }];
    return (args['steps'] as readonly JsonObject[]).map(({ op: inner, ...rest }) => ({ op: String(inner), args: rest }));
  });
}

/** In words: what a fact `feature.omitted` says. */
export function omittedWords(key: string): string {
  return `${key}: not modelled`;
}
