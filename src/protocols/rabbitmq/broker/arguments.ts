import { isInteger, type Table, type TypedValue, typed } from '../amqp/index.ts';
import { type AmqpError, preconditionFailed, queueNamed } from './errors.ts';
import type { QueueType } from './state.ts';
import { quoted, stringTerm, valueTerm } from './terms.ts';

/** A validator returns the Erlang term that the broker's text shows, or undefined when the value will do. */
type Validator = (value: TypedValue, args: Table) => string | undefined;

/** Ten years in milliseconds. */
const EXPIRY_MAX = 315_360_000_000;
const PRIORITY_MAX = 255;

const unacceptable = (value: TypedValue): string => `{unacceptable_type,${value.type}}`;

const integer: Validator = (value) => (isInteger(value.type) ? undefined : stringTerm(`expected integer, got ${value.type}`));

const notNegative: Validator = (value, args) =>
  integer(value, args) ?? ((value.value as number) < 0 ? `{value_negative,${valueTerm(value)}}` : undefined);

const expiry: Validator = (value, args) => {
  const wrong = integer(value, args);
  if (wrong) return wrong;
  if ((value.value as number) > EXPIRY_MAX) return `{value_too_large,${valueTerm(value)}}`;
  return (value.value as number) < 0 ? `{value_negative,${valueTerm(value)}}` : undefined;
};

const expires: Validator = (value, args) => (isInteger(value.type) && value.value === 0 ? '{value_zero,0}' : expiry(value, args));

const maxPriority: Validator = (value, args) =>
  notNegative(value, args) ?? ((value.value as number) > PRIORITY_MAX ? `{max_value_exceeded,${valueTerm(value)}}` : undefined);

const boolean: Validator = (value) => (value.type === 'bool' ? undefined : unacceptable(value));

const text: Validator = (value) => (value.type === 'longstr' ? undefined : unacceptable(value));

const deadLetterKey: Validator = (value, args) =>
  text(value, args) ?? (args['x-dead-letter-exchange'] === undefined ? 'routing_key_but_no_dlx_defined' : undefined);

/** One of the known words; `wrong` makes the term for another. */
function oneOf(known: readonly string[], wrong: (given: string) => string): Validator {
  return (value, args) => text(value, args) ?? (known.includes(value.value as string) ? undefined : wrong(value.value as string));
}

const overflow = oneOf(['drop-head', 'reject-publish', 'reject-publish-dlx'], () => 'invalid_overflow');
const queueMode = oneOf(['default', 'lazy'], (given) => stringTerm(`unsupported queue mode '${given}'`));
const queueType = oneOf(['classic', 'quorum', 'stream'], (given) => stringTerm(`unsupported queue type '${given}'`));

const strategy = oneOf(['at-most-once', 'at-least-once'], () => 'invalid_dlx_strategy');

const positive: Validator = (value, args) => notNegative(value, args) ?? (value.value === 0 ? '{value_zero,0}' : undefined);

const queueVersion: Validator = (value, args) =>
  notNegative(value, args) ??
  (value.value === 1 || value.value === 2 ? undefined : stringTerm(`unsupported queue version '${valueTerm(value)}'`));

/** Arguments of a classic queue, in the order in which the broker checks them (rabbit_amqqueue:declare_args). */
const DECLARE: readonly (readonly [string, Validator])[] = [
  ['x-expires', expires],
  ['x-message-ttl', expiry],
  ['x-dead-letter-exchange', text],
  ['x-dead-letter-routing-key', deadLetterKey],
  ['x-max-length', notNegative],
  ['x-max-length-bytes', notNegative],
  ['x-max-priority', maxPriority],
  ['x-overflow', overflow],
  ['x-queue-mode', queueMode],
  ['x-queue-version', queueVersion],
  ['x-single-active-consumer', boolean],
  ['x-dead-letter-strategy', strategy],
  ['x-delivery-limit', notNegative],
  ['x-quorum-initial-group-size', positive],
];

const CONSUME: readonly (readonly [string, Validator])[] = [
  ['x-priority', integer],
  ['x-cancel-on-ha-failover', boolean],
];

