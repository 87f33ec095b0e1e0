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

/** Publishes one message along a line and says so. `parent` is the message whose work made it. */
export function publish(session: Session, line: LineId, template: Template, x: Context, parent?: MessageId): boolean {
  const exchange = exchangeOf(line, x);
  if (exchange === undefined) return false;
  const message: AmqpMessage = {
    id: x.mint(),
    key: template.key,
    producer: x.wiring.self.id,
    body: template.body,
    weight: template.weight,
    exchange,
    mandatory: template.mandatory,
    properties: propertiesOf(template),
  };
  const data = { exchange: message.exchange, key: message.key };
  x.fact('message.published', x.wiring.self.id, message.id, line, '', parent === undefined ? data : { ...data, parent });
  return speak(session, line, { verb: 'basic.publish', channel: 0, message }, x) !== 0;
}
