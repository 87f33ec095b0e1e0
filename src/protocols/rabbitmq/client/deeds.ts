import type { Context } from '../../../engine/index.ts';
import type { AmqpMessage, ClientFrame } from '../amqp/index.ts';
import type { ScriptDeed } from './script.ts';
import type { ScriptChannel, ScriptClient } from './state.ts';

/** In confirm mode by its name: the recordings' own way to say so. */
function wantsConfirms(name: string): boolean {
  return name.endsWith('!');
}

export function send(client: ScriptClient, frame: ClientFrame, x: Context): void {
  x.send(x.wiring.self.id, client.broker, client.line, frame);
}

/** The open channel of that name, opened now if need be. Nothing is waited for: the broker takes frames in order. */
function channelOf(client: ScriptClient, name: string, x: Context): ScriptChannel {
  const known = client.channels.get(name);
  if (known && !known.leaving) return known;
  if (!client.connected) {
    client.connected = true;
    send(client, { verb: 'connection.open', channel: 0 }, x);
  }
  const channel: ScriptChannel = {
    name,
    number: client.nextChannel++,
    calls: [],
    latest: new Map(),
    unconfirmed: wantsConfirms(name) ? new Map() : undefined,
    nextSeqNo: 1,
    leaving: false,
  };
  client.channels.set(name, channel);
  send(client, { verb: 'channel.open', channel: channel.number }, x);
  if (channel.unconfirmed) send(client, { verb: 'confirm.select', channel: channel.number }, x);
  return channel;
}

export function perform(client: ScriptClient, deed: ScriptDeed, x: Context): void {
  if (deed.do === 'close-connection') {
    if (!client.connected) return;
    client.closing = deed.step;
    send(client, { verb: 'connection.close', channel: 0, code: 200, text: 'Goodbye' }, x);
    return;
  }
  const channel = channelOf(client, deed.channel, x);
  switch (deed.do) {
    case 'open':
      return;
    case 'call':
      channel.calls.push({ step: deed.step });
      send(client, { ...deed.method, channel: channel.number } as unknown as ClientFrame, x);
      return;
    case 'publish':
      publishBurst(client, channel, deed, x);
      return;
    case 'settle':
      settle(client, channel, deed, x);
      return;
    case 'get':
      channel.calls.push({ step: deed.step, get: { queue: deed.queue, noAck: deed.noAck, left: deed.count, got: [] } });
      send(client, { verb: 'basic.get', channel: channel.number, queue: deed.queue, noAck: deed.noAck }, x);
      return;
    case 'close-channel':
      channel.leaving = true;
      channel.calls.push({ step: deed.step });
      send(client, { verb: 'channel.close', channel: channel.number, code: 200, text: 'Goodbye' }, x);
      return;
  }
}

function publishBurst(client: ScriptClient, channel: ScriptChannel, deed: ScriptDeed & { readonly do: 'publish' }, x: Context): void {
  for (const { body, properties } of deed.messages) {
    const message: AmqpMessage = {
      id: x.mint(),
      key: deed.key,
      producer: x.wiring.self.id,
      body,
      weight: 1,
      exchange: deed.exchange,
      mandatory: deed.mandatory,
      properties,
    };
    channel.unconfirmed?.set(channel.nextSeqNo++, body);
    x.fact('message.published', x.wiring.self.id, message.id, client.line, '', { exchange: deed.exchange, key: deed.key });
    send(client, { verb: 'basic.publish', channel: channel.number, message }, x);
  }
}

function settle(client: ScriptClient, channel: ScriptChannel, deed: ScriptDeed & { readonly do: 'settle' }, x: Context): void {
  const tags = deed.tag !== null ? [deed.tag] : deed.bodies.map((body) => channel.latest.get(body));
  for (const deliveryTag of tags) {
    // Nothing of that body was ever delivered on this channel: there is nothing to say to the broker.
    if (deliveryTag === undefined) continue;
    const { multiple, requeue } = deed;
    const { number } = channel;
    if (deed.how === 'ack') send(client, { verb: 'basic.ack', channel: number, deliveryTag, multiple }, x);
    else if (deed.how === 'nack') send(client, { verb: 'basic.nack', channel: number, deliveryTag, multiple, requeue }, x);
    else send(client, { verb: 'basic.reject', channel: number, deliveryTag, requeue }, x);
  }
}
