import type { PartView } from '../../../engine/index.ts';
import type { MetadataImage } from '../controller/index.ts';
import type { MetadataRecord } from '../controller/records.ts';
import { isInternal, partitionName } from '../message.ts';
import type { Broker } from './state.ts';

/** The newest ones say what is going on. */
const RECORDS_SHOWN = 20;

type Row = PartView['details'][number]['rows'][number];

/** What this node has of `__cluster_metadata`, newest first. Empty with ZooKeeper, where the tree of znodes is the metadata. */
export function metadataTable({ cluster, image }: Broker): PartView['details'][number] {
  const rows: Row[] = [];
  if (cluster.type === 'kraft') {
    const { log, highWatermark } = cluster.kraft.quorum;
    for (const { baseOffset, epoch, records } of log.toReversed()) {
      const row = (at: number, text: string): Row => [baseOffset + at, epoch, baseOffset + at < highWatermark, text];
      if (records.length === 0) rows.push(row(0, 'LeaderChangeMessage'));
      for (let at = records.length - 1; at >= 0 && rows.length < RECORDS_SHOWN; at--) {
        const last = records[at] as MetadataRecord;
        while (at > 0 && isOneOfMany(records[at - 1] as MetadataRecord, last, image)) at--;
        const first = records[at] as MetadataRecord;
        rows.push(row(at, `${first.type} ${first === last ? aboutOf(first, image) : manyOf(first, last, image)}`.trim()));
      }
      if (rows.length >= RECORDS_SHOWN) break;
    }
  }
  return { key: 'metadataLog', columns: ['offset', 'epoch', 'isCommitted', 'record'], rows };
}

/** Partitions of a coordinator's topic, of which there are fifty, stand in one row. */
function isOneOfMany(record: MetadataRecord, next: MetadataRecord, image: MetadataImage): boolean {
  if (!('partitionId' in record && 'partitionId' in next)) return false;
  return record.type === next.type && record.topicId === next.topicId && isInternal(nameOf(record.topicId, image));
}

function manyOf(first: MetadataRecord, last: MetadataRecord, image: MetadataImage): string {
  if (!('partitionId' in first && 'partitionId' in last)) return '';
  return `${partitionName(nameOf(first.topicId, image), first.partitionId)} … ${last.partitionId}`;
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
