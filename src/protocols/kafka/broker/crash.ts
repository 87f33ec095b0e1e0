import type { Context } from '../../../engine/index.ts';
import { emptyImage } from '../controller/index.ts';
import { kraftDisk, startKraftNode } from '../controller/kraft/node.ts';
import { reopenLog } from '../log/index.ts';
import { newCoordinators } from './coordinators.ts';
import { drawOf } from './draw.ts';
import { newShares } from './share/state.ts';
import type { Broker } from './state.ts';
import { newTransactions } from './transactions/state.ts';

/** Memory is lost; the disk keeps the logs, the metadata log, and the high watermarks as last written down. */
export function crash(broker: Broker, x: Context): void {
  const { kraft } = broker.cluster;
  broker.cluster = {
    kraft: startKraftNode(broker.node, kraft.quorum.voters, kraft.settings, x.now, drawOf(x), kraftDisk(kraft)),
    ...{ asked: new Map(), tickets: new Map(), outbox: [], wakeAt: 0, incarnation: '', refusals: 0, isFenced: true },
  };
  broker.image = emptyImage();
  for (const replica of broker.replicas.values()) {
    replica.lead = undefined;
    replica.leaderNode = -1;
    replica.leaderEpoch = -1;
    replica.readers = [];
    replica.writers = [];
    reopenLog(replica.log, replica.log.highWatermark);
  }
  broker.fetches.clear();
  broker.produces.clear();
  broker.sessions.clear();
  broker.fetchers.clear();
  broker.sweepAt = 0;
  broker.epoch = -1;
  broker.coordinators = newCoordinators();
  broker.transactions = newTransactions();
  broker.shares = newShares();
}
