import type { BrokerId } from '../image.ts';

/** Why the ZooKeeper controller elects. */
export type ElectionStrategy = 'offline' | 'reassign' | 'preferred' | 'controlledShutdown';

export interface Candidates {
  readonly replicas: readonly BrokerId[];
  readonly isr: readonly BrokerId[];
  /** Replicas whose broker is alive; in a controlled shutdown those that shut down, too. */
  readonly live: readonly BrokerId[];
  readonly shuttingDown: readonly BrokerId[];
  readonly mayElectUncleanly: boolean;
}

export interface Elected {
  readonly leader: BrokerId;
  readonly isr: readonly BrokerId[];
  /** From outside the ISR: what only the others had is lost. */
  readonly unclean: boolean;
}

/** The new leader and its ISR, or undefined when nobody may lead. Source: PartitionLeaderElectionAlgorithms, Election.scala. */
export function electZkLeader(strategy: ElectionStrategy, candidates: Candidates): Elected | undefined {
  const { replicas, isr, live, shuttingDown } = candidates;
  const isInSync = (id: BrokerId): boolean => live.includes(id) && isr.includes(id);
  const clean = (leader: BrokerId | undefined, newIsr: readonly BrokerId[]): Elected | undefined =>
    leader === undefined ? undefined : { leader, isr: newIsr, unclean: false };
  switch (strategy) {
    case 'offline': {
      const leader = replicas.find(isInSync);
      if (leader !== undefined)
        return clean(
          leader,
          isr.filter((id) => live.includes(id)),
        );
      const any = candidates.mayElectUncleanly ? replicas.find((id) => live.includes(id)) : undefined;
      return any === undefined ? undefined : { leader: any, isr: [any], unclean: true };
    }
    case 'reassign':
      return clean(replicas.find(isInSync), isr);
    case 'preferred':
      return clean(replicas.slice(0, 1).find(isInSync), isr);
    case 'controlledShutdown': {
      const stays = (id: BrokerId): boolean => !shuttingDown.includes(id);
      return clean(
        replicas.find((id) => isInSync(id) && stays(id)),
        isr.filter(stays),
      );
    }
  }
}
