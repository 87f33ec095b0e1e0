import type { Context, Input, Kernel, Timer } from '../../../engine/index.ts';
import type { ClientRequest, ReplicaFetchRequest, ReplicaFetchResponse } from '../frames.ts';
import { logInvariant } from '../log/index.ts';
import { nodeIdOf } from '../routes.ts';
import { returnOf } from './answer.ts';
import { newBroker } from './boot.ts';
import { answerMetadata, initProducerId, listOffsets } from './clients.ts';
import { askSelf, beginStop, clusterWay, hearCluster, ringCluster } from './cluster/index.ts';
import { groupsTimer } from './coordinators.ts';
import { crash, stop } from './crash.ts';
import { describe } from './describe.ts';
import { fetch } from './fetch.ts';
import { askLeader, hearLeader } from './follow.ts';
import { askGroup, findCoordinator, type GroupRequest } from './groupRequests.ts';
import { housekeep, wakeHousekeeping } from './housekeeping.ts';
import { checkAllIsrs, wakeIsrCheck } from './isr.ts';
import { OMISSIONS } from './omissions.ts';
import { peerChanged } from './peers.ts';
import { produce } from './produce.ts';
import { stirAll, sweep } from './purgatory.ts';
import { serveReplica, wakeFollowers } from './serve.ts';
import { type Broker, copyBroker } from './state.ts';
import { electPreferred, wire } from './wiring.ts';

/** A Kafka broker: logs of partitions that it leads or follows, groups that it coordinates, its part in running the cluster. */
export const brokerKernel: Kernel<Broker> = {
  kind: 'kafka/broker',
  models: 'kafka.broker',
  omits: OMISSIONS,

  start(x) {
    const broker = newBroker(x);
    begin(broker, x);
    settle(broker, x);
    return broker;
  },

  receive(broker, input, x) {
    switch (input.type) {
      case 'frame':
        hear(broker, input, x);
        break;
      case 'timer':
        onTimer(broker, input.timer, x);
        break;
      case 'peer':
        peerChanged(broker, nodeIdOf(x.wiring, input.node), input.node, input.up, x);
        break;
      case 'wiring':
        wire(broker, input.change, input.id, x);
        break;
      case 'restarted':
        broker.unreachable.clear();
        begin(broker, x);
        break;
      case 'command':
        if (input.verb === 'stop') beginStop(broker, x);
        else if (input.verb === 'elect') electPreferred(broker, input.target, x);
        break;
    }
    settle(broker, x);
  },

  crash,
  endsItself: true,
  stop,
  leave: (broker, x) => clusterWay(broker).farewell(broker, x),
  copy: copyBroker,
  describe,
  invariants(broker) {
    for (const { tp, log } of broker.replicas.values()) {
      const broken = logInvariant(log);
      if (broken !== undefined) return `${tp}: ${broken}`;
    }
    return undefined;
  },
};

/** What a step has stirred up comes to rest. */
function settle(broker: Broker, x: Context): void {
  while (broker.stirred.size > 0 || broker.cluster.outbox.length > 0) {
    stirAll(broker, x);
    askSelf(broker, x);
  }
  wakeFollowers(broker, x);
}

/** A process begins its rounds. */
function begin(broker: Broker, x: Context): void {
  clusterWay(broker).begin(broker, x);
  wakeIsrCheck(x);
  wakeHousekeeping(x);
}

const GROUP_APIS = new Set([
  'JoinGroup',
  'SyncGroup',
  'Heartbeat',
  'LeaveGroup',
  'OffsetCommit',
  'OffsetFetch',
  'ConsumerGroupHeartbeat',
  'ShareGroupHeartbeat',
]);

function hear(broker: Broker, input: Extract<Input, { readonly type: 'frame' }>, x: Context): void {
  const { frame } = input;
  if (hearCluster(broker, input, x)) return;
  if (frame.verb === 'Fetch.replica') serveReplica(broker, frame as ReplicaFetchRequest, returnOf(input), x);
  else if (frame.verb === 'FetchResponse.replica' || frame.verb === 'FetchResponse.idle')
    hearLeader(broker, nodeIdOf(x.wiring, x.wiring.nodeOf(input.from)), frame as ReplicaFetchResponse, x);
  else if (GROUP_APIS.has(frame.verb)) askGroup(broker, frame as GroupRequest, returnOf(input), x);
  else hearClient(broker, frame as ClientRequest, input, x);
}

function hearClient(broker: Broker, request: ClientRequest, input: Extract<Input, { readonly type: 'frame' }>, x: Context): void {
  const back = returnOf(input);
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
      initProducerId(broker, request, back, x);
      return;
    default:
      return;
  }
}

function onTimer(broker: Broker, timer: Timer, x: Context): void {
  switch (timer.name) {
    case 'sweep':
      sweep(broker, timer['at'] as number, x);
      return;
    case 'askLeader':
      askLeader(broker, timer['leader'] as number, x);
      return;
    case 'groups':
      groupsTimer(broker, timer['at'] as number, x);
      return;
    case 'checkIsrs':
      checkAllIsrs(broker, x);
      return;
    case 'housekeeping':
      housekeep(broker, x);
      return;
    default:
      ringCluster(broker, timer, x);
  }
}
