import { isInteger, type Table, typed } from '../amqp/index.ts';

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

/** The rules that arguments ask for; they have been checked before. */
export function rulesOf(args: Table): QueueRules {
  if (Object.keys(args).length === 0) return NO_RULES;
  return {
    ttl: millis(args, 'x-message-ttl'),
    expires: millis(args, 'x-expires'),
    maxLength: whole(args, 'x-max-length'),
    maxBytes: whole(args, 'x-max-length-bytes'),
    overflow: (text(args, 'x-overflow') ?? 'drop-head') as QueueRules['overflow'],
    deadLetterExchange: text(args, 'x-dead-letter-exchange'),
    deadLetterKey: text(args, 'x-dead-letter-routing-key'),
    maxPriority: Math.max(0, whole(args, 'x-max-priority')),
  };
}
