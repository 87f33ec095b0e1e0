import { fromMillis, type LineId, type Micros, micros } from '../../../base/index.ts';
import type { Context, NodeId } from '../../../engine/index.ts';
import type { ServerConfig } from '../fields.ts';
import { ENSEMBLE, ENSEMBLE_MESH } from '../kinds.ts';
import type { PeerFrame } from './frames.ts';
import type { Server } from './state.ts';

/** Servers' ids are the numbers that their names end with; without numbers, or with equal ones, names and parts decide. */
function inOrderOfId(x: Context): (a: NodeId, b: NodeId) => number {
  const name = (node: NodeId) => x.wiring.part(node)?.name ?? node;
  const number = (node: NodeId) => Number(/(\d{1,9})\D*$/.exec(name(node))?.[1] ?? -1);
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return (a, b) => number(a) - number(b) || text(name(a), name(b)) || text(a, b);
}

/** Takes up the servers that are drawn now. Those that were known stay members: a majority is of all that ever belonged. */
export function meetPeers(server: Server, x: Context): void {
  const self = x.wiring.self.id;
  const known = new Set(server.ensemble);
  const added: NodeId[] = [];
  for (const { kind, from, to } of x.wiring.lines) {
    if (kind !== ENSEMBLE && kind !== ENSEMBLE_MESH) continue;
    const peer = from === self ? to : from;
    if (known.has(peer)) continue;
    known.add(peer);
    added.push(peer);
    server.reachable.add(peer);
  }
  if (added.length > 0) server.ensemble = [...server.ensemble, ...added].sort(inOrderOfId(x));
}

function linkTo(node: NodeId, x: Context): LineId {
  const self = x.wiring.self.id;
  const joins = (from: NodeId, to: NodeId) => (from === self && to === node) || (from === node && to === self);
  return x.wiring.lines.find(({ kind, from, to }) => (kind === ENSEMBLE || kind === ENSEMBLE_MESH) && joins(from, to))?.id ?? '';
}

/** @returns when it arrives, in µs of the run. */
export function tell(node: NodeId, frame: PeerFrame, x: Context): Micros {
  return x.send(x.wiring.self.id, node, linkTo(node, x), frame);
}

export function othersWithinReach(server: Server, x: Context): readonly NodeId[] {
  return server.ensemble.filter((node) => node !== x.wiring.self.id && server.reachable.has(node));
}

export function tick(x: Context): Micros {
  return fromMillis(x.config<ServerConfig>(x.wiring.self.id).tickMillis);
}

/** How many ticks a server may take to find its followers, or its leader. */
const INIT_LIMIT = 10;

/** How long joining may take. Where frames are slow, as they are for teaching, it is long enough for all that must be said. */
export function joinLimit(server: Server, x: Context): Micros {
  return Math.max(INIT_LIMIT * tick(x), 20 * server.lag) as Micros;
}

/** From now to the next time that the clock of sessions strikes: it strikes twice a tick, for all servers alike. */
export function untilNextStroke(x: Context): Micros {
  const half = strokeMicros(x);
  return micros(half - (x.now % half));
}

export function strokeMicros(x: Context): Micros {
  return micros(Math.max(1, tick(x) / 2));
}
