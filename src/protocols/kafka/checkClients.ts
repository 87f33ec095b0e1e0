import { type Config, type Part, type Problem, type Scenario, withDefaults } from '../../scenario/index.ts';
import { IN_FLIGHT_MAX, type ProducerConfig } from './client/producer/config.ts';
import type { GroupConfig } from './configs.ts';
import { problem } from './connect.ts';
import { GROUP_FIELDS, PRODUCER_FIELDS } from './fields.ts';
import { BROKER, GROUP, PRODUCER } from './kinds.ts';
import { versionOf } from './mode.ts';
import { type Features, featuresOf } from './versions.ts';

/** Settings that a client's library would not start with, or that the cluster's release does not know. */
export function clientProblem(part: Part, { parts }: Scenario): Problem | undefined {
  if (part.kind !== PRODUCER && part.kind !== GROUP) return undefined;
  const features = featuresOf(parts.filter(({ kind }) => kind === BROKER).map(versionOf));
  if (part.kind === PRODUCER) return producerProblem(part, withDefaults(PRODUCER_FIELDS, part.config), features);
  return groupProblem(part, withDefaults(GROUP_FIELDS, part.config), features);
}

/** What idempotence needs; a producer with transactions must have it (ProducerConfig). */
function producerProblem(part: Part, config: Config, features: Features): Problem | undefined {
  const { transactionalId, acks, maxInFlight, retries } = config as unknown as ProducerConfig;
  if (transactionalId === '') return undefined;
  const { name } = part;
  if (!features.hasIdempotence)
    return at('transactionalId', problem(part, 'transactionVersion', 'newerVersion', { name, version: features.version }));
  if (acks !== 'all') return at('acks', problem(part, 'transactionAcks', 'acksAll', { name, acks }));
  if (retries === 0) return at('retries', problem(part, 'transactionRetries', 'someRetries', { name }));
  if (maxInFlight > IN_FLIGHT_MAX) return at('maxInFlight', problem(part, 'transactionInFlight', 'fiveInFlight', { name, maxInFlight }));
  return undefined;
}

function groupProblem(part: Part, config: Config, features: Features): Problem | undefined {
  const { protocol, heartbeatMillis, sessionTimeoutMillis } = config as unknown as GroupConfig;
  const { name } = part;
  const { version } = features;
  const isKnown = protocol === 'classic' || (protocol === 'share' ? features.hasShareGroups : features.hasConsumerProtocol);
  if (!isKnown) return at('protocol', problem(part, 'protocolVersion', 'newerVersion', { name, version, protocol }));
  if (protocol !== 'classic' || heartbeatMillis < sessionTimeoutMillis) return undefined;
  return at('heartbeatMillis', problem(part, 'heartbeatTooLong', 'heartbeatThird', { name }));
}

function at(field: string, found: Problem): Problem {
  return { ...found, field };
}
