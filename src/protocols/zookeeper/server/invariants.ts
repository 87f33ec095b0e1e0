import { parentOf } from '../tree/index.ts';
import type { Server } from './state.ts';

/** A sentence about what is broken, or undefined. */
export function serverInvariants(server: Server): string | undefined {
  const { tree, pending, zxid, isServing, connections, leadership, role } = server;
  let last = zxid;
  for (const txn of pending) {
    if (txn.zxid <= last) return `transaction ${txn.zxid} is in the log after ${last}`;
    last = txn.zxid;
  }
  if (!isServing && connections.size > 0) return 'it serves nobody, and clients are connected';
  if ((role === 'leading') !== (leadership !== undefined)) return 'who leads knows what a leader knows';
  let children = 0;
  for (const [path, znode] of tree.znodes) {
    children += znode.children.length;
    if (path !== '/' && !tree.znodes.has(parentOf(path))) return `${path} has no parent`;
    if (znode.ephemeralOwner !== 0 && !tree.sessions.has(znode.ephemeralOwner)) return `${path} belongs to a session that is over`;
  }
  return children === tree.znodes.size - 1 ? undefined : 'the children of the znodes are not the znodes';
}
