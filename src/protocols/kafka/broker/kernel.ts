import type { Context, Kernel, Timer } from '../../../engine/index.ts';
import { logInvariant } from '../log/index.ts';
import { nodeIdOf } from '../routes.ts';
import { newBroker } from './boot.ts';
import { askSelf, beginStop, clusterWay, ringCluster } from './cluster/index.ts';
import { expireOffsets, groupsTimer, wakeOffsetsExpiry } from './coordinators.ts';
import { crash, stop } from './crash.ts';
import { describe } from './describe.ts';
import { askLeader } from './follow.ts';
import { hear } from './hear.ts';
import { housekeep, wakeHousekeeping } from './housekeeping.ts';
import { checkAllIsrs, wakeIsrCheck } from './isr.ts';
import { OMISSIONS } from './omissions.ts';
import { peerChanged } from './peers.ts';
import { stirAll, sweep } from './purgatory.ts';
import { wakeFollowers } from './serve.ts';
import { locksTimer } from './share/acknowledge.ts';
import { askStoreAgain } from './share/store.ts';
import { type Broker, copyBroker } from './state.ts';
import { transactionsTimer } from './transactions/coordinator.ts';
import { markAgain } from './transactions/markers.ts';
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
        wire(broker, input, x);
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
  wakeOffsetsExpiry(x);
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
    case 'offsetsExpiry':
      expireOffsets(broker, x);
      return;
    case 'transactions':
      transactionsTimer(broker, timer['at'] as number, x);
      return;
    case 'markAgain':
      markAgain(broker, timer['transactionalId'] as string, x);
      return;
    case 'shareLocks':
      locksTimer(broker, timer['at'] as number, x);
      return;
    case 'askStore':
      askStoreAgain(broker, timer['key'] as string, x);
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
