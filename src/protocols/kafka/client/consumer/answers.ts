import type { LineId } from '../../../../base/index.ts';
import type { Context, Frame } from '../../../../engine/index.ts';
import type {
  ClientResponse,
  ConsumerGroupHeartbeatRequest,
  FetchRequest,
  HeartbeatRequest,
  ListOffsetsRequest,
  OffsetFetchRequest,
} from '../../frames.ts';
import { hearHeartbeat, hearJoin, hearSync, joinLost } from './classic.ts';
import { hearCommit } from './commits.ts';
import { takeAnswered } from './connection.ts';
import { hearFetch } from './fetcher.ts';
import { forgetCoordinator, hearCoordinator, hearMetadata } from './metadata.ts';
import { hearModern, modernLost } from './modern.ts';
import { hearListed, hearOffsets, offsetsLost } from './positions.ts';
import { groupOf } from './settings.ts';
import { hearShareFetch } from './share.ts';
import type { Consumer, Pending } from './state.ts';

/** An answer: what it means for the client. Its threads go on afterwards. */
export function hearAnswer(state: Consumer, frame: Frame, line: LineId, x: Context): void {
  const response = frame as ClientResponse;
  const pending = takeAnswered(state, response.correlation);
  if (!pending) return;
  const request = pending.frame;
  const group = groupOf(x);
  switch (response.verb) {
    case 'MetadataResponse':
      hearMetadata(state, response, x);
      return;
    case 'FindCoordinatorResponse':
      hearCoordinator(state, response, x);
      return;
    case 'JoinGroupResponse':
      if (group) hearJoin(state, response, group, x);
      return;
    case 'SyncGroupResponse':
      hearSync(state, response, x);
      return;
    case 'HeartbeatResponse':
      hearHeartbeat(state, request as HeartbeatRequest, response.error, x);
      return;
    case 'OffsetCommitResponse':
      hearCommit(state, pending, response.error, x);
      return;
    case 'OffsetFetchResponse':
      hearOffsets(state, request as OffsetFetchRequest, response, x);
      return;
    case 'ListOffsetsResponse':
      hearListed(state, request as ListOffsetsRequest, response, x);
      return;
    case 'FetchResponse':
    case 'FetchResponse.empty':
      hearFetch(state, request as FetchRequest, pending, response, line, x);
      return;
    case 'ConsumerGroupHeartbeatResponse':
    case 'ShareGroupHeartbeatResponse':
      hearModern(state, response, (request as ConsumerGroupHeartbeatRequest).memberEpoch, x);
      return;
    case 'ShareFetchResponse':
    case 'ShareFetchResponse.empty':
      hearShareFetch(state, response, pending.sentAt, line, x);
      return;
    default:
      return;
  }
}

/** A request that will not be answered: the connection has ended, or it has waited too long. */
export function loseRequest(state: Consumer, pending: Pending, x: Context): void {
  const { frame } = pending;
  // Wherever it went, there may be a better place by now.
  state.isMetadataWanted = true;
  switch (frame.verb) {
    case 'Metadata':
    case 'FindCoordinator':
      state.turn++;
      return;
    case 'JoinGroup':
    case 'SyncGroup':
      joinLost(state, x);
      return;
    case 'Heartbeat':
      hearHeartbeat(state, frame, 'DISCONNECTED', x);
      return;
    case 'OffsetCommit':
      hearCommit(state, pending, 'DISCONNECTED', x);
      return;
    case 'OffsetFetch':
      forgetCoordinator(state);
      offsetsLost(state, x);
      return;
    case 'ListOffsets':
      offsetsLost(state, x);
      return;
    case 'ConsumerGroupHeartbeat':
    case 'ShareGroupHeartbeat':
      modernLost(state, x);
      return;
    default:
      return;
  }
}
