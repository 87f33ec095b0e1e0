/** After these a client's picture of the cluster is old. `NETWORK_EXCEPTION`: the connection broke. */
const STALE_METADATA: ReadonlySet<string> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'FENCED_LEADER_EPOCH',
  'KAFKA_STORAGE_ERROR',
  'NETWORK_EXCEPTION',
]);
const PASSING: ReadonlySet<string> = new Set([
  'UNKNOWN_LEADER_EPOCH',
  'REQUEST_TIMED_OUT',
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'CONCURRENT_TRANSACTIONS',
  'CORRUPT_MESSAGE',
]);
const WRONG_COORDINATOR: ReadonlySet<string> = new Set(['COORDINATOR_NOT_AVAILABLE', 'NOT_COORDINATOR']);

/** True when another try may go well (a RetriableException of the Java client). */
export function isRetriable(error: string): boolean {
  return STALE_METADATA.has(error) || PASSING.has(error) || WRONG_COORDINATOR.has(error);
}

/** True when the client has to ask for metadata before it tries again (an InvalidMetadataException). */
export function isMetadataStale(error: string): boolean {
  return STALE_METADATA.has(error);
}

/** True when the coordinator has to be looked for. */
export function isCoordinatorLost(error: string): boolean {
  return WRONG_COORDINATOR.has(error);
}

/** `NOT_ENOUGH_REPLICAS` → `not-enough-replicas`: the reason key of an error. */
export function reasonOf(error: string): string {
  return error.toLowerCase().replaceAll('_', '-');
}
