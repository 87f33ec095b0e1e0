import type { LineId } from '../../base/index.ts';
import type { Context, Line } from '../../engine/index.ts';
import type { Table } from './amqp/index.ts';
import { argumentsOf, type BindingConfig, type QueueConfig } from './configs.ts';
import { BINDING, CONSUME, CONSUME_VIA, EXCHANGE } from './kinds.ts';
import { brokerBehind, type Session, speak } from './session.ts';

export interface ConsumerConfig {
  readonly prefetch: number;
  readonly prefetchGlobal: boolean;
  readonly ackMode: 'manual' | 'auto' | 'never';
  readonly work: 'fixed' | 'weight';
  readonly workMillis: number;
  readonly failEvery: number;
  readonly requeue: boolean;
  readonly forwardKey: string;
  readonly replies: boolean;
  readonly remembers: boolean;
  readonly priority: number;
  readonly exclusive: boolean;
}

export const consumeLines = (x: Context): readonly Line[] =>
  x.wiring.lines.filter((line) => (line.kind === CONSUME || line.kind === CONSUME_VIA) && line.to === x.wiring.self.id);

/**
 * Starts consuming along a line as a careful application does: it declares its queue and its bindings (which does
 * nothing where they exist), limits its prefetch, and subscribes. The consumer's tag is the line's id.
 */
export function subscribe(session: Session, line: Line, x: Context): boolean {
  const queue = x.wiring.part(line.from);
  if (!queue || brokerBehind(session, line.id, x) === undefined) return false;
  if (line.kind === CONSUME_VIA) {
    consume(session, line, x.config<{ readonly queue: string }>(line.id).queue, x);
    return true;
  }
  const drawn = x.config<QueueConfig>(queue.id);
  const { durable, exclusive, autoDelete } = drawn;
  speak(
    session,
    line.id,
    { verb: 'queue.declare', channel: 0, queue: queue.name, passive: false, durable, exclusive, autoDelete, arguments: argumentsOf(drawn) },
    x,
  );
  for (const binding of x.wiring.linesTo(queue.id)) if (binding.kind === BINDING) declareBinding(session, line.id, queue.name, binding, x);
  consume(session, line, queue.name, x);
  return true;
}

function consume(session: Session, line: Line, queue: string, x: Context): void {
  const config = x.config<ConsumerConfig>(x.wiring.self.id);
  speak(session, line.id, { verb: 'basic.qos', channel: 0, prefetchCount: config.prefetch, global: config.prefetchGlobal }, x);
  const wanted: Table = config.priority === 0 ? {} : { 'x-priority': config.priority };
  const noAck = config.ackMode === 'auto';
  speak(
    session,
    line.id,
    { verb: 'basic.consume', channel: 0, queue, consumerTag: line.id, noAck, exclusive: config.exclusive, arguments: wanted },
    x,
  );
}

function declareBinding(session: Session, line: LineId, queue: string, binding: Line, x: Context): void {
  const exchange = x.wiring.part(binding.from);
  if (exchange?.kind !== EXCHANGE) return;
  const { key, headers, xMatch } = x.config<BindingConfig>(binding.id);
  const isHeaders = x.config<{ readonly type: string }>(exchange.id).type === 'headers';
  const args: Table = isHeaders ? { ...headers, 'x-match': xMatch } : {};
  speak(session, line, { verb: 'queue.bind', channel: 0, queue, exchange: exchange.name, routingKey: key, arguments: args }, x);
}
