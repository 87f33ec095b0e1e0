/** A refusal as AMQP says it. `connection`: it closes the whole connection, otherwise only the channel. */
export interface AmqpError {
  readonly code: number;
  readonly text: string;
  readonly connection: boolean;
}

const NAMES = {
  ACCESS_REFUSED: { code: 403, connection: false },
  NOT_FOUND: { code: 404, connection: false },
  RESOURCE_LOCKED: { code: 405, connection: false },
  PRECONDITION_FAILED: { code: 406, connection: false },
  COMMAND_INVALID: { code: 503, connection: true },
  CHANNEL_ERROR: { code: 504, connection: true },
  NOT_ALLOWED: { code: 530, connection: true },
  NOT_IMPLEMENTED: { code: 540, connection: true },
} as const;
export type ErrorName = keyof typeof NAMES;

/** Longest reply text that fits a short string; a longer one ends in dots after 252 (rabbit_binary_generator). */
const TEXT_MAX = 255;

export function amqpError(name: ErrorName, explanation: string): AmqpError {
  const whole = `${name} - ${explanation}`;
  const text = whole.length > TEXT_MAX ? `${whole.slice(0, 252)}...` : whole;
  return { ...NAMES[name], text };
}

/** The simulated broker has one virtual host. */
const VHOST = '/';

export function queueNamed(name: string): string {
  return `queue '${name}' in vhost '${VHOST}'`;
}
export function exchangeNamed(name: string): string {
  return `exchange '${name}' in vhost '${VHOST}'`;
}

export function noQueue(name: string): AmqpError {
  return amqpError('NOT_FOUND', `no ${queueNamed(name)}`);
}
export function noExchange(name: string): AmqpError {
  return amqpError('NOT_FOUND', `no ${exchangeNamed(name)}`);
}
export function lockedQueue(name: string): AmqpError {
  return amqpError(
    'RESOURCE_LOCKED',
    `cannot obtain exclusive access to locked ${queueNamed(name)}. It could be originally declared on another connection ` +
      'or the exclusive property value does not match that of the original declaration.',
  );
}
export function defaultExchangeRefused(): AmqpError {
  return amqpError('ACCESS_REFUSED', 'operation not permitted on the default exchange');
}
export function reservedName(kind: 'queue' | 'exchange', name: string): AmqpError {
  return amqpError('ACCESS_REFUSED', `${kind} name '${name}' contains reserved prefix 'amq.*'`);
}
export function preconditionFailed(explanation: string): AmqpError {
  return amqpError('PRECONDITION_FAILED', explanation);
}
