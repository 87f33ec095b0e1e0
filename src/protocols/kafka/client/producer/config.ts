import { type JsonObject, remembered } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';
import type { BrokerConfig } from '../../configs.ts';
import { BROKER } from '../../kinds.ts';
import { featuresOf } from '../../versions.ts';
import type { SendSettings } from './accumulator.ts';
import type { Partitioner } from './partitioner.ts';

/** A record as a template, a list or a person's hand describes it. */
export interface RecordTemplate {
  readonly key: string;
  readonly body: string;
  /** -1 = the partitioner's choice. */
  readonly partition: number;
  readonly weight: number;
  readonly isTombstone: boolean;
  readonly isEmptyKey: boolean;
  readonly bytes: number;
  readonly headers: JsonObject;
}

export interface ProducerConfig {
  readonly mode: 'rate' | 'burst' | 'list';
  readonly everyMillis: number;
  readonly count: number;
  readonly limit: number;
  readonly startMillis: number;
  readonly templates: readonly RecordTemplate[];
  readonly list: readonly (RecordTemplate & { readonly atMillis: number })[];
  readonly acks: '0' | '1' | 'all';
  readonly partitioner: Partitioner;
  readonly idempotence: boolean;
  readonly lingerMillis: number;
  readonly batchBytes: number;
  readonly maxInFlight: number;
  readonly retries: number;
  readonly retryBackoffMillis: number;
  readonly requestTimeoutMillis: number;
  readonly deliveryTimeoutMillis: number;
  readonly bufferBytes: number;
  readonly maxBlockMillis: number;
  readonly metadataMaxAgeMillis: number;
  readonly transactionalId: string;
  readonly transactionRecords: number;
  readonly abortEvery: number;
  readonly transactionTimeoutMillis: number;
}

/** The same, ready for use; times in µs. */
export interface Settings extends SendSettings {
  readonly acks: 0 | 1 | -1;
  readonly maxBlock: number;
  readonly metadataMaxAge: number;
  readonly transactionTimeout: number;
}

/** `max.request.size` and `retry.backoff.max.ms`: nobody changes them. */
const REQUEST_BYTES = 1_048_576;
const BACKOFF_MAX = 1_000_000;
/** An idempotent producer may not have more requests on their way: brokers remember that many batches. */
export const IN_FLIGHT_MAX = 5;

export const configOf = (x: Context) => x.config<ProducerConfig>(x.wiring.self.id);

/** Configurations never change, they are replaced: worked out once for each. */
export const settingsOf = remembered(makeSettings);

function makeSettings(config: ProducerConfig): Settings {
  return {
    partitioner: config.partitioner,
    batchBytes: config.batchBytes,
    bufferBytes: config.bufferBytes,
    requestBytes: REQUEST_BYTES,
    linger: config.lingerMillis * 1_000,
    retries: config.retries,
    retryBackoff: config.retryBackoffMillis * 1_000,
    retryBackoffMax: BACKOFF_MAX,
    requestTimeout: config.requestTimeoutMillis * 1_000,
    deliveryTimeout: config.deliveryTimeoutMillis * 1_000,
    maxInFlight: config.maxInFlight,
    // A transaction needs all of them.
    acks: config.transactionalId !== '' || config.acks === 'all' ? -1 : config.acks === '1' ? 1 : 0,
    maxBlock: config.maxBlockMillis * 1_000,
    metadataMaxAge: config.metadataMaxAgeMillis * 1_000,
    transactionTimeout: config.transactionTimeoutMillis * 1_000,
  };
}

export type ProducerKind = 'plain' | 'idempotent' | 'transactional';

/**
 * What the producer's settings and the cluster's age allow. As in Kafka, idempotence that goes with no other setting is
 * off: it needs acks=all, retries and at most five requests in flight.
 */
export function kindOf(config: ProducerConfig, x: Context): ProducerKind {
  const versions = x.wiring.partsOf(BROKER).map(({ id }) => x.config<BrokerConfig>(id).version);
  if (!featuresOf(versions).hasIdempotence) return 'plain';
  if (config.transactionalId !== '') return 'transactional';
  const isAllowed = config.acks === 'all' && config.retries > 0 && config.maxInFlight <= IN_FLIGHT_MAX;
  return config.idempotence && isAllowed ? 'idempotent' : 'plain';
}
