import type { Context, Description, Kernel, PartView } from '../../../engine/index.ts';
import { copyBroker } from './copy.ts';
import { crashBroker, stopBroker } from './crash.ts';
import { describeBroker } from './describe.ts';
import { receiveInHost, startHost } from './host.ts';
import { brokerInvariants } from './invariants.ts';
import { type Broker, emptyBroker } from './state.ts';
import { connectionHost, DEFAULT_VHOST, hostsOf, inVhost, vhostsOf } from './vhosts.ts';

/** What this broker does not do yet, as i18n keys `omit.<key>`. */
export const BROKER_OMITS = [
  'rabbitmq.stream-retention',
  'rabbitmq.partition-healing',
  'rabbitmq.cluster-replies',
  'rabbitmq.cluster-limiter',
  'rabbitmq.flow-control',
] as const;

/**
 * RabbitMQ at the level of AMQP 0-9-1 methods. Its state is the virtual host '/', with the others beside it: each has
 * exchanges, queues and connections of its own, and knows nothing of the rest.
 */
export const brokerKernel: Kernel<Broker> = {
  kind: 'rabbitmq/broker',
  models: 'rabbitmq.broker',
  omits: BROKER_OMITS,

  start(x) {
    const broker = emptyBroker(DEFAULT_VHOST);
    addHosts(broker, x);
    startHost(broker, inVhost(broker, broker, x));
    return broker;
  },

  receive(broker, input, x) {
    // Mostly there is only one.
    if (broker.others.size === 0 && input.type !== 'wiring') {
      const refused = input.type === 'frame' && connectionHost(broker, input.frame) === undefined;
      if (!refused) {
        receiveInHost(broker, input, x);
        return;
      }
    }
    addHosts(broker, x);
    for (const [host, meant] of hostsOf(broker, input, x)) receiveInHost(host, meant, inVhost(broker, host, x));
  },

  crash(broker, x) {
    for (const host of everyHost(broker)) crashBroker(host, inVhost(broker, host, x));
  },
  stop(broker, x) {
    for (const host of everyHost(broker)) stopBroker(host, inVhost(broker, host, x));
  },
  leave() {
    // Its peers see their connections closed; nothing is left to tidy up.
  },

  copy(broker) {
    const copy = copyBroker(broker);
    copy.others = new Map([...broker.others].map(([vhost, host]) => [vhost, copyBroker(host)]));
    return copy;
  },
  describe(broker, wiring) {
    const views = [...describeBroker(broker, wiring)];
    for (const host of broker.others.values()) {
      const more = describeBroker(host, wiring);
      for (const [i, [part, view]] of views.entries())
        views[i] = [part, part === wiring.self.id ? together(view, more.get(part)) : present(view, more.get(part))];
    }
    return new Map(views) as Description;
  },
  invariants(broker) {
    for (const host of everyHost(broker)) {
      const broken = brokerInvariants(host);
      if (broken !== undefined) return host === broker ? broken : `virtual host ${host.vhost}: ${broken}`;
    }
    return undefined;
  },
};

function everyHost(broker: Broker): readonly Broker[] {
  return [broker, ...broker.others.values()];
}

/** Virtual hosts are there as soon as something is drawn in them. */
function addHosts(broker: Broker, x: Context): void {
  for (const vhost of vhostsOf(x)) {
    if (vhost === DEFAULT_VHOST || broker.others.has(vhost)) continue;
    const host = emptyBroker(vhost);
    broker.others.set(vhost, host);
    startHost(host, inVhost(broker, host, x));
  }
}

/** The node as a whole: figures of its virtual hosts add up, their tables follow one another. */
function together(a: PartView, b: PartView | undefined): PartView {
  if (b === undefined) return a;
  const figures = a.figures.map(({ key, value }) => {
    const other = b.figures.find((figure) => figure.key === key)?.value;
    return { key, value: typeof value === 'number' && typeof other === 'number' ? value + other : value };
  });
  const keys = [...new Set([...a.details, ...b.details].map(({ key }) => key))];
  const details = keys.flatMap((key) => {
    const [first, second] = [a, b].map((view) => view.details.find((one) => one.key === key));
    const known = first ?? second;
    return known === undefined ? [] : [{ ...known, rows: [...(first?.rows ?? []), ...(second?.rows ?? [])] }];
  });
  return { ...a, figures, details };
}

/** A place is in one virtual host, and absent from the others. */
function present(a: PartView, b: PartView | undefined): PartView {
  return a.status === 'absent' && b !== undefined ? b : a;
}
