import type { FrameName, Kernel, Mark, Pack } from '../../engine/index.ts';
import { brokerKernel } from './broker/index.ts';
import { check } from './check.ts';
import { consumerKernel } from './client/consumer/kernel.ts';
import { producerKernel } from './client/producer/kernel.ts';
import { PUBLISH_FIELDS } from './fields.ts';
import { vocabulary } from './vocabulary.ts';

const KERNELS = [brokerKernel, producerKernel, consumerKernel] as readonly unknown[] as readonly Kernel[];

/** APIs that are not control traffic; what stands behind a dot tells kinds of Fetch apart. */
const MARKS: { readonly [verb: string]: Mark } = {
  Produce: 'message',
  FetchResponse: 'message',
  ShareFetchResponse: 'message',
  ProduceResponse: 'ack',
  Fetch: 'fetch',
  'FetchResponse.empty': 'fetch',
  ShareFetch: 'fetch',
  'ShareFetchResponse.empty': 'fetch',
  OffsetCommit: 'ack',
  TxnOffsetCommit: 'ack',
  ShareAcknowledge: 'ack',
  'Fetch.replica': 'replica',
  'FetchResponse.replica': 'replica',
  'FetchResponse.idle': 'replica',
  LeaderAndIsr: 'control',
  UpdateMetadata: 'control',
  StopReplica: 'control',
  ControlledShutdown: 'control',
  'Fetch.metadata': 'heartbeat',
  'FetchResponse.metadata': 'heartbeat',
  Heartbeat: 'heartbeat',
  HeartbeatResponse: 'heartbeat',
  BrokerHeartbeat: 'heartbeat',
  BrokerHeartbeatResponse: 'heartbeat',
  ConsumerGroupHeartbeat: 'heartbeat',
  ConsumerGroupHeartbeatResponse: 'heartbeat',
  ShareGroupHeartbeat: 'heartbeat',
  ShareGroupHeartbeatResponse: 'heartbeat',
};

/** Kafka's APIs begin with a capital. Of a verb, `Response` and what stands behind a dot are ours. */
function frameName(verb: string): FrameName | undefined {
  const [, name, response] = /^([A-Z]\w*?)(Response)?(?:\.\w+)?$/.exec(verb) ?? [];
  return name === undefined ? undefined : { name, role: response === undefined ? 'request' : 'response' };
}

/** Kafka: brokers with their topics, producers, consumers and their groups. */
export const kafka: Pack = {
  protocol: 'kafka',
  kernels: new Map(KERNELS.map((kernel) => [kernel.kind, kernel])),
  vocabulary: { ...vocabulary, check },
  marks: MARKS,
  frameName,
  messageFields: PUBLISH_FIELDS,
};
