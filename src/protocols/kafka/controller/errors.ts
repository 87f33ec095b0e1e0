/** Error codes of the protocol that a controller answers with; `NONE` is success. */
export type ControllerError =
  | 'NONE'
  | 'BROKER_ID_NOT_REGISTERED'
  | 'BROKER_NOT_AVAILABLE'
  | 'DUPLICATE_BROKER_REGISTRATION'
  | 'ELECTION_NOT_NEEDED'
  | 'ELIGIBLE_LEADERS_NOT_AVAILABLE'
  | 'FENCED_LEADER_EPOCH'
  | 'INELIGIBLE_REPLICA'
  | 'INVALID_CONFIG'
  | 'INVALID_PARTITIONS'
  | 'INVALID_REPLICATION_FACTOR'
  | 'INVALID_REPLICA_ASSIGNMENT'
  | 'INVALID_REQUEST'
  | 'INVALID_TOPIC_EXCEPTION'
  | 'INVALID_UPDATE_VERSION'
  | 'NEW_LEADER_ELECTED'
  | 'NOT_CONTROLLER'
  | 'NO_REASSIGNMENT_IN_PROGRESS'
  | 'PREFERRED_LEADER_NOT_AVAILABLE'
  | 'STALE_BROKER_EPOCH'
  | 'STALE_CONTROLLER_EPOCH'
  | 'TOPIC_ALREADY_EXISTS'
  | 'UNKNOWN_SERVER_ERROR'
  | 'UNKNOWN_TOPIC_ID'
  | 'UNKNOWN_TOPIC_OR_PARTITION';

/** What went wrong, with the sentence Kafka's own tools would show. */
export interface Refusal {
  readonly error: Exclude<ControllerError, 'NONE'>;
  readonly message: string;
}

export function refuse(error: Refusal['error'], message = ''): Refusal {
  return { error, message };
}

/** True for the half of an outcome that went wrong. */
export function isRefusal(outcome: object): outcome is Refusal {
  return 'error' in outcome && 'message' in outcome;
}
