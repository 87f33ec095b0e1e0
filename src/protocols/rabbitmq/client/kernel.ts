import type { JsonObject } from '../../../base/index.ts';
import type { Context, Kernel } from '../../../engine/index.ts';
import type { AmqpMessage, BasicGetOk, BrokerFrame } from '../amqp/index.ts';
import { perform, send } from './deeds.ts';
import type { ScriptDeed, SeenMessage } from './script.ts';
import { type Call, copyClient, disconnect, emptyClient, type ScriptChannel, type ScriptClient } from './state.ts';

/*
 * A client without a will of its own: it does what the verb `do` says, and tells what it sees as facts.
 * `client.saw`: why = deliver | returned | confirmed | nacked | confirm-lost | cancelled | channel-closed |
 * connection-closed | connection-lost; data {channel, …}. `client.replied`: data {step, reply} or {step, error}.
 */
export const clientKernel: Kernel<ScriptClient> = {
  kind: 'rabbitmq/client',
  models: 'rabbitmq.client',
  omits: [],

  start(x) {
    const line = x.wiring.lines[0];
    return emptyClient(line?.to ?? '', line?.id ?? '');
  },

  receive(client, input, x) {
    if (input.type === 'command') perform(client, input.args as unknown as ScriptDeed, x);
    else if (input.type === 'frame') hear(client, input.frame as BrokerFrame, x);
    else if (input.type === 'peer' && !input.up && client.connected) {
      disconnect(client);
      saw('connection-lost', 0, {}, x);
    }
  },

  crash(client) {
    disconnect(client);
  },
  leave() {},
  copy: copyClient,
  describe: (client, wiring) =>
    new Map([[wiring.self.id, { status: 'up', figures: [{ key: 'channels', value: client.channels.size }], details: [] }]]),
  invariants: () => undefined,
};

function saw(why: string, message: number, data: JsonObject, x: Context): void {
  x.fact('client.saw', x.wiring.self.id, message, '', why, data);
}

function replied(call: Call | undefined, reply: JsonObject, x: Context): void {
  if (call) x.fact('client.replied', x.wiring.self.id, 0, '', '', { step: call.step, reply });
}

function failed(call: Call, error: JsonObject, x: Context): void {
  x.fact('client.replied', x.wiring.self.id, 0, '', '', { step: call.step, error });
}

/** A message as a recording shows it. */
function seen(message: AmqpMessage): SeenMessage & JsonObject {
  const { headers, priority } = message.properties;
  return { body: message.body, exchange: message.exchange, key: message.key, headers: headers ?? {}, priority: priority ?? null };
}

function hear(client: ScriptClient, frame: BrokerFrame, x: Context): void {
  if (frame.channel === 0) {
    hearOnConnection(client, frame, x);
    return;
  }
  const channel = [...client.channels.values()].find((candidate) => candidate.number === frame.channel);
  if (!channel) return;
  switch (frame.verb) {
    case 'channel.open-ok':
    case 'confirm.select-ok':
      return;
    case 'basic.deliver': {
      const { consumerTag, deliveryTag, redelivered, message } = frame;
      channel.latest.set(message.body, deliveryTag);
      x.fact('message.received', x.wiring.self.id, message.id, client.line);
      saw('deliver', message.id, { consumer: consumerTag, tag: deliveryTag, redelivered, message: seen(message) }, x);
      return;
    }
    case 'basic.return':
      x.fact('message.returned', x.wiring.self.id, frame.message.id, client.line, 'unroutable');
      saw('returned', frame.message.id, { channel: channel.name, code: frame.code, text: frame.text, message: seen(frame.message) }, x);
      return;
    case 'basic.ack':
    case 'basic.nack':
      confirmed(channel, frame.verb === 'basic.ack' ? 'confirmed' : 'nacked', frame.deliveryTag, frame.multiple, x);
      return;
    case 'basic.cancel':
      saw('cancelled', 0, { consumer: frame.consumerTag }, x);
      return;
    case 'channel.close':
      channelClosed(client, channel, frame.code, frame.text, x);
      return;
    case 'channel.close-ok':
      client.channels.delete(channel.name);
      replied(channel.calls.shift(), { verb: frame.verb }, x);
      return;
    case 'basic.get-ok':
    case 'basic.get-empty':
      got(client, channel, frame, x);
      return;
    default:
      replied(channel.calls.shift(), frame as unknown as JsonObject, x);
  }
}

function confirmed(channel: ScriptChannel, why: 'confirmed' | 'nacked', tag: number, multiple: boolean, x: Context): void {
  const { unconfirmed } = channel;
  if (!unconfirmed) return;
  const tags = multiple ? [...unconfirmed.keys()].filter((seqNo) => seqNo <= tag) : [tag];
  for (const seqNo of tags) {
    const body = unconfirmed.get(seqNo);
    if (body !== undefined && unconfirmed.delete(seqNo)) saw(why, 0, { channel: channel.name, body }, x);
  }
}

/** The first call that waits learns why; what was sent behind it is lost, confirms included. */
function channelClosed(client: ScriptClient, channel: ScriptChannel, code: number, text: string, x: Context): void {
  client.channels.delete(channel.name);
  send(client, { verb: 'channel.close-ok', channel: channel.number }, x);
  saw('channel-closed', 0, { channel: channel.name, code, text }, x);
  for (const call of channel.calls) failed(call, { code, text }, x);
  loseConfirms(channel, x);
}

function loseConfirms(channel: ScriptChannel, x: Context): void {
  for (const body of channel.unconfirmed?.values() ?? []) saw('confirm-lost', 0, { channel: channel.name, body }, x);
}

function hearOnConnection(client: ScriptClient, frame: BrokerFrame, x: Context): void {
  if (frame.verb === 'connection.close-ok') {
    const step = client.closing;
    disconnect(client);
    if (step !== undefined) replied({ step }, { verb: frame.verb }, x);
  }
  if (frame.verb !== 'connection.close') return;
  send(client, { verb: 'connection.close-ok', channel: 0 }, x);
  const channels = [...client.channels.values()];
  disconnect(client);
  saw('connection-closed', 0, { code: frame.code, text: frame.text }, x);
  for (const channel of channels) {
    for (const call of channel.calls) failed(call, { text: 'closed before a reply came' }, x);
    loseConfirms(channel, x);
  }
}

/** Goes on getting until it has what was asked for. */
function got(client: ScriptClient, channel: ScriptChannel, frame: BasicGetOk | { readonly verb: 'basic.get-empty' }, x: Context): void {
  const call = channel.calls[0];
  if (!call?.get) return;
  const { queue, noAck, left } = call.get;
  const all = [...call.get.got, frame.verb === 'basic.get-ok' ? gotten(channel, frame) : null];
  const isLast = left === 0 ? frame.verb === 'basic.get-empty' : left === 1;
  if (isLast) {
    channel.calls.shift();
    replied(call, { verb: 'basic.get-ok', messages: all }, x);
    return;
  }
  channel.calls[0] = { step: call.step, get: { queue, noAck, left: left === 0 ? 0 : left - 1, got: all } };
  send(client, { verb: 'basic.get', channel: channel.number, queue, noAck }, x);
}

function gotten(channel: ScriptChannel, frame: BasicGetOk): JsonObject {
  const { deliveryTag, redelivered, messageCount, message } = frame;
  channel.latest.set(message.body, deliveryTag);
  return { tag: deliveryTag, redelivered, left: messageCount, message: seen(message) };
}
