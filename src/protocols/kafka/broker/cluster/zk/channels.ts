import type { Context } from '../../../../../engine/index.ts';
import type { ControlRequest } from '../../../controller/index.ts';
import type { ControlRequestFrame, ControlResponseFrame } from '../../../frames.ts';
import { peerWay } from '../../../routes.ts';
import { answer } from '../../answer.ts';
import type { Broker, Return } from '../../state.ts';
import { zkOf } from '../state.ts';
import { obey } from './control.ts';

/** The controller orders something of a broker, itself perhaps. Each broker gets one order at a time. */
export function order(broker: Broker, to: number, control: ControlRequest, x: Context): void {
  if (to === broker.node) {
    obey(broker, control, x);
    return;
  }
  const { channels } = zkOf(broker.cluster);
  const { queue, correlation } = channels.get(to) ?? { queue: [], correlation: 0 };
  channels.set(to, { queue: [...queue, control], correlation });
  if (correlation === 0) sendNext(broker, to, x);
}

/** Orders to a broker that is gone, or to a former life of it, are dropped. */
function sendNext(broker: Broker, to: number, x: Context): void {
  const { channels, controller } = zkOf(broker.cluster);
  const life = controller.brokers.get(to)?.epoch;
  const queue = (channels.get(to)?.queue ?? []).filter(({ brokerEpoch }) => brokerEpoch === life);
  const [control] = queue;
  const way = peerWay(x.wiring, to);
  if (!control || !way) {
    channels.delete(to);
    return;
  }
  if (broker.unreachable.has(to)) {
    channels.set(to, { queue, correlation: 0 });
    return;
  }
  const correlation = broker.next++;
  channels.set(to, { queue, correlation });
  const frame: ControlRequestFrame = { verb: control.type, correlation, control };
  x.send(x.wiring.self.id, way.to, way.line, frame);
}

/** A broker has answered an order: the next one goes out. */
export function orderAnswered(broker: Broker, from: number, { correlation }: ControlResponseFrame, x: Context): void {
  const { channels } = zkOf(broker.cluster);
  const channel = channels.get(from);
  if (!channel || channel.correlation !== correlation) return;
  channels.set(from, { queue: channel.queue.slice(1), correlation: 0 });
  sendNext(broker, from, x);
}

/** The connection with a broker broke, or can be made again: what was under way is sent again then. */
export function channelChanged(broker: Broker, node: number, isUp: boolean, x: Context): void {
  const { channels } = zkOf(broker.cluster);
  const channel = channels.get(node);
  if (!channel) return;
  channels.set(node, { ...channel, correlation: 0 });
  if (isUp) sendNext(broker, node, x);
}

/** A controller orders something of this broker. */
export function hearOrder(broker: Broker, { control, verb }: ControlRequestFrame, back: Return, x: Context): void {
  const controlError = obey(broker, control, x);
  const response: ControlResponseFrame = { verb: `${verb}Response`, correlation: back.correlation, controlError };
  answer(back, response, x);
}
