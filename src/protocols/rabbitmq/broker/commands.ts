import type { PartId } from '../../../base/index.ts';
import type { Config, Context } from '../../../engine/index.ts';
import type { AmqpMessage, Properties, Table } from '../amqp/index.ts';
import { tellNode } from './cluster/peers.ts';
import { route } from './publish.ts';
import { purge } from './queues.ts';
import type { Broker, Exchange } from './state.ts';

/*
 * What a person does at the broker itself, as with its management page: publish to an exchange or into a queue, and purge.
 */

/** As many as one deed may publish. */
const COUNT_MAX = 10_000;

export function command(broker: Broker, verb: string, target: PartId, args: Config, x: Context): void {
  const queue = [...broker.queues.values()].find((candidate) => candidate.part === target);
  if (verb === 'purge' && queue && queue.home !== '') tellNode(queue.home, { verb: 'cluster.purge', queue: queue.name }, x);
  else if (verb === 'purge' && queue) purge(queue, 'operator', x);
  else if (verb === 'publish') publishByHand(broker, queue?.name, target, args, x);
  else x.fact('command.refused', target, 0, '', 'absent', { verb });
}

function publishByHand(broker: Broker, queue: string | undefined, target: PartId, args: Config, x: Context): void {
  // Into a queue means: to the default exchange, with the queue's name as the key.
  const exchange = queue === undefined ? [...broker.exchanges.values()].find((one) => one.part === target) : broker.exchanges.get('');
  if (!exchange) {
    x.fact('command.refused', target, 0, '', 'absent', { verb: 'publish' });
    return;
  }
  const count = Math.min(whole(args['count'], 1), COUNT_MAX);
  for (let i = 0; i < count; i++) publishOne(broker, exchange, queue, args, x);
}

function publishOne(broker: Broker, exchange: Exchange, queue: string | undefined, args: Config, x: Context): void {
  const id = x.mint();
  const self = x.wiring.self.id;
  const body = typeof args['body'] === 'string' && args['body'] !== '' ? args['body'] : `m${id}`;
  const message: AmqpMessage = {
    id,
    key: queue ?? (typeof args['key'] === 'string' ? args['key'] : ''),
    producer: self,
    body,
    weight: whole(args['weight'], 1),
    exchange: exchange.name,
    mandatory: false,
    properties: propertiesOf(args),
  };
  const at = exchange.part || self;
  x.fact('message.published', at, id, '', 'operator', { exchange: message.exchange, key: message.key });
  if (route(broker, exchange, message, undefined, x) > 0) return;
  exchange.unroutable++;
  x.fact('message.settled', at, id, '', 'unroutable', { outcome: 'dropped' });
}

function whole(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise;
}

/** Routing keys in a field: parted by commas. */
function keysOf(value: unknown): readonly string[] {
  const keys = typeof value === 'string' ? value.split(',').map((key) => key.trim()) : [];
  return keys.filter((key) => key !== '');
}

function headersOf(args: Config): Table | undefined {
  const cc = keysOf(args['cc']);
  const bcc = keysOf(args['bcc']);
  const headers: Table = {
    ...(args['headers'] as Table | undefined),
    ...(cc.length > 0 ? { CC: cc } : {}),
    ...(bcc.length > 0 ? { BCC: bcc } : {}),
  };
  return Object.keys(headers).length > 0 ? headers : undefined;
}

function propertiesOf(args: Config): Properties {
  const headers = headersOf(args);
  const priority = whole(args['priority'], 0);
  const expiration = whole(args['expiration'], -1);
  return {
    ...(headers ? { headers } : {}),
    ...(priority > 0 ? { priority } : {}),
    ...(args['persistent'] === true ? { deliveryMode: 2 as const } : {}),
    ...(expiration >= 0 ? { expiration: String(expiration) } : {}),
  };
}
