import type { LineId, PartId } from '../../../base/index.ts';
import type { Context, Frame, Input, Timer, Wiring } from '../../../engine/index.ts';
import type { BrokerFrame, ConnectionOpen } from '../amqp/index.ts';
import type { Broker } from './state.ts';

/*
 * Virtual hosts: several brokers in one node, apart from each other. Whatever goes on inside a node or between nodes says
 * which one it belongs to; a client belongs to the one that it named when it connected.
 */

export const DEFAULT_VHOST = '/';

type InVhost = { readonly vhost?: string };

function vhostOf(place: PartId, x: Context): string {
  return x.config<InVhost>(place).vhost ?? DEFAULT_VHOST;
}

/** Every virtual host that something is drawn in. */
export function vhostsOf(x: Context): ReadonlySet<string> {
  return new Set(x.wiring.places.map(({ id }) => vhostOf(id, x)));
}

/** The default virtual host, unless a frame asks for another one that is not there. */
export function connectionHost(broker: Broker, frame: Frame): Broker | undefined {
  if (frame.verb !== 'connection.open') return broker;
  const { vhost = DEFAULT_VHOST } = frame as ConnectionOpen;
  return vhost === DEFAULT_VHOST ? broker : broker.others.get(vhost);
}

/** Which virtual hosts something happens to, and how each sees it. */
export function hostsOf(broker: Broker, input: Input, x: Context): readonly (readonly [Broker, Input])[] {
  const all = [broker, ...broker.others.values()];
  const named = (vhost: string | undefined) => (vhost === undefined || vhost === DEFAULT_VHOST ? broker : broker.others.get(vhost));
  switch (input.type) {
    case 'frame':
      return frameHost(broker, all, input, x);
    case 'timer': {
      const host = named((input.timer as InVhost).vhost);
      return host ? [[host, input]] : [];
    }
    case 'command': {
      const host = named(vhostOf(input.target, x));
      return host ? [[host, input]] : [];
    }
    case 'wiring': {
      const isPlace = x.wiring.places.some(({ id }) => id === input.id);
      if (!isPlace || input.change === 'left') return all.map((host) => [host, input]);
      const own = named(vhostOf(input.id, x));
      return all.flatMap((host) =>
        host === own ? [[host, input] as const] : input.change === 'joined' ? [] : [[host, { ...input, change: 'left' }] as const],
      );
    }
    default:
      return all.map((host) => [host, input]);
  }
}

type FrameInput = Extract<Input, { readonly type: 'frame' }>;

function frameHost(broker: Broker, all: readonly Broker[], input: FrameInput, x: Context): readonly (readonly [Broker, Input])[] {
  const given = input.frame as Frame & InVhost;
  const client = x.wiring.nodeOf(input.from);
  if (given.verb === 'connection.open') {
    const host = connectionHost(broker, given);
    if (host) return [[host, input]];
    const text = `NOT_ALLOWED - vhost ${given.vhost} not found`;
    x.fact('connection.closed', x.wiring.self.id, 0, input.line, 'error', { client, code: 530, text });
    x.send(input.to, input.from, input.line, { verb: 'connection.close', channel: 0, code: 530, text } as BrokerFrame);
    return [];
  }
  const host = all.find((one) => one.vhost === given.vhost) ?? all.find((one) => one.connections.has(client)) ?? broker;
  return [[host, input]];
}

const INSIDE = ['route.', 'disk.', 'cluster.', 'replica.'];

/** What a virtual host sees of its node: its own places; what it sends and sets is its own, and errors name it. */
export function inVhost(broker: Broker, host: Broker, x: Context): Context {
  if (broker.others.size === 0) return x;
  const { vhost } = host;
  const isDefault = vhost === DEFAULT_VHOST;
  const wiring = ownWiring(vhost, x);
  const named = (text: string) => text.replaceAll("in vhost '/'", () => `in vhost '${vhost}'`);
  const stamped = (frame: Frame): Frame => {
    if (INSIDE.some((prefix) => frame.verb.startsWith(prefix))) return { ...frame, vhost } as Frame;
    const { text } = frame as { readonly text?: string };
    return text === undefined || isDefault ? frame : ({ ...frame, text: named(text) } as Frame);
  };
  return {
    get now() {
      return x.now;
    },
    booting: x.booting,
    wiring,
    config: (id) => x.config(id),
    send: (from, to, line: LineId, frame, notBefore) => x.send(from, to, line, stamped(frame), notBefore),
    wake: (timer: Timer, after) => x.wake(isDefault ? timer : { ...timer, vhost }, after),
    forget: (timer) => x.forget(timer),
    end: () => x.end(),
    fact(kind, at, message, line, why, data, cause) {
      const text = data?.['text'];
      const said = typeof text === 'string' && !isDefault ? { ...data, text: named(text) } : data;
      return cause === undefined ? x.fact(kind, at, message, line, why, said) : x.fact(kind, at, message, line, why, said, cause);
    },
    chance: (perMille) => x.chance(perMille),
    random: (below) => x.random(below),
    mint: () => x.mint(),
  };
}

function ownWiring(vhost: string, x: Context): Wiring {
  const { wiring } = x;
  const places = wiring.places.filter(({ id }) => vhostOf(id, x) === vhost);
  const others = new Set(wiring.places.filter((place) => !places.includes(place)).map(({ id }) => id));
  const lines = wiring.lines.filter(({ from, to }) => !others.has(from) && !others.has(to));
  return {
    self: wiring.self,
    places,
    lines,
    part: (id) => wiring.part(id),
    line: (id) => wiring.line(id),
    linesOut: (kind) => wiring.linesOut(kind),
    linesTo: (id) => wiring.linesTo(id),
    nodesIn: (id) => wiring.nodesIn(id),
    partsOf: (kind) => wiring.partsOf(kind),
    nodeOf: (id) => wiring.nodeOf(id),
  };
}
