import type { Context, Part, Wiring } from '../../../../engine/index.ts';
import type { ClientAssignor } from '../../assign/index.ts';
import type { GroupConfig } from '../../configs.ts';
import { GROUP, READ, SUBSCRIBE } from '../../kinds.ts';
import type { OffsetReset } from '../offsets.ts';

/** What a consumer is configured with, defaults filled in. */
export interface ConsumerConfig {
  readonly maxPollRecords: number;
  readonly work: 'fixed' | 'weight';
  readonly workMillis: number;
  readonly commit: 'auto' | 'after' | 'before' | 'async' | 'never';
  readonly autoCommitMillis: number;
  readonly failEvery: number;
  readonly offsetReset: 'earliest' | 'latest' | 'none';
  readonly isolation: 'read_uncommitted' | 'read_committed';
  readonly instanceId: string;
  readonly assigned: string;
  readonly startMillis: number;
  readonly fetchMaxWaitMillis: number;
  readonly fetchMinBytes: number;
  readonly partitionFetchBytes: number;
  readonly rack: string;
  readonly remembers: boolean;
}

/** Kafka's defaults that have no field, in µs. */
export const RETRY_BACKOFF = 100_000;
export const RETRY_BACKOFF_MAX = 1_000_000;
export const REQUEST_TIMEOUT = 30_000_000;
/** `socket.connection.setup.timeout.ms` */
export const SETUP_TIMEOUT = 10_000_000;
/** `default.api.timeout.ms`: how long a synchronous commit is tried. */
export const API_TIMEOUT = 60_000_000;
/** `metadata.max.age.ms`; a preferred replica is kept as long. */
export const METADATA_AGE_MAX = 300_000_000;

export const configOf = (x: Context) => x.config<ConsumerConfig>(x.wiring.self.id);

/** The group that the consumer stands in, undefined outside any. */
export function groupIn(wiring: Wiring): Part | undefined {
  const { parent } = wiring.self;
  const part = parent === undefined ? undefined : wiring.part(parent);
  return part?.kind === GROUP ? part : undefined;
}

export interface Group {
  readonly id: string;
  readonly config: GroupConfig;
}

export function groupOf(x: Context): Group | undefined {
  const part = groupIn(x.wiring);
  if (!part) return undefined;
  const config = x.config<GroupConfig>(part.id);
  let group = groups.get(config);
  if (group?.id !== part.name) {
    group = { id: part.name, config };
    groups.set(config, group);
  }
  return group;
}

/** Configurations never change, they are replaced: made once for each, as every step asks for it. */
const groups = new WeakMap<GroupConfig, Group>();

/** What a client is made with once: a change of it takes a new one. */
export function fixedSettings(x: Context): string {
  const { instanceId, assigned, rack, isolation } = configOf(x);
  return JSON.stringify([instanceId, assigned, rack, isolation, groupOf(x)]);
}

/** Topics that lines to the consumer or to its group begin at, in the order of their names. */
export function topicsDrawn(x: Context): readonly string[] {
  const { wiring } = x;
  const group = groupIn(wiring);
  const lines = wiring.lines.filter(({ kind, to }) => kind === READ && to === wiring.self.id);
  if (group) lines.push(...wiring.linesTo(group.id).filter(({ kind }) => kind === SUBSCRIBE));
  const names = lines.flatMap(({ from }) => wiring.part(from)?.name ?? []);
  return [...new Set(names)].sort();
}

export function assignorsOf({ assignor }: GroupConfig): readonly ClientAssignor[] {
  return assignor.split(',').map((name) => name.trim() as ClientAssignor);
}

export const resetOf = ({ offsetReset: policy }: ConsumerConfig): OffsetReset => ({ policy });

/** `retry.backoff.ms`, doubled with every try up to its maximum; in µs. */
export function backoff(tries: number): number {
  let time = RETRY_BACKOFF;
  for (let i = 1; i < tries && time < RETRY_BACKOFF_MAX; i++) time *= 2;
  return Math.min(time, RETRY_BACKOFF_MAX);
}
