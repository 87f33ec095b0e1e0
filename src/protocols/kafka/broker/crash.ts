import type { Context } from '../../../engine/index.ts';
import { emptyImage } from '../controller/index.ts';
import { reopenLog } from '../log/index.ts';
import { clusterWay } from './cluster/index.ts';
import { newCoordinators } from './coordinators.ts';
import { newShares } from './share/state.ts';
import type { Broker } from './state.ts';
import { newTransactions } from './transactions/state.ts';

/** Memory is lost; the disk keeps the logs, the metadata log, and the high watermarks as last written down. */
export function crash(broker: Broker, x: Context): void {
  broker.cluster = clusterWay(broker).crashed(broker, false, x);
  forget(broker);
}

/** The process ends in good order: it says so to whoever should know, and notes that it did. */
export function stop(broker: Broker, x: Context): void {
  const way = clusterWay(broker);
  way.farewell(broker, x);
  broker.cluster = way.crashed(broker, true, x);
  forget(broker);
}

function forget(broker: Broker): void {
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