/** Arguments that each kind of queue knows (capabilities of rabbit_queue_type): what only another kind knows is refused. */
const KNOWN: { readonly [type in QueueType]: readonly string[] } = {
  classic: [
    ...['x-expires', 'x-message-ttl', 'x-dead-letter-exchange', 'x-dead-letter-routing-key', 'x-max-length', 'x-max-length-bytes'],
    ...['x-max-priority', 'x-overflow', 'x-queue-mode', 'x-queue-version', 'x-single-active-consumer', 'x-queue-type'],
    'x-queue-master-locator',
  ],
  quorum: [
    ...['x-dead-letter-exchange', 'x-dead-letter-routing-key', 'x-dead-letter-strategy', 'x-expires', 'x-max-length'],
    ...['x-max-length-bytes', 'x-max-in-memory-length', 'x-max-in-memory-bytes', 'x-overflow', 'x-single-active-consumer'],
    ...['x-queue-type', 'x-quorum-initial-group-size', 'x-delivery-limit', 'x-message-ttl', 'x-queue-leader-locator'],
  ],
  stream: [
    ...['x-max-length-bytes', 'x-queue-type', 'x-max-age', 'x-stream-max-segment-size-bytes', 'x-initial-cluster-size'],
    'x-queue-leader-locator',
  ],
};
const KNOWN_SOMEWHERE = new Set(Object.values(KNOWN).flat());

function checkTypes(name: string, args: Table, validators: readonly (readonly [string, Validator])[]): AmqpError | undefined {
  for (const [key, validator] of validators) {
    if (args[key] === undefined) continue;
    const wrong = validator(typed(args[key]), args);
    if (wrong !== undefined) return preconditionFailed(`invalid arg '${key}' for ${queueNamed(name)}: ${wrong}`);
  }
  return undefined;
}

function foreign(name: string, key: string, type: QueueType): AmqpError {
  return preconditionFailed(`invalid arg '${key}' for ${queueNamed(name)} of queue type rabbit_${type}_queue`);
}

/** The kind of queue that arguments ask for. */
export function typeOf(args: Table): QueueType {
  const given = args['x-queue-type'] === undefined ? undefined : typed(args['x-queue-type']).value;
  return given === 'quorum' || given === 'stream' ? given : 'classic';
}

/** What is wrong with the arguments of a new queue. */
export function checkQueueArguments(name: string, args: Table): AmqpError | undefined {
  const dlx = args['x-dead-letter-exchange'];
  if (dlx !== undefined && typed(dlx).type !== 'longstr') {
    return preconditionFailed(`invalid type '${typed(dlx).type}' for arg 'x-dead-letter-exchange' in ${queueNamed(name)}`);
  }
  const type = checkTypes(name, args, [['x-queue-type', queueType]]);
  if (type) return type;
  const wrong = checkTypes(name, args, DECLARE);
  if (wrong) return wrong;
  const kind = typeOf(args);
  const other = Object.keys(args).find((key) => KNOWN_SOMEWHERE.has(key) && !KNOWN[kind].includes(key));
  return other === undefined ? undefined : foreign(name, other, kind);
}

/** What is wrong with the arguments of a new consumer. */
export function checkConsumeArguments(queue: string, type: QueueType, args: Table): AmqpError | undefined {
  const wrong = checkTypes(queue, args, CONSUME);
  if (wrong) return wrong;
  return type !== 'stream' && args['x-stream-offset'] !== undefined ? foreign(queue, 'x-stream-offset', type) : undefined;
}

function described(value: TypedValue | undefined): string {
  return value === undefined ? 'none' : `the value ${quoted(value)} of type '${value.type}'`;
}

/** The text of a redeclaration that asks for something else. `where` is e.g. `queue 'q' in vhost '/'`. */
export function inequivalent(key: string, where: string, received: string, current: string): AmqpError {
  return preconditionFailed(`inequivalent arg '${key}' for ${where}: received ${received} but current is ${current}`);
}

/** Compares one argument of a redeclaration with the present one. */
export function compareArgument(key: string, where: string, current: Table, received: Table): AmqpError | undefined {
  const now = current[key] === undefined ? undefined : typed(current[key]);
  const asked = received[key] === undefined ? undefined : typed(received[key]);
  if (now === undefined && asked === undefined) return undefined;
  if (now && asked) {
    // Whole numbers of any width are equal by value; so is anything that is the same term.
    if (JSON.stringify(now.value) === JSON.stringify(asked.value)) return undefined;
    return inequivalent(key, where, quoted(asked), quoted(now));
  }
  // A classic queue may or may not say that it is one.
  if (key === 'x-queue-type' && (now ?? asked)?.value === 'classic') return undefined;
  return inequivalent(key, where, described(asked), described(now));
}

export function compareQueueArguments(where: string, current: Table, received: Table): AmqpError | undefined {
  for (const key of KNOWN[typeOf(current)]) {
    const wrong = compareArgument(key, where, current, received);
    if (wrong) return wrong;
  }
  return undefined;
}

/** Arguments of a queue that are accepted but do nothing here. */
export function notModelled(args: Table): readonly string[] {
  return typeOf(args) === 'stream' ? ['x-max-age', 'x-max-length-bytes'].filter((key) => args[key] !== undefined) : [];
}
