import type { LineId, MessageId } from '../../base/index.ts';
import type { Context, Line } from '../../engine/index.ts';
import { type AmqpMessage, NO_PROPERTIES, type Properties, type Table } from './amqp/index.ts';
import { PUBLISH, PUBLISH_VIA } from './kinds.ts';
import { type Session, speak } from './session.ts';

/** A message as its fields describe it: a producer's template, or one published by hand. */
export interface Template {
  readonly key: string;
  readonly body: string;
  readonly weight: number;
  readonly headers: Table;
  readonly mandatory: boolean;
  readonly persistent: boolean;
  readonly priority: number;
  readonly cc: string;
  readonly bcc: string;
  /** How long it may wait, in ms; -1 = as long as it takes. */
  readonly expiration: number;
}

interface ExchangeConfig {
  readonly type: string;
}

const NO_KEYS: readonly string[] = [];

/** The routing keys in a list separated by commas. */
function keysOf(text: string): readonly string[] {
  if (text === '') return NO_KEYS;
  return text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
}

function isEmpty(table: Table): boolean {
  for (const _ in table) return false;
  return true;
}

function propertiesOf(template: Template): Properties {
  const cc = keysOf(template.cc ?? '');
  const bcc = keysOf(template.bcc ?? '');
  const isExtended = cc.length > 0 || bcc.length > 0;
  const headers: Table = isExtended
    ? { ...template.headers, ...(cc.length > 0 ? { CC: cc } : {}), ...(bcc.length > 0 ? { BCC: bcc } : {}) }
    : template.headers;
  const hasHeaders = !isEmpty(headers);
  const isShortLived = template.expiration >= 0;
  if (!hasHeaders && !template.persistent && !template.priority && !isShortLived) return NO_PROPERTIES;
  return {
    ...(hasHeaders ? { headers } : {}),
    ...(template.persistent ? { deliveryMode: 2 as const } : {}),
    ...(template.priority ? { priority: template.priority } : {}),
    ...(isShortLived ? { expiration: String(template.expiration) } : {}),
  };
}

/** Name of the exchange that a line leads to: the one it ends at, or the one meant at a node of a cluster. */
function exchangeOf(line: LineId, x: Context): string | undefined {
  const drawn = x.wiring.line(line);
  const part = drawn && x.wiring.part(drawn.to);
  if (!part) return undefined;
  if (drawn.kind === PUBLISH_VIA) return x.config<{ readonly exchange: string }>(line).exchange;
  return x.config<ExchangeConfig>(part.id).type === 'default' ? '' : part.name;
}

/** Lines that a client publishes along. */
export function publishLines(x: Context): readonly Line[] {
  const via = x.wiring.linesOut(PUBLISH_VIA);
  return via.length === 0 ? x.wiring.linesOut(PUBLISH) : [...x.wiring.linesOut(PUBLISH), ...via];
}

/** Publishes one message along a line and says so. `parent` is the message whose work made it, or that it repeats. @returns its id, or 0. */
export function publish(
  session: Session,
  line: LineId,
  template: Template,
  x: Context,
  parent?: MessageId,
  more?: (id: MessageId) => Properties,
): MessageId {
  const exchange = exchangeOf(line, x);
  if (exchange === undefined) return 0;
  const id = x.mint();
  const message: AmqpMessage = {
    id,
    key: template.key,
    producer: x.wiring.self.id,
    body: template.body,
    weight: template.weight,
    exchange,
    mandatory: template.mandatory,
    properties: more === undefined ? propertiesOf(template) : { ...propertiesOf(template), ...more(id) },
  };
  const data = { exchange: message.exchange, key: message.key };
  x.fact('message.published', x.wiring.self.id, message.id, line, '', parent === undefined ? data : { ...data, parent });
  return speak(session, line, { verb: 'basic.publish', channel: 0, message }, x) === 0 ? 0 : message.id;
}

/** Answers a request at the address that it gives (reply-to), through the default exchange, under its correlation id. */
export function reply(session: Session, line: LineId, request: AmqpMessage, x: Context): void {
  const { replyTo, correlationId } = request.properties;
  if (replyTo === undefined) return;
  const message: AmqpMessage = {
    id: x.mint(),
    key: replyTo,
    producer: x.wiring.self.id,
    body: request.body,
    weight: request.weight,
    exchange: '',
    mandatory: false,
    properties: correlationId === undefined ? NO_PROPERTIES : { correlationId },
  };
  x.fact('message.published', x.wiring.self.id, message.id, line, 'reply', { exchange: '', key: replyTo, parent: request.id });
  speak(session, line, { verb: 'basic.publish', channel: 0, message }, x);
}
