import type { Origin, SessionId, Zxid } from '../frames.ts';
import { type Change, prepare, prepareMulti, type Store } from '../tree/index.ts';
import type { Wanted } from './frames.ts';
import type { Leadership, Server } from './state.ts';

/** What comes of what is wanted, in view of all that is proposed already. */
export function work(server: Server, store: Store, origin: Origin, wanted: Wanted, isKnown: boolean, zxid: Zxid): Change {
  if (wanted.op === 'open') return { type: 'open', session: zxid, record: { client: origin.client, timeoutMillis: wanted.timeoutMillis } };
  if (wanted.op === 'expire') return ending(server, wanted.session, 'expired');
  if (!isKnown) return { type: 'error', err: 'SESSION_EXPIRED' };
  if (wanted.op === 'close') return ending(server, origin.session, 'closed');
  if (wanted.op === 'multi') return prepareMulti(store, wanted.ops, origin.session, zxid);
  return prepare(store, wanted, origin.session);
}

/** With a session go its ephemerals, those included that are only proposed. */
function ending(server: Server, session: SessionId, why: 'closed' | 'expired'): Change {
  const { ahead } = server.leadership as Leadership;
  const paths = [...server.tree.znodes].flatMap(([path, { ephemeralOwner }]) =>
    ephemeralOwner === session && !ahead.has(path) ? [path] : [],
  );
  for (const [path, znode] of ahead) if (znode?.ephemeralOwner === session) paths.push(path);
  return { type: 'close', session, paths, why };
}
