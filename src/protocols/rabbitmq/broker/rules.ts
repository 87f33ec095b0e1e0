import { isInteger, type Table, typed } from '../amqp/index.ts';
import type { Policy } from '../policy/policies.ts';

/** What a queue does with messages that are too old, too many or refused: its optional arguments, read once. */
export interface QueueRules {
  /** x-message-ttl in µs; -1 = none. */
  readonly ttl: number;
  /** x-expires in µs; -1 = never. */
  readonly expires: number;
  /** x-max-length; -1 = none. Ready messages count, delivered ones do not. */
  readonly maxLength: number;
  /** x-max-length-bytes of bodies; -1 = none. */
  readonly maxBytes: number;
  readonly overflow: 'drop-head' | 'reject-publish' | 'reject-publish-dlx';
  /** x-dead-letter-exchange; undefined = none ('' is the default exchange). */
  readonly deadLetterExchange: string | undefined;
  /** x-dead-letter-routing-key; undefined = the message keeps its own. */
  readonly deadLetterKey: string | undefined;
  /** x-max-priority; 0 = no priorities. */
  readonly maxPriority: number;
  /** x-delivery-limit of a quorum queue; -1 = none. */
  readonly deliveryLimit: number;
}

/** What most queues have. */
const NO_RULES: QueueRules = Object.freeze({
  ttl: -1,
  expires: -1,
  maxLength: -1,
  maxBytes: -1,
  overflow: 'drop-head',
  deadLetterExchange: undefined,
  deadLetterKey: undefined,
  maxPriority: 0,
  deliveryLimit: -1,
});

const MICROS_A_MILLI = 1_000;

function whole(args: Table, name: string): number {
  const value = args[name] === undefined ? undefined : typed(args[name]);
  return value !== undefined && isInteger(value.type) ? Number(value.value) : -1;
}

function text(args: Table, name: string): string | undefined {
  const value = args[name] === undefined ? undefined : typed(args[name]);
  return value?.type === 'longstr' ? String(value.value) : undefined;
}

function millis(args: Table, name: string): number {
  const value = whole(args, name);
  return value < 0 ? -1 : value * MICROS_A_MILLI;
}

/** A quorum queue takes `reject-publish-dlx` for `drop-head`. */
function overflowOf(args: Table): QueueRules['overflow'] {
  const given = (text(args, 'x-overflow') ?? 'drop-head') as QueueRules['overflow'];
  return given === 'reject-publish-dlx' && text(args, 'x-queue-type') === 'quorum' ? 'drop-head' : given;
}

/** Since 4.0 a quorum queue has a delivery limit unless told otherwise. */
const DELIVERY_LIMIT = 20;

/** Of two limits the lower holds; -1 is none. */
function lower(a: number, b: number): number {
  return a < 0 ? b : b < 0 ? a : Math.min(a, b);
}

/**
 * The rules for a queue: what its arguments ask for (they have been checked before) and what a policy adds. Of numbers the
 * lower one holds, of anything else the argument (rabbit_queue_type_util:args_policy_lookup).
 */
export function rulesOf(args: Table, policy: Policy | undefined, version: string): QueueRules {
  const own = rulesFrom(args);
  const isLimited = version !== '3.10' && text(args, 'x-queue-type') === 'quorum';
  if (isLimited && own.deliveryLimit < 0) return rulesOf({ ...args, 'x-delivery-limit': DELIVERY_LIMIT }, policy, version);
  if (policy === undefined) return own;
  const added = rulesFrom(Object.fromEntries(Object.entries(policy.definition).map(([key, value]) => [`x-${key}`, value])));
  return {
    ttl: lower(own.ttl, added.ttl),
    expires: lower(own.expires, added.expires),
    maxLength: lower(own.maxLength, added.maxLength),
    maxBytes: lower(own.maxBytes, added.maxBytes),
    overflow: args['x-overflow'] === undefined ? added.overflow : own.overflow,
    deadLetterExchange: own.deadLetterExchange ?? added.deadLetterExchange,
    deadLetterKey: own.deadLetterKey ?? added.deadLetterKey,
    // Priorities are for arguments alone.
    maxPriority: own.maxPriority,
    deliveryLimit: lower(own.deliveryLimit, added.deliveryLimit),
  };
}

function rulesFrom(args: Table): QueueRules {
  if (Object.keys(args).length === 0) return NO_RULES;
  return {
    ttl: millis(args, 'x-message-ttl'),
    expires: millis(args, 'x-expires'),
    maxLength: whole(args, 'x-max-length'),
    maxBytes: whole(args, 'x-max-length-bytes'),
    overflow: overflowOf(args),
    deadLetterExchange: text(args, 'x-dead-letter-exchange'),
    deadLetterKey: text(args, 'x-dead-letter-routing-key'),
    maxPriority: Math.max(0, whole(args, 'x-max-priority')),
    deliveryLimit: whole(args, 'x-delivery-limit'),
  };
}
