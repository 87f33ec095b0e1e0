import type { PartView } from '../../../engine/index.ts';
import type { MetadataImage } from '../controller/index.ts';
import type { MetadataRecord } from '../controller/records.ts';
import { isInternal, partitionName } from '../message.ts';
import type { Broker } from './state.ts';

/** The newest ones say what is going on. */
const ROWS_SHOWN = 20;

/** A row of the table: it may tell of several partitions of a coordinator's topic, up to `upTo`. */
interface Told {
  readonly offset: number;
  readonly epoch: number;
  readonly record: MetadataRecord | undefined;
  readonly count: number;
  readonly upTo: number;
}

/**
 * What this node has of `__cluster_metadata`, newest first. Empty with ZooKeeper, where the tree of znodes is the metadata, and
 * while the node does not know how much of it is committed.
 */
export function metadataTable({ cluster, image }: Broker): PartView['details'][number] {
  const columns = ['offset', 'epoch', 'isCommitted', 'record'];
  const highWatermark = cluster.type === 'kraft' ? cluster.kraft.quorum.highWatermark : 0;
  if (cluster.type !== 'kraft' || highWatermark === 0) return { key: 'metadataLog', columns, rows: [] };
  const told: Told[] = [];
  const { log } = cluster.kraft.quorum;
  for (let b = log.length - 1; b >= 0 && told.length <= ROWS_SHOWN; b--) {
    const { baseOffset, epoch, records } = log[b] as (typeof log)[number];
    if (records.length === 0) told.push({ offset: baseOffset, epoch, record: undefined, count: 1, upTo: -1 });
    for (let at = records.length - 1; at >= 0; at--) tell(told, baseOffset + at, epoch, records[at] as MetadataRecord, image);
  }
  const rows = told.slice(0, ROWS_SHOWN).map((row) => [row.offset, row.epoch, row.offset < highWatermark, textOf(row, image)]);
  return { key: 'metadataLog', columns, rows };
}

/** Neighbours of one kind about ascending partitions of a coordinator's topic, of which there are fifty, stand in one row. */
function tell(told: Told[], offset: number, epoch: number, record: MetadataRecord, image: MetadataImage): void {
  const later = told.at(-1);
  const isOneMore = later?.record !== undefined && later.epoch === epoch && isBefore(record, later.record, image);
  if (isOneMore) told[told.length - 1] = { ...later, offset, record, count: later.count + 1 };
  else told.push({ offset, epoch, record, count: 1, upTo: 'partitionId' in record ? record.partitionId : -1 });
}

function isBefore(record: MetadataRecord, later: MetadataRecord, image: MetadataImage): boolean {
  if (!('partitionId' in record && 'partitionId' in later) || record.type !== later.type || record.topicId !== later.topicId) return false;
  return record.partitionId < later.partitionId && isInternal(nameOf(record.topicId, image));
}

function textOf({ record, count, upTo }: Told, image: MetadataImage): string {
  if (record === undefined) return 'LeaderChangeMessage';
  const first = count > 1 && 'partitionId' in record ? partitionName(nameOf(record.topicId, image), record.partitionId) : '';
  const about = first === '' ? aboutOf(record, image) : `${count} × ${first} … ${upTo}`;
  return `${record.type} ${about}`.trim();
}

/** Whom a record is about and what it says of it, in Kafka's own names of fields. */
function aboutOf(record: MetadataRecord, image: MetadataImage): string {
  switch (record.type) {
    case 'RegisterBrokerRecord':
    case 'BrokerRegistrationChangeRecord':
      return said(`broker ${record.brokerId}`, { fenced: record.fenced, inControlledShutdown: record.inControlledShutdown || undefined });
    case 'UnregisterBrokerRecord':
      return `broker ${record.brokerId}`;
    case 'TopicRecord':
      return record.name;
    case 'RemoveTopicRecord':
      return nameOf(record.topicId, image);
    case 'PartitionRecord':
    case 'PartitionChangeRecord': {
      const { partitionId, leader, isr, replicas } = record;
      return said(partitionName(nameOf(record.topicId, image), partitionId), { leader, isr, replicas });
    }
    case 'ConfigRecord':
      return said(record.resourceName, { [record.name]: record.value ?? undefined });
    case 'NoOpRecord':
      return '';
  }
}

/** Of a topic that is no more only the id is known. */
function nameOf(topicId: string, image: MetadataImage): string {
  return image.topics.get(topicId)?.name ?? topicId;
}

type Said = number | string | boolean | readonly number[] | undefined;

function said(whom: string, fields: { readonly [name: string]: Said }): string {
  const told = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${String(value)}`]));
  return [whom, ...told].filter((text) => text !== '').join(' ');
}
