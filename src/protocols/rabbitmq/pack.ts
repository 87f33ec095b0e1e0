import type { Kernel, Mark, Pack } from '../../engine/index.ts';
import { brokerKernel } from './broker/index.ts';
import { check } from './check.ts';
import { clientKernel } from './client/index.ts';
import { consumerKernel } from './consumer.ts';
import { PUBLISH_FIELDS } from './fields.ts';
import { producerKernel } from './producer.ts';
import { vocabulary } from './vocabulary.ts';

const KERNELS = [brokerKernel, producerKernel, consumerKernel, clientKernel] as readonly unknown[] as readonly Kernel[];

/** Methods that are not control traffic. `route.…` is a copy's way inside a broker or to another node, `cluster.relay` a delivery by way of one. */
const MARKS: { readonly [verb: string]: Mark } = {
  'basic.publish': 'message',
  'basic.deliver': 'message',
  'basic.return': 'message',
  'basic.get-ok': 'message',
  'route.hop': 'message',
  'route.enqueue': 'message',
  'route.dead': 'message',
  'disk.write': 'message',
  'cluster.relay': 'message',
  'cluster.settle': 'ack',
  'replica.append': 'replica',
  'replica.install': 'replica',
  'basic.ack': 'ack',
  'basic.nack': 'nack',
  'basic.reject': 'nack',
  'basic.get': 'fetch',
};

/** RabbitMQ: AMQP 0-9-1 brokers, producers and consumers. */
export const rabbitmq: Pack = {
  protocol: 'rabbitmq',
  kernels: new Map(KERNELS.map((kernel) => [kernel.kind, kernel])),
  vocabulary: { ...vocabulary, check },
  marks: MARKS,
  messageFields: PUBLISH_FIELDS,
};
