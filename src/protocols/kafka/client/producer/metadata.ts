import type { Context } from '../../../../engine/index.ts';
import type { MetadataResponse } from '../../frames.ts';
import { clusterOf, isSameCluster } from './cluster.ts';
import type { Settings } from './config.ts';
import { ask } from './control.ts';
import { backoff } from './drain.ts';
import { anyNode } from './nodes.ts';
import type { Producer } from './state.ts';

/** The picture of the cluster may be wrong: it is renewed as soon as that is allowed. */
export function wantMetadata(state: Producer): void {
  if (!state.metadata.isDue) state.metadata = { ...state.metadata, isDue: true };
}

/** Asks if it is due and nobody is being asked. Returns when it may ask at the earliest; Infinity = no need. */
export function renewMetadata(state: Producer, settings: Settings, x: Context): number {
  const { metadata } = state;
  if (x.now >= metadata.updatedAt + settings.metadataMaxAge) wantMetadata(state);
  if (!state.metadata.isDue || metadata.request) return Number.POSITIVE_INFINITY;
  const earliest = metadata.askedAt < 0 ? 0 : metadata.askedAt + backoff(settings, metadata.attempts);
  if (x.now < earliest) return earliest;
  const node = anyNode(state, x);
  if (node === undefined) return Number.POSITIVE_INFINITY;
  const request = ask(state, settings, node, { verb: 'Metadata', correlation: state.nextCorrelation }, x);
  state.metadata = { ...metadata, isDue: false, request, askedAt: x.now };
  return Number.POSITIVE_INFINITY;
}

export function hearMetadata(state: Producer, { error, brokers, topics }: MetadataResponse, x: Context): void {
  const { metadata } = state;
  if (error !== '') {
    metadataFailed(state);
    return;
  }
  const cluster = clusterOf(brokers, topics, state.cluster);
  const isSame = isSameCluster(cluster, state.cluster);
  state.cluster = cluster;
  state.metadata = { ...metadata, request: undefined, updatedAt: x.now, attempts: isSame ? metadata.attempts + 1 : 0 };
}

/** Nobody has answered, or nothing of use. */
export function metadataFailed(state: Producer): void {
  state.metadata = { ...state.metadata, isDue: true, request: undefined, attempts: state.metadata.attempts + 1 };
}
