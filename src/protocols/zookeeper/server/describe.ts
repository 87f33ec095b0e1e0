import type { PartId } from '../../../base/index.ts';
import type { Description, PartView, Wiring } from '../../../engine/index.ts';
import type { Server, Watches } from './state.ts';

/** What stage and inspector show of a server. Keys are looked up in the i18n catalogues: `figure.<key>`, `detail.<key>`, `column.<key>`. */

type Row = readonly (string | number | boolean)[];
type Detail = PartView['details'][number];

const NAMES: { readonly [role in Server['role']]: string } = { looking: 'looking', following: 'follower', leading: 'leader' };

/** As ZooKeeper writes its numbers: the epoch is what stands before the last eight digits. */
function hex(number: number): string {
  return number === 0 ? '' : `0x${number.toString(16)}`;
}

export function describeServer(server: Server, wiring: Wiring): Description {
  const { tree, zxid, ensemble, isServing, connections } = server;
  const view: PartView = {
    status: 'up',
    figures: [
      { key: 'role', value: ensemble.length === 1 ? 'standalone' : NAMES[server.role] },
      { key: 'serving', value: isServing },
      { key: 'zxid', value: zxid === 0 ? '0x0' : hex(zxid) },
      { key: 'znodes', value: tree.znodes.size },
      { key: 'sessions', value: tree.sessions.size },
      { key: 'connections', value: connections.size },
    ],
    details: [
      ...detail('znodes', ['path', 'data', 'version', 'ephemeralOwner'], znodeRows(server)),
      ...detail('sessions', ['session', 'client', 'timeoutMillis', 'connectedHere'], sessionRows(server)),
      ...detail(
        'watches',
        ['path', 'kind', 'client'],
        [...watchRows(server.dataWatches, 'data'), ...watchRows(server.childWatches, 'children')],
      ),
    ],
  };
  return new Map<PartId, PartView>([[wiring.self.id, view]]);
}

function detail(key: string, columns: readonly string[], rows: readonly Row[]): readonly Detail[] {
  return rows.length === 0 ? [] : [{ key, columns, rows }];
}

function znodeRows({ tree }: Server): readonly Row[] {
  const paths = [...tree.znodes.keys()].filter((path) => path !== '/' && !path.startsWith('/zookeeper')).sort();
  return paths.map((path) => {
    const znode = tree.znodes.get(path);
    return [path, znode?.data ?? '', znode?.version ?? 0, hex(znode?.ephemeralOwner ?? 0)];
  });
}

function sessionRows({ tree, connections }: Server): readonly Row[] {
  return [...tree.sessions].map(([session, { client, timeoutMillis }]) => {
    return [hex(session), client, timeoutMillis, connections.get(client)?.session === session];
  });
}

function watchRows(watches: Watches, kind: string): readonly Row[] {
  return [...watches].flatMap(([path, clients]) => clients.map((client) => [path, kind, client]));
}
