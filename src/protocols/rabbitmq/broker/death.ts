import type { Json, JsonObject } from '../../../base/index.ts';
import type { Context } from '../../../engine/index.ts';
import type { AmqpMessage, Properties, Table } from '../amqp/index.ts';
import { DEAD_LETTER } from '../kinds.ts';
import { seatOf } from './cluster/peers.ts';
import { noteGone } from './cluster/replicate.ts';
import { placeOf } from './place.ts';
import type { DeathWhy } from './reasons.ts';
import type { Entry, Queue } from './state.ts';

/*
 * Dead-lettering as rabbit_dead_letter does it: a message that expires, is rejected for good or is too many goes to the
 * queue's dead-letter exchange as a new publication by the broker, with its history in the header x-death.
 */

/** Not on any wire: a dead message's way from its queue to the dead-letter exchange. */
export interface DeadHop {
  readonly verb: 'route.dead';
  readonly message: AmqpMessage;
  readonly reason: DeathWhy;
}

/** One line of x-death: how often the message died in this queue for this reason. */
type Death = JsonObject & { readonly count: number; readonly reason: string; readonly queue: string };

const OUTCOMES: { readonly [why in DeathWhy]: string } = {
  expired: 'expired',
  rejected: 'dropped',
  maxlen: 'dropped',
  delivery_limit: 'dropped',
};

/** A message dies in its queue: it goes to the dead-letter exchange, or is gone. */
export function die(queue: Queue, entry: Entry, reason: DeathWhy, x: Context): void {
  noteGone(queue, entry, x);
  bury(queue, entry.message, reason, x);
}

/** `isStored` is false for one that a full queue has refused. */
export function bury(queue: Queue, message: AmqpMessage, reason: DeathWhy, x: Context, isStored = true): void {
  const at = placeOf(queue, x);
  queue.discarded++;
  const { deadLetterExchange } = queue.rules;
  const how: JsonObject = isStored ? {} : { stored: false };
  if (deadLetterExchange === undefined) {
    x.fact('message.settled', at, message.id, '', reason, { outcome: OUTCOMES[reason], ...how });
    return;
  }
  const dead = asDead(queue, message, deadLetterExchange, reason);
  const line = x.wiring.lines.find(({ kind, from }) => kind === DEAD_LETTER && from === queue.drawn);
  const deaths = (dead.properties.headers?.['x-death'] ?? []) as Json;
  const data = { outcome: 'dead-lettered', exchange: dead.exchange, key: dead.key, 'x-death': deaths, ...how };
  x.fact('message.settled', at, message.id, line?.id ?? '', reason, data);
  const frame: DeadHop = { verb: 'route.dead', message: dead, reason };
  x.send(seatOf(queue, x), line?.to ?? x.wiring.self.id, line?.id ?? '', frame);
}

function asDead(queue: Queue, message: AmqpMessage, exchange: string, reason: DeathWhy): AmqpMessage {
  const { deadLetterKey } = queue.rules;
  const { expiration, headers = {}, ...rest } = message.properties;
  const kept = deadLetterKey === undefined ? headers : withoutCc(headers);
  const first: Table =
    headers['x-first-death-reason'] === undefined
      ? { 'x-first-death-exchange': message.exchange, 'x-first-death-queue': queue.name, 'x-first-death-reason': reason }
      : {};
  const deaths = died(deathsOf(message), queue, message, reason, expiration);
  const properties: Properties = { ...rest, headers: { ...kept, 'x-death': deaths as unknown as Json, ...first } };
  const { bcc, ...plain } = message;
  return {
    ...plain,
    exchange,
    key: deadLetterKey ?? message.key,
    mandatory: false,
    properties,
    ...(bcc && deadLetterKey === undefined ? { bcc } : {}),
  };
}

function withoutCc(headers: Table): Table {
  const { CC: _, ...rest } = headers;
  return rest;
}

function deathsOf(message: AmqpMessage): readonly Death[] {
  const given = message.properties.headers?.['x-death'];
  return Array.isArray(given) ? (given as unknown as readonly Death[]) : [];
}

/** The history with one death more; what happened last stands first, and a repeated death is counted. */
function died(
  deaths: readonly Death[],
  queue: Queue,
  message: AmqpMessage,
  reason: DeathWhy,
  expiration: string | undefined,
): readonly Death[] {
  const same = (death: Death) => death.queue === queue.name && death.reason === reason;
  const known = deaths.find(same);
  const others = deaths.filter((death) => !same(death));
  if (known) return [{ ...known, count: known.count + 1 }, ...others];
  const cc = message.properties.headers?.['CC'];
  const keys = [message.key, ...(Array.isArray(cc) ? (cc as readonly Json[]) : [])];
  const death: Death = { count: 1, reason, queue: queue.name, exchange: message.exchange, 'routing-keys': keys as Json[] };
  return [expiration === undefined ? death : { ...death, 'original-expiration': expiration }, ...others];
}

/**
 * True when a message that died by itself would come back to a queue of its own history: it would go round for ever, so
 * the broker drops it. A rejection on the way breaks the rule, as somebody decided it.
 */
export function isCycle(queue: string, message: AmqpMessage): boolean {
  const deaths = deathsOf(message);
  const at = deaths.findIndex((death) => death.queue === queue);
  return at >= 0 && deaths.slice(0, at + 1).every((death) => death.reason !== 'rejected');
}
