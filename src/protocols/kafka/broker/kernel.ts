import type { Micros } from '../../../base/index.ts';
import type { Context, Input, Kernel } from '../../../engine/index.ts';
import { requestKraft, tickKraft } from '../controller/kraft/node.ts';
import type {
  ClientRequest,
  ControllerRequestFrame,
  ControllerResponseFrame,
  FetchRequest,
  ProduceRequest,
  QuorumFrame,
  ReplicaFetchRequest,
  ReplicaFetchResponse,
} from '../frames.ts';
import { logInvariant } from '../log/index.ts';
import { nodeIdOf } from '../routes.ts';
import { returnOf } from './answer.ts';
import { newBroker } from './boot.ts';
import { answerMetadata, initProducerId, listOffsets } from './clients.ts';
import { controllerAnswered } from './cluster/answers.ts';
import { askAgain } from './cluster/ask.ts';
import { askSelf, digest, hearQuorum, kraftTimer } from './cluster/digest.ts';
import { beat, beginHeartbeats, register } from './cluster/membership.ts';
import { groupsTimer } from './coordinators.ts';
import { crash } from './crash.ts';
import { describe } from './describe.ts';
import { drawOf } from './draw.ts';
import { fetch } from './fetch.ts';
import { askLeader, hearLeader } from './follow.ts';
import { askGroup, findCoordinator, type GroupRequest } from './groupRequests.ts';
import { housekeep, wakeHousekeeping } from './housekeeping.ts';
import { checkAllIsrs, wakeIsrCheck } from './isr.ts';
import { OMISSIONS } from './omissions.ts';
import { peerChanged } from './peers.ts';
import { produce } from './produce.ts';
import { stirAll, sweep } from './purgatory.ts';
import { applyImage } from './roles.ts';
import { serveReplica, wakeFollowers } from './serve.ts';
import { type Broker, copyBroker } from './state.ts';
import { wire } from './wiring.ts';

/** A Kafka broker: logs of partitions that it leads or follows, groups that it coordinates, its part in running the cluster. */
export const brokerKernel: Kernel<Broker> = {
  kind: 'kafka/broker',
  models: 'kafka.broker',
  omits: OMISSIONS,

  start(x) {
    const broker = newBroker(x);
    if (x.booting) {
      applyImage(broker, broker.cluster.kraft.committed, x);
      beginHeartbeats(broker, x);
    }
    begin(broker, x);
    if (!x.booting) register(broker, x);
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
        broker.cluster.incarnation = `${broker.part}@${x.now}`;
        begin(broker, x);
        register(broker, x);
        break;
      case 'command':
        break;
    }
    settle(broker, x);
  },

  crash,
  leave: () => {},
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
  digest(broker, tickKraft(broker.cluster.kraft, x.now, drawOf(x)), x);
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
  // What comes with every record comes first.
  if (frame.verb === 'Produce') produce(broker, frame as ProduceRequest, returnOf(input), x);
  else if (frame.verb === 'Fetch') fetch(broker, frame as FetchRequest, returnOf(input), x);
  else if (frame.verb === 'Fetch.replica') serveReplica(broker, frame as ReplicaFetchRequest, returnOf(input), x);
  else if (frame.verb === 'FetchResponse.replica' || frame.verb === 'FetchResponse.idle')
    hearLeader(broker, nodeIdOf(x.wiring, x.wiring.nodeOf(input.from)), frame as ReplicaFetchResponse, x);
  else hearOther(broker, input, x);
}

function hearOther(broker: Broker, input: Extract<Input, { readonly type: 'frame' }>, x: Context): void {
  const { frame } = input;
  if ('quorum' in frame) hearQuorum(broker, frame as QuorumFrame, x);
  else if ('request' in frame) hearController(broker, frame as ControllerRequestFrame, input, x);
  else if (frame.verb === 'ControllerResponse')
    controllerAnswered(broker, (frame as ControllerResponseFrame).correlation, (frame as ControllerResponseFrame).answer, x);
  else if (GROUP_APIS.has(frame.verb)) askGroup(broker, frame as GroupRequest, returnOf(input), x);
  else hearClient(broker, frame as ClientRequest, input, x);
}

function hearClient(broker: Broker, request: ClientRequest, input: Extract<Input, { readonly type: 'frame' }>, x: Context): void {
  const back = returnOf(input);
  switch (request.verb) {
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

/** Another node asks this controller. */
function hearController(
  broker: Broker,
  frame: ControllerRequestFrame,
  input: Extract<Input, { readonly type: 'frame' }>,
  x: Context,
): void {
  const ticket = broker.next++;
  broker.cluster.tickets.set(ticket, returnOf(input));
  digest(broker, requestKraft(broker.cluster.kraft, ticket, frame.request, x.now, drawOf(x)), x);
}

function onTimer(broker: Broker, timer: { readonly name: string; readonly [field: string]: unknown }, x: Context): void {
  switch (timer.name) {
    case 'sweep':
      sweep(broker, timer['at'] as number, x);
      return;
    case 'askLeader':
      askLeader(broker, timer['leader'] as number, x);
      return;
    case 'kraft':
      kraftTimer(broker, timer['at'] as Micros, x);
      return;
    case 'askAgain':
      askAgain(broker, timer['ticket'] as number, x);
      return;
    case 'register':
      register(broker, x);
      return;
    case 'brokerHeartbeat':
      if (timer['epoch'] === broker.epoch) beat(broker, x);
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
      return;
  }
}
