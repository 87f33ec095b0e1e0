import type { Json, JsonObject } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';
import type { SeenMessage } from '../../protocols/rabbitmq/client/index.ts';
import type { Outcome } from '../compare.ts';
import type { PlayedStep } from './translate.ts';

export interface Observed extends Outcome {
  /** Features that would have acted now and are not modelled. */
  readonly omitted: readonly string[];
}

/** A value as a client library shows it: types named outright are dropped. */
function plain(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain);
  const object = value as JsonObject;
  const marked = object['!'];
  if (typeof marked === 'string' && marked !== 'timestamp' && marked !== 'decimal') return plain(object['value'] ?? null);
  return Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, plain(inner)]));
}

/** Headers and priority are shown only when there are some. */
function extras({ headers, priority }: SeenMessage): JsonObject {
  return {
    ...(Object.keys(headers).length > 0 ? { headers: plain(headers) } : {}),
    ...(priority === null ? {} : { priority }),
  };
}

interface Saw {
  readonly consumer: string;
  readonly channel: string;
  readonly tag: number;
  readonly redelivered: boolean;
  readonly code: number;
  readonly text: string;
  readonly body: string;
  readonly message: SeenMessage;
}

/** The recording's line for a fact `client.saw`, and whose it is; undefined for what the recorder did not watch. */
function seenBy(fact: Fact, connection: string): readonly [actor: string, line: JsonObject] | undefined {
  const saw = fact.data as unknown as Saw;
  const ev = fact.why;
  if (saw.channel?.includes('~')) return undefined;
  switch (ev) {
    case 'deliver': {
      const { tag, redelivered, message } = saw;
      return [saw.consumer, { ev, m: message.body, tag, redelivered, exchange: message.exchange, key: message.key, ...extras(message) }];
    }
    case 'returned': {
      const { message, code, text } = saw;
      return [saw.channel, { ev, m: message.body, code, text, exchange: message.exchange, key: message.key }];
    }
    case 'confirmed':
    case 'nacked':
    case 'confirm-lost':
      return [saw.channel, { ev, m: saw.body }];
    case 'cancelled':
      return [saw.consumer, { ev }];
    case 'channel-closed':
      return [saw.channel, { ev, code: saw.code, text: saw.text }];
    case 'connection-closed':
      return [connection, { ev, code: saw.code, text: saw.text }];
    default:
      return [connection, { ev }];
  }
}

interface GotMessage {
  readonly tag: number;
  readonly redelivered: boolean;
  readonly left: number;
  readonly message: SeenMessage;
}

function drained(got: readonly (GotMessage | null)[]): Json {
  return got.flatMap((one) => {
    if (one === null) return [];
    const { message, redelivered } = one;
    return [{ m: message.body, redelivered, exchange: message.exchange, key: message.key, ...extras(message) }];
  });
}

function gotten(got: readonly (GotMessage | null)[]): Json {
  return got.map((one) => {
    if (one === null) return null;
    const { message, tag, redelivered, left } = one;
    return { ev: 'deliver', m: message.body, tag, redelivered, exchange: message.exchange, key: message.key, ...extras(message), left };
  });
}

/** The result that the recorder would have noted for a reply. */
function resultOf(played: PlayedStep, data: JsonObject): Json | undefined {
  const { op, step } = played;
  const error = data['error'];
  if (error !== undefined) return op === 'exists' ? error : { error };
  const reply = data['reply'] as unknown as {
    readonly verb: string;
    readonly messageCount: number;
    readonly consumerCount: number;
    readonly messages: readonly (GotMessage | null)[];
  };
  switch (op) {
    case 'exists':
      return true;
    case 'drain':
      return drained(reply.messages);
    case 'get':
      return gotten(reply.messages);
    case 'depth':
      return { ready: reply.messageCount, consumers: reply.consumerCount };
    case 'queue':
      return step.args['show'] === undefined ? undefined : { messages: reply.messageCount, consumers: reply.consumerCount };
    case 'purge':
      return { messages: reply.messageCount };
    case 'delete':
      return reply.verb === 'queue.delete-ok' ? { messages: reply.messageCount } : undefined;
    default:
      return undefined;
  }
}

/** Folds the facts of a step. `nameOf` gives the name of a client's part. */
export function observe(played: PlayedStep, facts: readonly Fact[], nameOf: (part: string) => string): Observed {
  const seen: { [actor: string]: JsonObject[] } = {};
  const omitted: string[] = [];
  let result: Json | undefined;
  for (const fact of facts) {
    if (fact.kind === 'feature.omitted') omitted.push(fact.why);
    if (fact.kind === 'client.replied') result = resultOf(played, fact.data as JsonObject);
    const own = fact.kind === 'client.saw' ? seenBy(fact, nameOf(fact.at)) : undefined;
    if (own === undefined) continue;
    const [actor, line] = own;
    const lines = seen[actor];
    if (lines) lines.push(line);
    else seen[actor] = [line];
  }
  return { result, seen, omitted };
}
