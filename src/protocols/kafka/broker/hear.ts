import type { Context, Input } from '../../../engine/index.ts';
import type {
  ClientRequest,
  ReadShareGroupStateRequest,
  ReadShareGroupStateResponse,
  ReplicaFetchRequest,
  ReplicaFetchResponse,
  WriteShareGroupStateRequest,
  WriteShareGroupStateResponse,
  WriteTxnMarkersRequest,
  WriteTxnMarkersResponse,
} from '../frames.ts';
import { nodeIdOf } from '../routes.ts';
import { returnOf } from './answer.ts';
import { answerMetadata, initProducerId, listOffsets } from './clients.ts';
import { hearCluster } from './cluster/index.ts';
import { fetch } from './fetch.ts';
import { hearLeader } from './follow.ts';
import { askGroup, findCoordinator, type GroupRequest } from './groupRequests.ts';
import { produce, takeMarkers } from './produce.ts';
import { serveReplica } from './serve.ts';
import { shareAcknowledge } from './share/acknowledge.ts';
import { readShareState, writeShareState } from './share/coordinator.ts';
import { shareFetch } from './share/fetch.ts';
import { hearStore } from './share/store.ts';
import type { Broker, Return } from './state.ts';
import { askTransaction } from './transactions/coordinator.ts';
import { hearMarked } from './transactions/markers.ts';

const GROUP_APIS = new Set([
  'JoinGroup',
  'SyncGroup',
  'Heartbeat',
  'LeaveGroup',
  'OffsetCommit',
  'OffsetFetch',
  'TxnOffsetCommit',
  'ConsumerGroupHeartbeat',
  'ShareGroupHeartbeat',
]);

/** A frame has come: from another broker, a controller, or a client. */
export function hear(broker: Broker, input: Extract<Input, { readonly type: 'frame' }>, x: Context): void {
  const { frame } = input;
  if (hearCluster(broker, input, x)) return;
  if (frame.verb === 'Fetch.replica') serveReplica(broker, frame as ReplicaFetchRequest, returnOf(input), x);
  else if (frame.verb === 'FetchResponse.replica' || frame.verb === 'FetchResponse.idle')
    hearLeader(broker, nodeIdOf(x.wiring, x.wiring.nodeOf(input.from)), frame as ReplicaFetchResponse, x);
  else if (GROUP_APIS.has(frame.verb)) askGroup(broker, frame as GroupRequest, returnOf(input), x);
  else if (!hearPeer(broker, frame as PeerFrame, returnOf(input), x)) hearClient(broker, frame as ClientRequest, returnOf(input), x);
}

type PeerFrame =
  | WriteTxnMarkersRequest
  | WriteTxnMarkersResponse
  | ReadShareGroupStateRequest
  | ReadShareGroupStateResponse
  | WriteShareGroupStateRequest
  | WriteShareGroupStateResponse;

/** What coordinators and leaders say to one another. False: it is something else. */
function hearPeer(broker: Broker, frame: PeerFrame, back: Return, x: Context): boolean {
  switch (frame.verb) {
    case 'WriteTxnMarkers':
      takeMarkers(broker, frame, back, x);
      return true;
    case 'WriteTxnMarkersResponse':
      hearMarked(broker, frame, x);
      return true;
    case 'ReadShareGroupState':
      readShareState(broker, frame, back, x);
      return true;
    case 'WriteShareGroupState':
      writeShareState(broker, frame, back, x);
      return true;
    case 'ReadShareGroupStateResponse':
    case 'WriteShareGroupStateResponse':
      hearStore(broker, frame, x);
      return true;
    default:
      return false;
  }
}

function hearClient(broker: Broker, request: ClientRequest, back: Return, x: Context): void {
  switch (request.verb) {
    case 'Produce':
      produce(broker, request, back, x);
      return;
    case 'Fetch':
      fetch(broker, request, back, x);
      return;
    case 'Metadata':
      answerMetadata(broker, back, x);
      return;
    case 'ListOffsets':
      listOffsets(broker, request, back, x);
      return;
    case 'FindCoordinator':
      findCoordinator(broker, request, back, x);
      return;
    case 'InitProducerId':
      if (request.transactionalId === '') initProducerId(broker, back, x);
      else askTransaction(broker, request, back, x);
      return;
    case 'AddPartitionsToTxn':
    case 'AddOffsetsToTxn':
    case 'EndTxn':
      askTransaction(broker, request, back, x);
      return;
    case 'ShareFetch':
      shareFetch(broker, request, back, x);
      return;
    case 'ShareAcknowledge':
      shareAcknowledge(broker, request, back, x);
      return;
    default:
      return;
  }
}
