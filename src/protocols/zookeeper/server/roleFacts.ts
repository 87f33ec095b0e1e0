import type { Context } from '../../../engine/index.ts';
import type { Server } from './state.ts';

/** Why a server has another role: reasons `why.<key>`. */
export type RoleWhy = 'booted' | 'zk-elected' | 'zk-leader-known' | 'zk-no-leader' | 'zk-no-quorum' | 'zk-started';

export function tellRole(server: Server, role: 'leader' | 'follower' | 'candidate', term: number, why: RoleWhy, x: Context): void {
  const self = x.wiring.self.id;
  if (server.ensemble.length > 1) x.fact('replica.role', self, 0, '', why, { queue: 'ensemble', place: self, role, term });
}
